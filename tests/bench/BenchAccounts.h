// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/nostr/Event.h"
#include "core/nostr/Lists.h"

namespace hatstand::bench {

/// Made-up accounts with keys of their own, so that what they published can be signed: always the same.
inline nostr::SecretKey secretOf(int account)
{
    SecretBuffer bytes(32);
    bytes.edit()[29] = 1;
    bytes.edit()[30] = std::uint8_t(account >> 8);
    bytes.edit()[31] = std::uint8_t(account);
    return nostr::SecretKey::fromBytes(std::move(bytes)).value();
}

inline QString pubkeyOf(int account)
{
    return secretOf(account).publicKey().hex();
}

/// "p" tags of keys that no two accounts and kinds share.
inline QList<QStringList> people(int account, int kind, int count)
{
    QList<QStringList> tags;
    for (int i = 0; i < count; ++i) {
        const QString key = QStringLiteral("%1%2%3")
                                .arg(kind, 8, 16, QLatin1Char('0'))
                                .arg(account, 28, 16, QLatin1Char('a'))
                                .arg(i, 28, 16, QLatin1Char('b'));
        tags += {QStringLiteral("p"), key};
    }
    return tags;
}

/// What an account of that many follows and mutes has published: profile, both lists and the relay list.
inline QList<QByteArray> publishedBy(int account, int follows, int mutes, const QString& relay)
{
    const qint64 at = 1'700'000'000;
    SystemRandom random;
    const nostr::SecretKey key = secretOf(account);
    const auto text = [&](int kind, const QList<QStringList>& tags, const QString& content = {}) {
        return nostr::toJson(
            nostr::sign({.createdAt = at, .kind = kind, .tags = tags, .content = content}, key, at, random)
                .value());
    };
    return {text(nostr::kProfileKind, {},
                QStringLiteral(R"({"name":"account%1","about":"One of many"})").arg(account)),
        text(nostr::kRelaysKind, {{QStringLiteral("r"), relay}}),
        text(nostr::kFollowsKind, people(account, nostr::kFollowsKind, follows)),
        text(nostr::kMutesKind, people(account, nostr::kMutesKind, mutes))};
}

} // namespace hatstand::bench
