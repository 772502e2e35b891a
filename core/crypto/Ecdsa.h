// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"

namespace hatstand::crypto {

/// An ECDSA signature from which the public key can be found again (SEC 1, 4.1.6).
struct RecoverableSignature
{
    int recoveryId = 0; ///< 0 to 3
    ByteArray<64> rs{}; ///< r, then s, big-endian

    friend bool operator==(const RecoverableSignature&, const RecoverableSignature&) = default;
};

/// What Antelope chains ask of r and s: neither has its top bit set, nor a leading zero byte that it does not
/// need.
[[nodiscard]] inline bool isCanonical(const ByteArray<64>& rs)
{
    const auto shortAndPositive = [](std::uint8_t first, std::uint8_t second) {
        return first < 0x80 && (first != 0 || second >= 0x80);
    };
    return shortAndPositive(rs[0], rs[1]) && shortAndPositive(rs[32], rs[33]);
}

} // namespace hatstand::crypto
