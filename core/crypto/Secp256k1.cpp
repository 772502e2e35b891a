// SPDX-License-Identifier: MIT
#include "core/crypto/Secp256k1.h"

#include "core/base/SecretBuffer.h"

#include <algorithm>
#include <secp256k1.h>
#include <secp256k1_ecdh.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_recovery.h>
#include <secp256k1_schnorrsig.h>
#include <sodium.h>

namespace hatstand::crypto::secp256k1 {
namespace {

struct ContextFree
{
    void operator()(secp256k1_context* context) const { secp256k1_context_destroy(context); }
};

/// Blinded once when it is made and never changed after, so all threads may use it.
const secp256k1_context* context()
{
    static const std::unique_ptr<secp256k1_context, ContextFree> shared = [] {
        std::unique_ptr<secp256k1_context, ContextFree> fresh(
            secp256k1_context_create(SECP256K1_CONTEXT_NONE));
        ByteArray<32> seed;
        if (sodium_init() < 0)
            qFatal("libsodium can't start: no randomness to be had");
        randombytes_buf(seed.data(), seed.size());
        if (secp256k1_context_randomize(fresh.get(), seed.data()) != 1)
            qFatal("libsecp256k1 can't start");
        wipe(seed);
        return fresh;
    }();
    return shared.get();
}

/// A key pair whose memory, which holds the secret, is wiped.
class KeyPair
{
public:
    explicit KeyPair(Bytes secret)
        : m_valid(secp256k1_keypair_create(context(), &m_pair, secret.data()) == 1)
    {
    }
    ~KeyPair() { wipe({reinterpret_cast<std::uint8_t*>(&m_pair), sizeof m_pair}); }
    KeyPair(const KeyPair&) = delete;
    KeyPair& operator=(const KeyPair&) = delete;
    [[nodiscard]] const secp256k1_keypair* get() const { return &m_pair; }
    [[nodiscard]] bool isValid() const { return m_valid; }

private:
    secp256k1_keypair m_pair{};
    bool m_valid;
};

ByteArray<33> compressed(const secp256k1_pubkey& key)
{
    ByteArray<33> out;
    std::size_t size = out.size();
    secp256k1_ec_pubkey_serialize(context(), out.data(), &size, &key, SECP256K1_EC_COMPRESSED);
    return out;
}

} // namespace

Result<void> checkSecret(Bytes secret)
{
    if (secret.size() != 32)
        return refuse(Why::NotThisForm);
    if (secp256k1_ec_seckey_verify(context(), secret.data()) == 1)
        return {};
    return refuse(sodium_is_zero(secret.data(), secret.size()) == 1 ? Why::ZeroKey : Why::KeyOutOfRange);
}

Result<ByteArray<32>> xOnlyPublicKey(Bytes secret)
{
    return checkSecret(secret).and_then([&]() -> Result<ByteArray<32>> {
        const KeyPair pair(secret);
        secp256k1_xonly_pubkey key;
        if (!pair.isValid() || secp256k1_keypair_xonly_pub(context(), &key, nullptr, pair.get()) != 1)
            return fail(ErrorCode::Failed, QStringLiteral("public key"));
        ByteArray<32> out;
        secp256k1_xonly_pubkey_serialize(context(), out.data(), &key);
        return out;
    });
}

bool isXOnlyPublicKey(Bytes key)
{
    secp256k1_xonly_pubkey parsed;
    return key.size() == 32 && secp256k1_xonly_pubkey_parse(context(), &parsed, key.data()) == 1;
}

Result<ByteArray<64>> signSchnorr(Bytes secret, const ByteArray<32>& digest, const ByteArray<32>& auxiliary)
{
    if (const auto valid = checkSecret(secret); !valid)
        return fail(valid.error());
    const KeyPair pair(secret);
    ByteArray<64> signature;
    if (!pair.isValid()
        || secp256k1_schnorrsig_sign32(
               context(), signature.data(), digest.data(), pair.get(), auxiliary.data())
            != 1)
        return fail(ErrorCode::Failed, QStringLiteral("schnorr signing"));
    return signature;
}

Result<SecretBuffer> sharedX(Bytes secret, Bytes xOnlyKey)
{
    if (const auto valid = checkSecret(secret); !valid)
        return fail(valid.error());
    if (xOnlyKey.size() != 32)
        return refuse(Why::NotThisForm);
    ByteArray<33> even{0x02};
    std::copy(xOnlyKey.begin(), xOnlyKey.end(), even.begin() + 1);
    secp256k1_pubkey key;
    if (secp256k1_ec_pubkey_parse(context(), &key, even.data(), even.size()) != 1)
        return refuse(Why::NotOnCurve);
    const auto xAlone = [](unsigned char* out, const unsigned char* x, const unsigned char*, void*) {
        std::copy_n(x, 32, out);
        return 1;
    };
    SecretBuffer x(32);
    if (secp256k1_ecdh(context(), x.edit().data(), &key, secret.data(), xAlone, nullptr) != 1)
        return fail(ErrorCode::Failed, QStringLiteral("shared secret"));
    return x;
}

bool verifySchnorr(Bytes xOnlyKey, const ByteArray<32>& digest, const ByteArray<64>& signature)
{
    secp256k1_xonly_pubkey key;
    return xOnlyKey.size() == 32 && secp256k1_xonly_pubkey_parse(context(), &key, xOnlyKey.data()) == 1
        && secp256k1_schnorrsig_verify(context(), signature.data(), digest.data(), digest.size(), &key) == 1;
}

Result<ByteArray<33>> publicKey(Bytes secret)
{
    return checkSecret(secret).and_then([&]() -> Result<ByteArray<33>> {
        secp256k1_pubkey key;
        if (secp256k1_ec_pubkey_create(context(), &key, secret.data()) != 1)
            return fail(ErrorCode::Failed, QStringLiteral("public key"));
        return compressed(key);
    });
}

bool isPublicKey(Bytes key)
{
    secp256k1_pubkey parsed;
    return key.size() == 33 && secp256k1_ec_pubkey_parse(context(), &parsed, key.data(), key.size()) == 1;
}

Result<RecoverableSignature> sign(Bytes secret, const ByteArray<32>& digest)
{
    if (const auto valid = checkSecret(secret); !valid)
        return fail(valid.error());
    // About every fourth is canonical; this many in a row that are not will not be seen.
    constexpr unsigned kAttempts = 4096;
    ByteArray<32> extra{};
    for (unsigned attempt = 0; attempt < kAttempts; ++attempt) {
        extra[30] = static_cast<std::uint8_t>(attempt >> 8);
        extra[31] = static_cast<std::uint8_t>(attempt);
        secp256k1_ecdsa_recoverable_signature made;
        if (secp256k1_ecdsa_sign_recoverable(context(), &made, digest.data(), secret.data(),
                secp256k1_nonce_function_rfc6979, attempt == 0 ? nullptr : extra.data())
            != 1)
            break;
        RecoverableSignature signature;
        secp256k1_ecdsa_recoverable_signature_serialize_compact(
            context(), signature.rs.data(), &signature.recoveryId, &made);
        if (isCanonical(signature.rs))
            return signature;
    }
    return fail(ErrorCode::Failed, QStringLiteral("no canonical signature"));
}

Result<ByteArray<33>> recover(const RecoverableSignature& signature, const ByteArray<32>& digest)
{
    secp256k1_ecdsa_recoverable_signature parsed;
    secp256k1_pubkey key;
    const bool inRange
        = signature.recoveryId >= 0 && signature.recoveryId <= 3; // outside, the library aborts
    if (!inRange
        || secp256k1_ecdsa_recoverable_signature_parse_compact(
               context(), &parsed, signature.rs.data(), signature.recoveryId)
            != 1
        || secp256k1_ecdsa_recover(context(), &key, &parsed, digest.data()) != 1)
        return refuse(Why::NotThisForm);
    return compressed(key);
}

} // namespace hatstand::crypto::secp256k1
