// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Chains.h"
#include "core/antelope/Keys.h"
#include "core/base/Clock.h"
#include "core/chain/ChainClient.h"
#include "tests/support/ChainNode.h"

#include <QTest>

namespace hatstand::chain::test {

using hatstand::test::ChainNode;

inline const QString kChain = QString(64, u'c');
inline const QString kOther = QString(64, u'd');

class SetClock final : public Clock
{
public:
    QDateTime time = QDateTime(QDate(2026, 5, 3), QTime(12, 0), Qt::UTC);
    [[nodiscard]] QDateTime now() const override { return time; }
};

inline antelope::PublicKey publicKey(std::uint8_t n)
{
    ByteArray<32> bytes{};
    bytes.back() = n;
    return antelope::PrivateKey::fromBytes(antelope::Curve::K1, SecretBuffer::copyOf(bytes))->publicKey();
}
inline QString key(std::uint8_t n)
{
    return publicKey(n).text();
}
/// As most nodes write it.
inline QString legacyKey(std::uint8_t n)
{
    return publicKey(n).legacyText(QStringLiteral("EOS"));
}

/// A client that knows one chain, of the nodes' addresses.
class ChainStand
{
public:
    explicit ChainStand(const QStringList& endpoints, ChainClient::Limits limits = {})
        : client(chains, clock, limits)
    {
        antelope::Chain chain;
        chain.id = kChain;
        chain.alias = QStringLiteral("mine");
        chain.name = QStringLiteral("Mine");
        chain.endpoints = endpoints;
        chain.token = QStringLiteral("4,EOS");
        (void)chains.add(chain);
        client.setPolicy(net::NetPolicy({QStringLiteral("127.0.0.1")}, {}));
    }

    /// What a question is answered with.
    template <class T>
    Result<T> answerTo(const std::function<void(QObject*, Callback<T>)>& ask)
    {
        std::optional<Result<T>> answer;
        QObject context;
        ask(&context, [&](Result<T> result) { answer = std::move(result); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20000))
            return fail(ErrorCode::Failed, QStringLiteral("not answered"));
        return *answer;
    }
    Result<ChainInfo> info(const QString& id = kChain)
    {
        return answerTo<ChainInfo>([&](QObject* context, const Callback<ChainInfo>& done) {
            client.info(id, QStringLiteral("a"), context, done);
        });
    }
    Result<ChainAccount> account(const QString& name)
    {
        return answerTo<ChainAccount>([&](QObject* context, const Callback<ChainAccount>& done) {
            client.account(kChain, name, QStringLiteral("a"), context, done);
        });
    }
    Result<Pushed> push(const antelope::Transaction& transaction)
    {
        return answerTo<Pushed>([&](QObject* context, const Callback<Pushed>& done) {
            client.push(
                kChain, transaction, {QStringLiteral("SIG_K1_x")}, QStringLiteral("a"), context, done);
        });
    }

    SetClock clock;
    antelope::Chains chains;
    ChainClient client;
};

/// Anything that can be sent.
inline antelope::Transaction someTransaction()
{
    antelope::Transaction transaction;
    transaction.header.expiration = 1'800'000'000;
    antelope::Action action;
    action.account = *antelope::Name::parse(QStringLiteral("eosio.token"));
    action.name = *antelope::Name::parse(QStringLiteral("transfer"));
    action.authorization = {*antelope::PermissionLevel::parse(QStringLiteral("alice@active"))};
    action.data = "data";
    transaction.actions = {action};
    return transaction;
}

} // namespace hatstand::chain::test
