// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/nostr/WireEvent.h"

#include <QDateTime>
#include <QHash>
#include <memory>
#include <optional>

namespace hatstand::cache {

/// Disposable copies of Nostr accounts' public data, by public key: the newest event of each kind as it came,
/// the one before the last edit, and what was learned about it. In SQLite (WAL, synchronous=NORMAL); used on
/// one thread, and several may have one each. A damaged or foreign file is deleted and made anew: it loses
/// nothing that relays do not have. One that can not be opened now, because it is busy or the disk is full,
/// stays.
class AccountCache
{
public:
    /// A small record that the owner encodes, read for all accounts at a start.
    using Summary = QByteArray;

    AccountCache();
    ~AccountCache();
    AccountCache(const AccountCache&) = delete;
    AccountCache& operator=(const AccountCache&) = delete;

    /// What is looked at for damage: all of it takes as long as reading the file.
    enum class Check { Whole, Summaries };
    [[nodiscard]] Result<void> open(const QString& file, Check check = Check::Whole); ///< 0600. Disk
    /// Of this run alone, where there is no place on disk. Disk
    [[nodiscard]] Result<void> openInMemory();
    [[nodiscard]] QHash<QByteArray, Summary> summaries() const; ///< by 64 hex digits
    [[nodiscard]] std::optional<nostr::WireEvent> event(const QByteArray& pubkey, int kind) const;
    /// The one before the last edit.
    [[nodiscard]] std::optional<nostr::WireEvent> earlier(const QByteArray& pubkey, int kind) const;
    [[nodiscard]] QList<int> earlierKinds(const QByteArray& pubkey) const;
    /// Kept only where it replaces() what is there: true then. In memory where the disk does not take it.
    [[nodiscard]] bool put(const nostr::WireEvent& event);
    void putEarlier(const nostr::WireEvent& event);
    void removeEarlier(const QByteArray& pubkey, int kind);
    void putSummary(const QByteArray& pubkey, const Summary& summary);
    /// Also what was deleted is overwritten.
    void remove(const QByteArray& pubkey);
    /// Of all accounts that are not among these.
    void keepOnly(const QList<QByteArray>& pubkeys);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::cache
