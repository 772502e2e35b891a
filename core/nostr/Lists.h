// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/WireEvent.h"

#include <QJsonObject>
#include <QStringList>
#include <memory>
#include <vector>

namespace hatstand::nostr {

/// The kinds that make an account's data.
enum Kind {
    kProfileKind = 0,
    kFollowsKind = 3,
    kMutesKind = 10000, ///< NIP-51
    kRelaysKind = 10002, ///< NIP-65
    kBlockedRelaysKind = 10006, ///< NIP-51
    kMessageRelaysKind = 10050, ///< NIP-17
};
[[nodiscard]] const QList<int>& accountKinds(); ///< all of them

/// Kind 0. Texts as they were written; empty for none. Nothing in it can be believed.
struct Profile
{
    QString name;
    QString displayName;
    QString picture; ///< an address, unchecked
    QString banner;
    QString about;
    QString nip05;
    QString lud16;

    /// What to call the person: display name, else name, as plain text of one line: without control, bidi and
    /// invisible characters, white space folded, at most 64 characters. Empty for none.
    [[nodiscard]] QString title() const;
    [[nodiscard]] QJsonObject toJson() const; ///< the fields that are there, in the names of kind 0
    friend bool operator==(const Profile&, const Profile&) = default;
};
/// A content that is no JSON object gives an empty profile; fields that are no text count as absent; each is
/// cut at 4096 characters.
[[nodiscard]] Profile profileOf(const WireEvent& event);

/// Kind 3 in at most 48 bytes an entry: keys in one block, hints and petnames once each in an arena.
class FollowList
{
public:
    struct Entry
    {
        ByteArray<32> key;
        QString relay; ///< hint, or empty
        QString petname; ///< plain text of one line
    };
    [[nodiscard]] static FollowList fromEvent(const WireEvent& event);
    [[nodiscard]] qsizetype size() const { return qsizetype(m_keys.size()); }
    [[nodiscard]] Entry at(qsizetype index) const;
    [[nodiscard]] const ByteArray<32>& key(qsizetype index) const { return m_keys[size_t(index)]; }
    [[nodiscard]] bool contains(const ByteArray<32>& key) const;
    [[nodiscard]] qsizetype bytes() const; ///< that it takes in memory
    friend bool operator==(const FollowList&, const FollowList&) = default;

private:
    std::vector<ByteArray<32>> m_keys; ///< valid "p" tags in their order, each key once
    std::vector<std::uint32_t> m_texts; ///< for each key: which pair of hint and petname; 0: none
    std::vector<std::pair<QByteArray, QByteArray>> m_pairs;
};

/// One thing that is muted (NIP-51): p a public key, t a hashtag, word, e a thread.
struct Muted
{
    enum class What { Person, Hashtag, Word, Thread };
    What what = What::Person;
    QString value; ///< 64 hex digits for Person and Thread; words and hashtags in lower case
    bool isPrivate = false;
    friend bool operator==(const Muted&, const Muted&) = default;
};

struct MuteList
{
    QList<Muted> entries; ///< public ones in their order, then private ones; each once
    bool hasPrivate = false; ///< there is encrypted content
    bool isPrivateRead = false; ///< and it was read
    friend bool operator==(const MuteList&, const MuteList&) = default;
};
/// The public part.
[[nodiscard]] MuteList muteListOf(const WireEvent& event);
/// With what the content was decrypted to: the JSON of an array of tags. InvalidInput when it is not.
[[nodiscard]] Result<MuteList> muteListOf(const WireEvent& event, const QByteArray& privateTags);
/// Whether the text is a JSON array of arrays of strings.
[[nodiscard]] bool isTagArray(const QByteArray& json);
/// NIP-04's content has "?iv=", NIP-44's has not.
[[nodiscard]] bool isNip04(QStringView content);

/// ws:// or wss://, host in lower case and without the dot that may end it, without default port, fragment
/// and trailing slash of an empty path; NotThisForm otherwise, also with a user. What relays are compared by.
/// At most 512 characters.
[[nodiscard]] Result<QString> normaliseRelay(const QString& url);

struct Relay
{
    QString url; ///< normalised
    bool read = true;
    bool write = true;
    friend bool operator==(const Relay&, const Relay&) = default;
};
/// "r" tags with their marker (NIP-65); each once, what is no relay left out; at most 100.
[[nodiscard]] QList<Relay> relayListOf(const WireEvent& event);
/// "relay" tags of 10006 and 10050, normalised.
[[nodiscard]] QStringList relayUrlsOf(const WireEvent& event);

} // namespace hatstand::nostr
