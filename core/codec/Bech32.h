// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <QString>
#include <optional>
#include <string_view>

namespace hatstand::codec {

/// What a text has to be to count as a certain kind of Bech32 (BIP-173; the checksum's constant is 1, not
/// Bech32m's).
struct Bech32Form
{
    std::string_view prefix; ///< lower case, without the separator '1'
    std::optional<std::size_t> bytes = {}; ///< how many it holds; nullopt: any number
    /// BIP-173 says 90 characters; NIP-19 has longer ones, whose checksum then only finds errors, not all of
    /// few.
    std::size_t longest = 90;

    /// Characters of a text that holds this many bytes.
    [[nodiscard]] constexpr std::size_t textSize(std::size_t size) const
    {
        return prefix.size() + 1 + (size * 8 + 4) / 5 + 6;
    }
};

/// What stands before the last '1', in lower case, where the whole looks like Bech32: one case, and at least
/// a checksum in its alphabet after it. Otherwise empty: then it is no prefix but a part of who knows what.
[[nodiscard]] QByteArray bech32Prefix(std::string_view text);

/// In lower case.
[[nodiscard]] QString toBech32(std::string_view prefix, Bytes data);
/// All of one case. InvalidInput with, in this order: Empty, TooLarge, NotThisForm (does not look like
/// Bech32), WrongPrefix (detail = the one found), CutShort and TooLong (characters; TooLong only for a form
/// of fixed size), BadCharacter, MixedCase, ChecksumWrong, NotThisForm (bits left over).
[[nodiscard]] Result<QByteArray> fromBech32(std::string_view text, const Bech32Form& form);
/// The same with nothing left outside SecretBuffer, errors included: WrongPrefix has no detail.
[[nodiscard]] SecretBuffer secretToBech32(std::string_view prefix, Bytes data);
[[nodiscard]] Result<SecretBuffer> secretFromBech32(std::string_view text, const Bech32Form& form);

} // namespace hatstand::codec
