// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <QString>
#include <string_view>

namespace hatstand::codec {

/// Base58 in Bitcoin's alphabet, plain: no version, no checksum. A leading zero byte is a leading '1';
/// nothing is "".

/// The work grows with the square of the length, so longer texts are refused. In characters.
constexpr std::size_t kLongestBase58 = 4096;

[[nodiscard]] QString toBase58(Bytes data);
/// InvalidInput with BadCharacter (have = its place), TooLarge.
[[nodiscard]] Result<QByteArray> fromBase58(std::string_view text);
/// The same with nothing left outside SecretBuffer.
[[nodiscard]] SecretBuffer secretToBase58(Bytes data);
[[nodiscard]] Result<SecretBuffer> secretFromBase58(std::string_view text);

} // namespace hatstand::codec
