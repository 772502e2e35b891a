// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Lists.h"
#include "core/relay/RelayStatus.h"

#include <QDateTime>
#include <QMap>
#include <memory>
#include <optional>

namespace hatstand::accounts {

/// Whether the domain that a profile names says that this key is its (NIP-05).
enum class Nip05State {
    None, ///< the profile names none
    Unknown, ///< not asked yet, or it could not be reached
    Verified,
    Refuted, ///< the domain answered, and names no or another key
};

/// What is known of a Nostr account: small, kept in memory for every one.
struct AccountSummary
{
    bool isKnown = false; ///< something of it was loaded once, now or earlier
    nostr::Profile profile = {};
    Nip05State nip05 = Nip05State::None;
    std::optional<qint64> follows = {}; ///< nullopt until known
    std::optional<qint64> mutes = {}; ///< public ones, and private ones where they could be read
    bool hasUnreadMutes = false; ///< there are private ones that could not
    qint64 followsBefore = 0; ///< over twice of follows: the list shrank to less than half; else 0
    qint64 mutesBefore = 0;
    QDateTime refreshedAt = {}; ///< UTC, when a relay of it last answered; invalid: never
    bool isRefreshing = false;
    int progress = 0; ///< of the first load, 0 to 100, while isRefreshing and not isKnown
    /// Kinds whose last change was an edit made here: the version before it is kept.
    QList<int> undoable = {};

    friend bool operator==(const AccountSummary&, const AccountSummary&) = default;
};

/// Its lists in full: only of accounts that are looked at.
struct AccountLists
{
    std::shared_ptr<const nostr::FollowList> follows; ///< null: not known
    std::shared_ptr<const nostr::MuteList> mutes; ///< null: not known
    QList<nostr::Relay> relays;
    QStringList blockedRelays;
    QStringList messageRelays;
};

/// One change of an account's own data.
struct Edit
{
    enum class What { Follow, Unfollow, Mute, Unmute, Profile, Undo };
    What what = What::Follow;
    nostr::PublicKey who = {}; ///< Follow, Unfollow
    QString relay = {}; ///< Follow: hint or empty
    QString petname = {}; ///< Follow
    nostr::Muted muted = {}; ///< Mute, Unmute: from the public or the private part as it says
    QMap<QString, QString> fields = {}; ///< Profile: kind 0's names; an empty value takes one out
    int kind = 0; ///< Undo: of which list
};

/// What became of an edit.
struct Published
{
    struct Answer
    {
        QString relay;
        bool answered = true;
        bool accepted = false;
        QString text = {}; ///< the relay's own, plain text of one line
    };
    bool isChanged = true; ///< false: there was nothing to change, nothing was signed
    QByteArray event = {}; ///< as it was signed
    QList<Answer> answers = {};
};

} // namespace hatstand::accounts
