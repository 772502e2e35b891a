// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountData.h"
#include "core/cache/AccountCache.h"

#include <QHash>
#include <QSet>

namespace hatstand::accounts {

/// What is known of accounts, in memory as summaries and on disk as events: takes what relays gave and tells
/// what of it is new. On one thread. Keys are public keys as 64 hex digits.
class AccountStore
{
public:
    /// cache: open, and outlives it.
    explicit AccountStore(cache::AccountCache& cache);

    [[nodiscard]] const AccountSummary& summary(const QByteArray& pubkey) const;
    [[nodiscard]] AccountLists lists(const QByteArray& pubkey) const;
    [[nodiscard]] QList<nostr::Relay> relays(const QByteArray& pubkey) const;
    [[nodiscard]] QStringList blockedRelays(const QByteArray& pubkey) const;
    /// event: verified, of one of accountKinds(). False: it is not newer than what there is. What another
    /// program wrote ends an undo, which would take that back too.
    bool take(const nostr::WireEvent& event);
    /// The same of an edit made here upon base, also where a relay has sent it already: base is kept for an
    /// undo, and a shorter list is what was wanted.
    bool takeEdit(const nostr::WireEvent& event, const std::optional<nostr::WireEvent>& base);
    /// What the private part of the newest mute list was decrypted to; kept in memory alone. False: it is not
    /// that list's, or no list.
    bool notePrivateMutes(const QByteArray& pubkey, const ByteArray<32>& listId, const QByteArray& tags);
    [[nodiscard]] bool hasPrivateMutes(const QByteArray& pubkey) const; ///< of the newest list, read
    void noteRefreshed(const QByteArray& pubkey, const QDateTime& when);
    /// address: the one that was asked; ignored if the profile names another by now.
    void noteNip05(const QByteArray& pubkey, const QString& address, Nip05State state);
    void remove(const QByteArray& pubkey);

    /// As it is kept in the cache. What does not read gives an empty one.
    [[nodiscard]] static QByteArray encode(const AccountSummary& summary);
    [[nodiscard]] static AccountSummary decode(const QByteArray& record);

private:
    struct PrivatePart
    {
        ByteArray<32> listId{};
        QByteArray tags;
    };
    void apply(AccountSummary& summary, const nostr::WireEvent& event, bool isEdit) const;
    void keep(const QByteArray& pubkey, const AccountSummary& summary);

    cache::AccountCache& m_cache;
    QHash<QByteArray, AccountSummary> m_summaries;
    QHash<QByteArray, PrivatePart> m_private;
};

} // namespace hatstand::accounts
