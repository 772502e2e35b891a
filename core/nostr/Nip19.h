// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Keys.h"

#include <QStringList>
#include <string_view>

namespace hatstand::nostr {

/// A paste longer than this is no key: refused before anything looks at it. In characters.
constexpr std::size_t kLongestKeyText = 4096;

/// What a text claims to be, by its looks alone: whether it holds what it claims is for the parser to say.
enum class KeyForm {
    Unknown,
    Hex, ///< hex digits only, of any number: a public or a private key
    Npub,
    Nprofile,
    Nsec,
    Ncryptsec,
    Note,
    OtherEntity, ///< nevent, naddr, nrelay
};

/// White space at both ends does not count, nor does case.
[[nodiscard]] KeyForm keyFormOf(std::string_view text);

/// A public key and where its owner writes (NIP-19, nprofile).
struct KeyWithRelays
{
    PublicKey pubkey;
    QStringList relays; ///< in the order given

    friend bool operator==(const KeyWithRelays&, const KeyWithRelays&) = default;
};

/// InvalidInput with TooLong for a relay of more than 255 bytes.
[[nodiscard]] Result<QString> toNprofile(const KeyWithRelays& profile);
/// Fields of a kind not known are passed over. NotThisForm for fields that do not fit or a missing key,
/// NotOnCurve, ….
[[nodiscard]] Result<KeyWithRelays> parseNprofile(const QString& text);

/// note1…, the id of an event.
[[nodiscard]] QString toNote(const ByteArray<32>& eventId);
[[nodiscard]] Result<ByteArray<32>> parseNote(const QString& text);

} // namespace hatstand::nostr
