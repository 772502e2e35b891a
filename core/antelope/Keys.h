// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

namespace hatstand::antelope {

enum class Curve { K1, R1 };

/// A compressed public key, 33 bytes.
class PublicKey
{
public:
    /// PUB_K1_…, PUB_R1_…, EOS… and FIO… legacy. PrivateKeyGiven for a private one.
    [[nodiscard]] static Result<PublicKey> parse(const QString& text);
    [[nodiscard]] static Result<PublicKey> fromBytes(Curve curve, Bytes bytes);
    [[nodiscard]] Curve curve() const { return m_curve; }
    [[nodiscard]] const ByteArray<33>& bytes() const { return m_bytes; }
    [[nodiscard]] QString text() const; ///< PUB_K1_… or PUB_R1_…
    [[nodiscard]] QString legacyText(const QString& prefix) const; ///< "EOS", "FIO"; K1 only
    friend bool operator==(const PublicKey&, const PublicKey&) = default;

private:
    Curve m_curve = Curve::K1;
    ByteArray<33> m_bytes{};
};

class PrivateKey
{
public:
    /// WIF (K1), PVT_K1_…, PVT_R1_…, white space at both ends dropped. PublicKeyGiven, ChecksumWrong,
    /// CutShort, ZeroKey, KeyOutOfRange, WrongPrefix.
    [[nodiscard]] static Result<PrivateKey> parse(const SecretBuffer& text);
    [[nodiscard]] static Result<PrivateKey> fromBytes(Curve curve, SecretBuffer bytes);
    [[nodiscard]] Curve curve() const { return m_curve; }
    [[nodiscard]] PublicKey publicKey() const;
    [[nodiscard]] SecretBuffer text() const; ///< PVT_K1_… or PVT_R1_…
    /// SIG_K1_… (canonical: nonce changed until it is) or SIG_R1_… over a 32-byte digest.
    [[nodiscard]] Result<QString> sign(const ByteArray<32>& digest) const;

private:
    PrivateKey(Curve curve, SecretBuffer bytes);
    Curve m_curve = Curve::K1;
    SecretBuffer m_bytes;
};

/// The key that made signature (SIG_K1_…, SIG_R1_…) over digest.
[[nodiscard]] Result<PublicKey> recover(const QString& signature, const ByteArray<32>& digest);

} // namespace hatstand::antelope
