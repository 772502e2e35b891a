// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Chains.h"
#include "core/antelope/EsrResolve.h"
#include "core/session/Session.h"

#include <QDateTime>

namespace hatstand::signing {

/// What is to be signed on a chain, and what the person has to know of it.
struct TransactionRequest
{
    antelope::Transaction transaction; ///< whole: placeholders filled in, with its end
    antelope::Abis abis; ///< of its contracts, as far as they are known
    QString peer; ///< who asks, as far as known: "hatstand transact", an app's name
    QString host = {}; ///< where the answer goes; empty: to whoever asked
    bool willBeSent = false; ///< to the chain, once it is signed
    bool isIdentity = false; ///< proves who one is and moves nothing
    bool opensLink = false; ///< whoever asks gets a channel for later requests
    QString scope = {}; ///< of an identity: the name of who asks, by its own word
    qint64 chainAhead = 0; ///< seconds that the chain's clock is ahead of ours: by its own a transaction ends
    QString balance = {}; ///< what is shown as the account's balance, "1.0000 EOS"; empty: not known
    QList<session::SessionId> others = {}; ///< that may sign it as well, instead
    std::function<void(const session::SessionId&)> signAs = {}; ///< takes this question back and asks as that
    std::function<bool()> isGone = {}; ///< whoever asked does not wait any more
    quintptr series = 0; ///< see SigningRequest
};

/// One action in words. What comes from outside is plain text, as it came.
struct ActionWords
{
    QString title; ///< "Transfer 250.0000 EOS to teamgreymass"; contract and action where no words are known
    QString contract;
    QString action;
    QString authorization; ///< "alice@active, bob@owner"
    QList<QPair<QString, QString>> fields = {}; ///< in the contract's order, formatted
    bool isCut = false; ///< there is more to it than fields say
    bool isUnreadable = false; ///< no ABI, or one that the data does not fit: hex is all there is
    QString hex = {}; ///< of unreadable data
    QString danger = {}; ///< a sentence that says why this is one; empty: none
    friend bool operator==(const ActionWords&, const ActionWords&) = default;
};

/// A transaction in words, made of the very one that is signed.
struct TransactionWords
{
    QString chainName; ///< "WAX"
    bool isTestnet = false;
    QString account; ///< actor@permission
    QList<ActionWords> actions;
    QDateTime expires = {}; ///< UTC, by our clock; invalid: it has no end
    QString host = {};
    QString scope = {};
    bool isIdentity = false;
    bool opensLink = false;
    bool willBeSent = false;

    [[nodiscard]] bool isUnreadable() const; ///< any action is
    [[nodiscard]] QStringList dangers() const; ///< each sentence once
    friend bool operator==(const TransactionWords&, const TransactionWords&) = default;
};

/// One line: "sign and send: Transfer 250.0000 EOS to teamgreymass".
[[nodiscard]] QString headline(const TransactionWords& words);
/// For a terminal: all of it, what comes from outside behind "| " at the start of its lines, as in
/// Describe.h.
[[nodiscard]] QString asText(const TransactionWords& words);

/// account: of the session that signs; its own system contract and token decide what a danger is.
[[nodiscard]] TransactionWords describeTransaction(const TransactionRequest& request,
    const antelope::Chain& chain, const antelope::PermissionLevel& account);

} // namespace hatstand::signing
