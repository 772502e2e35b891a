// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountStore.h"
#include "tests/unit/WireStand.h"

namespace hatstand::test {

/// Puts what relays would have told of an account into the file that a directory reads.
class AccountSeed
{
public:
    explicit AccountSeed(const QString& file)
    {
        if (!m_cache.open(file))
            qFatal("no cache");
        m_store.emplace(m_cache);
    }

    /// The session of WireStand's key: everything that is seeded is its.
    [[nodiscard]] static QString id()
    {
        return QStringLiteral("nostr:") + nostr::test::keyOf(1).publicKey().hex();
    }

    void take(int kind, const QByteArray& tags, const QByteArray& content = "\"\"", qint64 at = 1700000000)
    {
        if (!m_store->take(nostr::test::wire(kind, tags, content, at)))
            qFatal("not newer");
    }

    void profile(const nostr::Profile& profile, qint64 at = 1700000000)
    {
        take(nostr::kProfileKind, "[]",
            nostr::test::quoted(
                QString::fromUtf8(QJsonDocument(profile.toJson()).toJson(QJsonDocument::Compact))),
            at);
    }

    /// "p" tags of made-up keys: the first has a hint and a petname.
    void follows(int count, qint64 at = 1700000000) { take(nostr::kFollowsKind, people(count), "\"\"", at); }

    [[nodiscard]] static QByteArray people(int count)
    {
        QByteArray tags = "[";
        for (int i = 1; i <= count; ++i) {
            tags += i == 1 ? "[\"p\",\"" : ",[\"p\",\"";
            tags += QByteArray::number(i, 16).rightJustified(64, '0');
            tags += i == 1 ? "\",\"wss://hint.example\",\"Tomas\"]" : "\"]";
        }
        return tags + ']';
    }

    /// What is known of any account, whoever signed it.
    void summary(const QString& id, const accounts::AccountSummary& summary)
    {
        m_cache.putSummary(id.sliced(6).toLatin1(), accounts::AccountStore::encode(summary));
    }

    [[nodiscard]] static QByteArray pubkey() { return id().sliced(6).toLatin1(); }
    accounts::AccountStore& store() { return *m_store; }

private:
    cache::AccountCache m_cache;
    std::optional<accounts::AccountStore> m_store;
};

} // namespace hatstand::test
