// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

namespace hatstand::crypto {

/// scrypt (RFC 7914) with a work factor of 2^logN. Takes 128 * r * 2^logN bytes while it runs, so the caller
/// has bounded logN; for a worker thread. Failed where memory is out.
[[nodiscard]] Result<SecretBuffer> scrypt(
    Bytes passphrase, Bytes salt, int logN, unsigned r, unsigned p, std::size_t size);

constexpr std::size_t kSealKeySize = 32;
constexpr std::size_t kSealNonceSize = 24;
constexpr std::size_t kSealTagSize = 16;

/// XChaCha20-Poly1305 (IETF construction): the ciphertext and its tag. key and nonce: exactly their sizes.
[[nodiscard]] QByteArray seal(Bytes plain, Bytes associated, Bytes nonce, const SecretBuffer& key);
/// WrongPassphrase where key, nonce, associated data or ciphertext is not what it was sealed with.
[[nodiscard]] Result<SecretBuffer> unseal(
    Bytes sealed, Bytes associated, Bytes nonce, const SecretBuffer& key);

} // namespace hatstand::crypto
