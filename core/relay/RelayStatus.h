// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QMap>
#include <QMetaType>
#include <QString>

namespace hatstand::relay {

/// Why something that a relay sent was not taken. None of it changes anything that is shown.
enum class Refusal {
    TooLarge, ///< over 1 MiB, over 4 MiB for a follow list
    TooMany, ///< messages a second, events for one subscription
    NotAMessage, ///< no JSON, not UTF-8, too deep, an unknown type, a subscription that was not asked for
    BadEvent, ///< not of an event's form
    WrongId, ///< not the hash of its content
    WrongSignature,
    WrongAuthor,
    WrongKind,
    FromTheFuture,
};

enum class RelayState {
    Idle,
    Connecting,
    Connected,
    Waiting, ///< before the next try
    Offline, ///< there is no network; a host that the person named is tried all the same
    NotAllowed, ///< by the policy on addresses
    Blocked, ///< by the account's own list (10006)
};

/// How it goes with one relay of one account.
struct RelayStatus
{
    QString url = {}; ///< normalised
    RelayState state = RelayState::Idle;
    bool read = false; ///< as the account's relay list says
    bool write = false;
    bool isIndexer = false;
    bool wantsAuth = false; ///< it asked who we are
    bool isAuthenticated = false;
    QDateTime answeredAt = {}; ///< UTC, its last end of stored events; invalid: never
    QMap<Refusal, int> refusals = {}; ///< counted since the program started
    QString text = {}; ///< its last notice or reason, plain text of one line; empty for none

    [[nodiscard]] int refused() const
    {
        int sum = 0;
        for (const int count : refusals)
            sum += count;
        return sum;
    }
    friend bool operator==(const RelayStatus&, const RelayStatus&) = default;
};

} // namespace hatstand::relay

Q_DECLARE_METATYPE(hatstand::relay::RelayStatus)
