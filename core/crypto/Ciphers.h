// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

namespace hatstand::crypto {

/// Ciphers without a check of their own: who decrypts has checked a MAC first, or knows that there is none.

/// ChaCha20 (RFC 8439) from block 0, by libsodium. key: 32 bytes; nonce: 12. Encrypts and decrypts: out gets
/// as many bytes as there are in in, and may be the same memory.
void chacha20(Bytes key, Bytes nonce, Bytes in, MutableBytes out);

constexpr std::size_t kAesBlock = 16;

/// AES-256 in CBC mode with PKCS#7 padding, by OpenSSL. key: 32 bytes; iv: 16.
[[nodiscard]] QByteArray aes256CbcEncrypt(Bytes key, Bytes iv, Bytes plain);
/// InvalidInput with NotThisForm where the size is none or the padding is wrong, which says next to nothing:
/// one wrong key in 256 goes through.
[[nodiscard]] Result<SecretBuffer> aes256CbcDecrypt(Bytes key, Bytes iv, Bytes sealed);

} // namespace hatstand::crypto
