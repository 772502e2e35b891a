// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

namespace hatstand::nostr {

/// An x-only public key on secp256k1 (BIP-340), 32 bytes.
class PublicKey
{
public:
    PublicKey() = default;
    /// NotOnCurve unless it is one.
    [[nodiscard]] static Result<PublicKey> fromBytes(Bytes bytes);
    /// npub1…, nprofile1… or 64 hex digits (NIP-19). PrivateKeyGiven for an nsec.
    [[nodiscard]] static Result<PublicKey> parse(const QString& text);
    [[nodiscard]] const ByteArray<32>& bytes() const { return m_bytes; }
    [[nodiscard]] QString hex() const;
    [[nodiscard]] QString npub() const;
    friend bool operator==(const PublicKey&, const PublicKey&) = default;

private:
    ByteArray<32> m_bytes{};
};

/// A private key, 1 ≤ key < group order.
class SecretKey
{
public:
    [[nodiscard]] static SecretKey generate(Random& random);
    /// ZeroKey, KeyOutOfRange.
    [[nodiscard]] static Result<SecretKey> fromBytes(SecretBuffer bytes);
    /// nsec1… or 64 hex digits in any one case, white space at both ends dropped. PublicKeyGiven for npub and
    /// nprofile, EncryptedKeyGiven for ncryptsec, ChecksumWrong, CutShort (have, want characters), …
    [[nodiscard]] static Result<SecretKey> parse(const SecretBuffer& text);
    [[nodiscard]] PublicKey publicKey() const;
    [[nodiscard]] SecretBuffer nsec() const;
    [[nodiscard]] Bytes bytes() const { return m_bytes.view(); }
    /// BIP-340 over a 32-byte digest with fresh auxiliary randomness.
    [[nodiscard]] ByteArray<64> sign(const ByteArray<32>& digest, Random& random) const;

private:
    explicit SecretKey(SecretBuffer bytes);
    SecretBuffer m_bytes;
};

[[nodiscard]] bool verify(const PublicKey& key, const ByteArray<32>& digest, const ByteArray<64>& signature);

} // namespace hatstand::nostr
