// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <string_view>

namespace hatstand::antelope {

/// The written forms of keys and signatures: prefix, then base58 over the bytes and the first four of a
/// digest of them.
struct TextForm
{
    enum class Digest { Ripemd160, DoubleSha256 };

    std::string_view prefix;
    std::size_t bytes = 0; ///< without the digest's four
    /// The highest first byte there is: it says how long a text is, since base58 has no fixed length of its
    /// own.
    std::uint8_t highestFirst = 0xff;
    std::string_view salt = {}; ///< what the digest has after the bytes: the curve
    Digest digest = Digest::Ripemd160;
};

inline constexpr TextForm kPrivateK1{"PVT_K1_", 32, 0xff, "K1"};
inline constexpr TextForm kPrivateR1{"PVT_R1_", 32, 0xff, "R1"};
inline constexpr TextForm kPublicK1{"PUB_K1_", 33, 0x03, "K1"};
inline constexpr TextForm kPublicR1{"PUB_R1_", 33, 0x03, "R1"};
inline constexpr TextForm kSignatureK1{"SIG_K1_", 65, 34, "K1"};
inline constexpr TextForm kSignatureR1{"SIG_R1_", 65, 34, "R1"};
/// K1 without saying so: "EOS…", "FIO…".
[[nodiscard]] constexpr TextForm legacyPublic(std::string_view prefix)
{
    return {prefix, 33, 0x03};
}
/// Bitcoin's wallet import format, never compressed here: 0x80, then the key. Always starts with '5'.
inline constexpr TextForm kWif{"", 33, 0x80, {}, TextForm::Digest::DoubleSha256};

/// Longer texts are TooLarge, whatever they start with. In characters.
inline constexpr std::size_t kLongestKeyText = 4096;

/// The bytes of a text that starts with the form's prefix. BadCharacter (have = its place in the text, from
/// 1), CutShort, TooLong (both by the length such a text has with the first character it has), ChecksumWrong.
[[nodiscard]] Result<SecretBuffer> decodeText(std::string_view text, const TextForm& form);
[[nodiscard]] SecretBuffer encodeText(Bytes data, const TextForm& form);
/// The same of what is no secret, without guarded memory, which takes longer than all the rest.
[[nodiscard]] QString encodePublicText(Bytes data, const TextForm& form);
/// Characters that a text of this form has when its base58 part starts so.
[[nodiscard]] std::size_t usualSize(const TextForm& form, char first);

} // namespace hatstand::antelope
