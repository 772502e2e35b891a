// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Abi.h"
#include "core/antelope/Transaction.h"
#include "core/net/NetPolicy.h"

#include <QJsonValue>
#include <QObject>
#include <chrono>
#include <memory>
#include <optional>

namespace hatstand {
class Clock;
namespace antelope {
class Chains;
}
} // namespace hatstand

namespace hatstand::chain {

/// What a chain says of itself.
struct ChainInfo
{
    QString chainId; ///< 64 hex
    QDateTime headTime; ///< UTC, by the chain's clock
    QDateTime receivedAt = {}; ///< UTC, by ours, when it was told
    quint32 headBlock = 0;
    QString headBlockId; ///< 64 hex
    quint32 lastIrreversible = 0;
    QString lastIrreversibleId; ///< 64 hex
};

struct KeyWeight
{
    QString key; ///< PUB_…
    int weight = 0;
    friend bool operator==(const KeyWeight&, const KeyWeight&) = default;
};
struct LevelWeight
{
    QString level; ///< actor@permission
    int weight = 0;
    friend bool operator==(const LevelWeight&, const LevelWeight&) = default;
};

/// Who can act with a permission: those whose weights reach the threshold together.
struct Permission
{
    QString name;
    QString parent; ///< empty for the uppermost
    quint32 threshold = 1;
    QList<KeyWeight> keys = {};
    QList<LevelWeight> accounts = {};
    bool hasWaits = false;
    [[nodiscard]] quint32 weightOf(const QString& publicKey) const; ///< in any of a key's written forms
    [[nodiscard]] bool isEnough(const QString& publicKey) const { return weightOf(publicKey) >= threshold; }
    friend bool operator==(const Permission&, const Permission&) = default;
};

struct Resource
{
    qint64 used = 0;
    qint64 available = 0; ///< at most; -1: without limit
    friend bool operator==(const Resource&, const Resource&) = default;
};

struct ChainAccount
{
    QString name;
    QString balance; ///< of the system's token, "1.0000 EOS"; empty: the chain told none
    Resource cpu; ///< microseconds
    Resource net; ///< bytes
    Resource ram; ///< bytes
    QList<Permission> permissions;
    [[nodiscard]] const Permission* permission(const QString& name) const;
    friend bool operator==(const ChainAccount&, const ChainAccount&) = default;
};

struct Pushed
{
    QString transactionId; ///< as the node says it
    std::optional<quint32> blockNumber = {};
};

/// Asks the nodes of chains over their HTTP API, each chain's endpoints in turn: one that does not answer,
/// answers nonsense or for another chain rests for a while, and the next is asked. The first time an endpoint
/// is used, and then every few minutes, its get_info is compared with the chain's id: OtherChain where it is
/// of another, and of that endpoint nothing is believed. All addresses go through the policy; an endpoint
/// that a person wrote is a host they named. Answers are hostile until they are parsed.
class ChainClient final : public QObject
{
    Q_OBJECT
public:
    struct Limits
    {
        qint64 bytes = qint64{4} * 1024 * 1024; ///< of an answer
        std::chrono::milliseconds time = std::chrono::seconds(8); ///< for one endpoint's answer
        std::chrono::milliseconds rest = std::chrono::seconds(60); ///< of an endpoint that failed
        std::chrono::milliseconds trust = std::chrono::minutes(10); ///< in a chain id that was compared
    };

    ChainClient(const antelope::Chains& chains, const Clock& clock, QObject* parent = nullptr);
    ChainClient(const antelope::Chains& chains, const Clock& clock, Limits limits, QObject* parent = nullptr);
    ~ChainClient() override;
    void setPolicy(const net::NetPolicy& policy);

    // All answer: UnknownChain; Network (detail: hosts and what each did), with OtherChain where that is the
    // reason of all. circuit: see NetPolicy::proxy; the account's id, so that a proxy keeps accounts apart.
    // Dropped with context.

    void info(const QString& chainId, const QString& circuit, QObject* context, Callback<ChainInfo> done);
    /// NotFound with NoSuchAccount.
    void account(const QString& chainId, const QString& name, const QString& circuit, QObject* context,
        Callback<ChainAccount> done);
    /// The accounts (actor@permission) that name the key (PUB_…), from get_accounts_by_authorizers, else the
    /// history plugin, else Hyperion's v2; each with whether the key alone is enough where that is told.
    struct Controlled
    {
        QString level; ///< actor@permission
        bool isEnough = false;
    };
    void accountsOf(const QString& chainId, const QString& publicKey, const QString& circuit,
        QObject* context, Callback<QList<Controlled>> done);
    /// Cached by the hash of the ABI, and for a few minutes by name. NoAbi (code Network) for a contract
    /// without one, with its name.
    void abi(const QString& chainId, antelope::Name contract, const QString& circuit, QObject* context,
        Callback<antelope::Abi> done);
    /// RefusedByChain (code Failed; Expired with RequestExpired where the node says it came too late), detail
    /// = the node's message: an endpoint that refuses is believed and no other is tried. Where none answered
    /// after the transaction may have reached one: Network with MayStillHappen.
    void push(const QString& chainId, const antelope::Transaction& transaction, const QStringList& signatures,
        const QString& circuit, QObject* context, Callback<Pushed> done);
    /// Whether url is an endpoint of that chain, whatever is known of it. OtherChain (code Network, detail:
    /// host) where it is of another.
    void check(const QString& url, const QString& chainId, QObject* context, Callback<ChainInfo> done);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::chain
