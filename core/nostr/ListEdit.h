// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Lists.h"

#include <QMap>
#include <optional>

namespace hatstand::nostr {

/// Changes of an account's lists that lose nothing: each makes, from the newest event of its kind, the next
/// one to be signed, as compact JSON ({"kind","created_at","tags","content"}). Every tag that is not meant
/// stays byte for byte in its place, with hints, petnames and whatever else it holds, and so does the
/// content. base nullptr: there is none yet, and that was asked of the relays. now: seconds; the new event is
/// dated after base, also when the clock is behind. nullopt: there is nothing to change.
using NextEvent = std::optional<QByteArray>;

[[nodiscard]] NextEvent follow(
    const WireEvent* base, const PublicKey& who, const QString& relay, const QString& petname, qint64 now);
[[nodiscard]] NextEvent unfollow(const WireEvent* base, const PublicKey& who, qint64 now);
/// In the public part.
[[nodiscard]] NextEvent mute(const WireEvent* base, const Muted& what, qint64 now);
[[nodiscard]] NextEvent unmute(const WireEvent* base, const Muted& what, qint64 now);
/// The private part: tags as they were decrypted → tags to be encrypted, as JSON. nullopt: nothing to change.
[[nodiscard]] Result<std::optional<QByteArray>> mutePrivately(const QByteArray& tags, const Muted& what);
[[nodiscard]] Result<std::optional<QByteArray>> unmutePrivately(const QByteArray& tags, const Muted& what);
/// The same event with another content, dated after it.
[[nodiscard]] QByteArray withContent(int kind, const WireEvent* base, const QString& content, qint64 now);
/// fields: kind 0 names to values; an empty value takes the field out. Every other byte of the content stays
/// as it is, with the order, white space and numbers of others. Damaged where it is no JSON object: nothing
/// is written over it unasked.
[[nodiscard]] Result<NextEvent> editProfile(
    const WireEvent* base, const QMap<QString, QString>& fields, qint64 now);
/// Brings an earlier version back: its tags and content, dated after base.
[[nodiscard]] QByteArray restore(const WireEvent& earlier, const WireEvent& base, qint64 now);
/// Of a new account: kind 10002 and an empty kind 3.
[[nodiscard]] QByteArray relayListEvent(const QList<Relay>& relays, qint64 now);
[[nodiscard]] QByteArray emptyFollowList(qint64 now);

} // namespace hatstand::nostr
