// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Event.h"
#include "core/nostr/WireEvent.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace hatstand::nostr::test {

inline SecretKey keyOf(std::uint8_t last)
{
    SecretBuffer bytes(32);
    bytes.edit()[31] = last;
    return SecretKey::fromBytes(std::move(bytes)).value();
}

inline QList<QStringList> tagsOf(const QByteArray& json)
{
    QList<QStringList> tags;
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const QJsonValue& tag : array)
        tags += tag.toVariant().toStringList();
    return tags;
}

/// What a client of another make might have written: tags and content (with its quotes) stay as they are
/// given.
inline WireEvent wire(int kind, const QByteArray& tags, const QByteArray& content = "\"\"",
    qint64 createdAt = 1700000000, std::uint8_t key = 1)
{
    SystemRandom random;
    const Event event
        = sign({.createdAt = createdAt,
                   .kind = kind,
                   .tags = tagsOf(tags),
                   .content = QJsonDocument::fromJson('[' + content + ']').array()[0].toString()},
            keyOf(key), createdAt, random)
              .value();
    const auto hex = [](Bytes bytes) { return toQByteArray(bytes).toHex(); };
    return readEvent("{\"id\":\"" + hex(event.id) + "\",\"pubkey\":\"" + hex(event.pubkey.bytes())
        + "\",\"created_at\":" + QByteArray::number(createdAt) + ",\"kind\":" + QByteArray::number(kind)
        + ",\"tags\":" + tags + ",\"content\":" + content + ",\"sig\":\"" + hex(event.signature) + "\"}")
        .value();
}

/// A JSON string, quoted.
inline QByteArray quoted(const QString& text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

} // namespace hatstand::nostr::test
