// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Keys.h"

#include <QList>
#include <QStringList>
#include <optional>

namespace hatstand::nostr {

/// An event as it is to be signed (NIP-01).
struct UnsignedEvent
{
    std::optional<PublicKey> pubkey = {};
    std::optional<qint64> createdAt = {}; ///< seconds; nullopt: now, at signing
    int kind = 0; ///< 0 to 65535
    QList<QStringList> tags = {};
    QString content = {};
};

struct Event
{
    ByteArray<32> id{};
    PublicKey pubkey;
    qint64 createdAt = 0;
    int kind = 0;
    QList<QStringList> tags;
    QString content;
    ByteArray<64> signature{};
};

/// A JSON object; kind and content required, created_at and tags optional, other keys (id and sig among them)
/// dropped. BadEvent with the field as detail. Never over 4 MiB (TooLarge).
[[nodiscard]] Result<UnsignedEvent> parseUnsigned(const QByteArray& json);
/// All seven fields; id and signature checked: InvalidInput with BadEvent "id" or "sig" otherwise.
[[nodiscard]] Result<Event> parseSigned(const QByteArray& json);
/// SHA-256 of the canonical serialisation: NIP-01's seven escapes, other control characters as \u00XX, all
/// else raw UTF-8.
[[nodiscard]] ByteArray<32> eventId(const PublicKey& pubkey, qint64 createdAt, int kind,
    const QList<QStringList>& tags, const QString& content);
/// WrongAccount when the event names another pubkey than the key's: it is never re-stamped.
[[nodiscard]] Result<Event> sign(
    const UnsignedEvent& event, const SecretKey& key, qint64 now, Random& random);
/// Compact, keys in NIP-01's order.
[[nodiscard]] QByteArray toJson(const Event& event);

} // namespace hatstand::nostr
