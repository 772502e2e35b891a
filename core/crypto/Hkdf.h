// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/SecretBuffer.h"

#include <initializer_list>

namespace hatstand::crypto {

/// HMAC-SHA256 (RFC 2104) over the parts, as if they were one; a key of any size.
[[nodiscard]] ByteArray<32> hmacSha256(Bytes key, std::initializer_list<Bytes> parts);
/// In constant time.
[[nodiscard]] bool sameMac(const ByteArray<32>& a, const ByteArray<32>& b);

/// HKDF with SHA-256 (RFC 5869). libsodium has it only from 1.0.19 on, so it is put together here from its
/// HMAC.

constexpr std::size_t kHkdfLongest = std::size_t{255} * 32;

/// The pseudorandom key, 32 bytes. An empty salt is one of 32 zero bytes.
[[nodiscard]] SecretBuffer hkdfExtract(Bytes salt, Bytes keyMaterial);
/// size: 1 to kHkdfLongest.
[[nodiscard]] SecretBuffer hkdfExpand(const SecretBuffer& pseudorandomKey, Bytes info, std::size_t size);

/// A key of 32 bytes for one use, from one that is never used itself: extract without salt, then expand with
/// info. profile: the 32 random bytes of the keychain's entry `profile`. info names the use and everything it
/// is for, e.g. "nip46/<session id>/<app>": the same info gives the same key for ever, so it is never
/// changed.
[[nodiscard]] SecretBuffer deriveKey(const SecretBuffer& profile, std::string_view info);

} // namespace hatstand::crypto
