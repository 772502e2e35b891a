// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/crypto/Ecdsa.h"

/// NIST P-256, the curve of Antelope's R1 keys, by OpenSSL. Safe from any thread.
/// A secret is 32 bytes, big-endian; all that take one answer as checkSecret does when it is none.
namespace hatstand::crypto::p256 {

/// InvalidInput with ZeroKey, KeyOutOfRange, or NotThisForm for another size.
[[nodiscard]] Result<void> checkSecret(Bytes secret);
/// SEC 1 compressed: 02 or 03, then x.
[[nodiscard]] Result<ByteArray<33>> publicKey(Bytes secret);
[[nodiscard]] bool isPublicKey(Bytes key); ///< compressed ones only
/// With a fresh random nonce, s in the lower half, drawn again until it isCanonical().
[[nodiscard]] Result<RecoverableSignature> sign(Bytes secret, const ByteArray<32>& digest);
/// InvalidInput with NotThisForm where no key made it.
[[nodiscard]] Result<ByteArray<33>> recover(
    const RecoverableSignature& signature, const ByteArray<32>& digest);

} // namespace hatstand::crypto::p256
