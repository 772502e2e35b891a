// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Chains.h"
#include "core/base/Clock.h"
#include "core/chain/ChainAnswers.h"
#include "core/chain/ChainAsking.h"

namespace hatstand::chain {

constexpr int kOk = 200;
constexpr int kNotFound = 404;

inline QString httpStatus(int status)
{
    return QStringLiteral("HTTP %1").arg(status);
}

/// The node itself says so (400, 401, 409 and 500), not something before it that is too busy or can't reach
/// it.
inline bool isSaidByNode(int status)
{
    return status == 400 || status == 401 || status == 409 || status == 500;
}

/// The node says that there is no such account, not that it has no such API.
inline bool isAccountMissing(const net::Fetcher::Posted& answer)
{
    const auto error = parseNodeError(answer.body);
    return error && (isSaidByNode(answer.status) || answer.status == kNotFound) && isNoSuchAccount(*error);
}

class ChainClient::Private
{
public:
    Private(const antelope::Chains& all, const Clock& theClock, const Limits& limits)
        : chains(all)
        , clock(theClock)
        , asking(all, theClock, limits)
    {
    }

    /// What every question has in common.
    [[nodiscard]] static Question about(
        const QString& chainId, const QString& circuit, QObject* context, QList<Way> ways)
    {
        Question question;
        question.chainId = chainId;
        question.circuit = circuit;
        question.context = context;
        question.ways = std::move(ways);
        return question;
    }

    void askAccount(const QString& chainId, const QString& name, const QString& circuit, QObject* context,
        const Callback<ChainAccount>& done);
    void askBalance(const antelope::Chain& chain, const ChainAccount& account, const QString& circuit,
        QObject* context, const Callback<ChainAccount>& done);

    struct OfKey
    {
        QString chainId;
        QString key;
        QString circuit;
        QPointer<QObject> context;
        Callback<QList<Controlled>> done;
        QStringList left = {}; ///< accounts to ask
        QList<Controlled> found = {};
    };
    void askEach(const std::shared_ptr<OfKey>& of);
    [[nodiscard]] Verdict takeKeyAccounts(
        const std::shared_ptr<OfKey>& of, qsizetype way, const net::Fetcher::Posted& answer);

    struct OfContract
    {
        QString place; ///< chain and contract
        QString contract;
        QString knownHash; ///< as text; empty: none
        Callback<antelope::Abi> done;
        bool isUnreadable = false; ///< it has one, which is none
    };
    [[nodiscard]] Verdict takeRawAbi(const std::shared_ptr<OfContract>& of, const QByteArray& json);
    [[nodiscard]] Verdict takeJsonAbi(const std::shared_ptr<OfContract>& of, const QByteArray& json);
    [[nodiscard]] Verdict takeAbi(
        const std::shared_ptr<OfContract>& of, const QByteArray& content, const Result<antelope::Abi>& abi);
    struct Sending
    {
        QString id; ///< of the transaction
        Callback<Pushed> done;
        bool mayHaveReached = false; ///< an endpoint that was sent it did not say what became of it
    };
    [[nodiscard]] static Verdict takePushed(
        const std::shared_ptr<Sending>& sending, const net::Fetcher::Posted& answer);

    struct KnownAbi
    {
        QString hash;
        QDateTime at;
    };

    const antelope::Chains& chains;
    const Clock& clock;
    ChainAsking asking;
    QHash<QString, antelope::Abi> abis; ///< by their hash
    QHash<QString, KnownAbi> contracts; ///< by their place
};

} // namespace hatstand::chain
