// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"
#include "core/crypto/Ecdsa.h"

/// The curve of Nostr keys and of Antelope's K1 keys, by libsecp256k1. Safe from any thread.
/// A secret is 32 bytes, big-endian; all that take one answer as checkSecret does when it is none.
namespace hatstand::crypto::secp256k1 {

/// InvalidInput with ZeroKey, KeyOutOfRange, or NotThisForm for another size.
[[nodiscard]] Result<void> checkSecret(Bytes secret);

/// BIP-340: the x coordinate alone, 32 bytes.
[[nodiscard]] Result<ByteArray<32>> xOnlyPublicKey(Bytes secret);
[[nodiscard]] bool isXOnlyPublicKey(Bytes key);
/// BIP-340 with 32 bytes of auxiliary randomness.
[[nodiscard]] Result<ByteArray<64>> signSchnorr(
    Bytes secret, const ByteArray<32>& digest, const ByteArray<32>& auxiliary);
/// ECDH with the point whose x this is: x of the shared point, 32 bytes, unhashed (what NIP-04 and NIP-44
/// begin with). Both points with that x give the same. NotOnCurve where there is none.
[[nodiscard]] Result<SecretBuffer> sharedX(Bytes secret, Bytes xOnlyKey);
[[nodiscard]] bool verifySchnorr(Bytes xOnlyKey, const ByteArray<32>& digest, const ByteArray<64>& signature);

/// SEC 1 compressed: 02 or 03, then x.
[[nodiscard]] Result<ByteArray<33>> publicKey(Bytes secret);
[[nodiscard]] bool isPublicKey(Bytes key); ///< compressed ones only
/// Deterministic (RFC 6979, its extra data counted up until the signature isCanonical()), s in the lower
/// half.
[[nodiscard]] Result<RecoverableSignature> sign(Bytes secret, const ByteArray<32>& digest);
/// InvalidInput with NotThisForm where no key made it.
[[nodiscard]] Result<ByteArray<33>> recover(
    const RecoverableSignature& signature, const ByteArray<32>& digest);

} // namespace hatstand::crypto::secp256k1
