// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Name.h"
#include "core/base/Bytes.h"
#include "core/codec/Packing.h"

#include <QJsonObject>
#include <QList>

namespace hatstand::antelope {

struct Action
{
    Name account = Name::fromValue(0); ///< the contract
    Name name = Name::fromValue(0);
    QList<PermissionLevel> authorization;
    QByteArray data; ///< packed by the contract's ABI
    friend bool operator==(const Action&, const Action&) = default;
};

/// When a transaction ends and which block it builds upon (TAPOS), with what it may use.
struct TransactionHeader
{
    quint32 expiration = 0; ///< seconds since 1970
    quint16 refBlockNum = 0;
    quint32 refBlockPrefix = 0;
    quint32 maxNetUsageWords = 0;
    quint8 maxCpuUsageMs = 0;
    quint32 delaySec = 0;
    friend bool operator==(const TransactionHeader&, const TransactionHeader&) = default;
};

struct TransactionExtension
{
    quint16 type = 0;
    QByteArray data;
    friend bool operator==(const TransactionExtension&, const TransactionExtension&) = default;
};

/// Limits on what comes from outside.
constexpr qsizetype kLargestTransaction = qsizetype{512} * 1024; ///< bytes
constexpr qsizetype kMostActions = 64;
constexpr qsizetype kMostAuthorizations = 64; ///< of an action

struct Transaction
{
    TransactionHeader header;
    QList<Action> contextFreeActions;
    QList<Action> actions;
    QList<TransactionExtension> extensions;

    /// Malformed, TrailingBytes, TooLarge.
    [[nodiscard]] static Result<Transaction> unpack(Bytes packed);
    [[nodiscard]] QByteArray pack() const;
    [[nodiscard]] QString id() const; ///< 64 hex: SHA-256 of the packed form
    /// What a signature is over: chain id (64 hex), packed form, 32 zeros. UnknownChain where it is no id.
    [[nodiscard]] Result<ByteArray<32>> digest(const QString& chainId) const;
    [[nodiscard]] bool isAuthorisedBy(const PermissionLevel& level) const;
    friend bool operator==(const Transaction&, const Transaction&) = default;
};

/// Read and written within other formats; failures are the unpacker's.
[[nodiscard]] Action unpackAction(codec::Unpacker& in);
[[nodiscard]] QList<Action> unpackActions(codec::Unpacker& in); ///< a count and as many
[[nodiscard]] Transaction unpackTransaction(codec::Unpacker& in);
void packAction(codec::Packer& out, const Action& action);
void packActions(codec::Packer& out, const QList<Action>& actions);
void packTransaction(codec::Packer& out, const Transaction& transaction);

/// TAPOS of a block: its number and the second word of its id (64 hex). NotThisForm.
[[nodiscard]] Result<void> setReference(TransactionHeader& header, const QString& blockId);

/// As nodes write it, data in hex.
[[nodiscard]] QJsonObject toJson(const Action& action);
[[nodiscard]] QJsonObject toJson(const Transaction& transaction);

} // namespace hatstand::antelope
