// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"

#include <initializer_list>

namespace hatstand::crypto {

/// All take what is hashed in parts, so that nobody joins a secret to a suffix in memory that stays. Their
/// own state is wiped.

[[nodiscard]] ByteArray<32> sha256(std::initializer_list<Bytes> parts);
[[nodiscard]] ByteArray<64> sha512(std::initializer_list<Bytes> parts);
[[nodiscard]] ByteArray<20> ripemd160(std::initializer_list<Bytes> parts);

inline ByteArray<32> sha256(Bytes data)
{
    return sha256({data});
}

inline ByteArray<64> sha512(Bytes data)
{
    return sha512({data});
}

inline ByteArray<20> ripemd160(Bytes data)
{
    return ripemd160({data});
}

} // namespace hatstand::crypto
