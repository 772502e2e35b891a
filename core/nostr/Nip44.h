// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Keys.h"

/// NIP-44 version 2: encrypted payloads between two keys. A payload says nothing about who made it but that
/// it was one of the two: the event around it is what is signed.
namespace hatstand::nostr::nip44 {

constexpr std::size_t kLongestPlaintext = 65535; ///< bytes

/// 32 bytes, the same for both sides and for ever, so as secret as the key. NotOnCurve never comes from a
/// PublicKey that was parsed.
[[nodiscard]] Result<SecretBuffer> conversationKey(const SecretKey& mine, const PublicKey& theirs);

/// The payload, base64. Its length shows the plaintext's only roughly. InvalidInput with Empty, or TooLarge
/// (have, want bytes).
[[nodiscard]] Result<QByteArray> encrypt(
    const SecretBuffer& conversationKey, Bytes plaintext, Random& random);

/// InvalidInput with Empty; UnsupportedVersion (have, where the payload says which); CutShort and TooLong
/// (have, want characters, or bytes once decoded); NotThisForm (not base64 as we would write it, or a padding
/// that NIP-44 does not have); ChecksumWrong where the MAC is not of this key and payload. Nothing is
/// decrypted before the MAC was right. That it is UTF-8 is not looked at.
[[nodiscard]] Result<SecretBuffer> decrypt(const SecretBuffer& conversationKey, const QByteArray& payload);

/// What a plaintext of so many bytes (1 to kLongestPlaintext) is padded to.
[[nodiscard]] std::size_t paddedSize(std::size_t size);

} // namespace hatstand::nostr::nip44
