// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/WireEvent.h"

#include <QList>
#include <optional>

namespace hatstand::nostr {

/// What a subscription asks for (NIP-01). One author only: two accounts are never named in one filter.
struct Filter
{
    PublicKey author;
    QList<int> kinds;
    std::optional<qint64> since = {}; ///< seconds
    int limit = 0; ///< 0: none

    friend bool operator==(const Filter&, const Filter&) = default;
};

/// A message from a relay (NIP-01, NIP-42).
struct RelayMessage
{
    enum class Type { Event, Ok, EndOfStored, Closed, Notice, Auth };
    Type type = Type::Notice;
    QByteArray subscription = {}; ///< Event, EndOfStored, Closed; at most 64 characters
    std::optional<WireEvent> event = {}; ///< Event
    QString eventId = {}; ///< Ok: 64 hex digits
    bool accepted = false; ///< Ok
    QString text = {}; ///< Ok, Closed, Notice: the message, at most 500 characters; Auth: the challenge
};

/// InvalidInput with NotThisForm for what is no message, BadEvent for one with an event that readEvent()
/// refuses. Messages of an unknown type are NotThisForm with the type as detail.
[[nodiscard]] Result<RelayMessage> parseRelayMessage(const QByteArray& utf8);

[[nodiscard]] QByteArray reqMessage(const QByteArray& subscription, const Filter& filter);
[[nodiscard]] QByteArray closeMessage(const QByteArray& subscription);
[[nodiscard]] QByteArray eventMessage(const QByteArray& signedEvent); ///< compact JSON of an event
[[nodiscard]] QByteArray authMessage(const QByteArray& signedEvent);
/// The event that answers a challenge (NIP-42, kind 22242), to be signed.
[[nodiscard]] QByteArray authEvent(const QString& relayUrl, const QString& challenge);

} // namespace hatstand::nostr
