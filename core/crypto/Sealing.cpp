// SPDX-License-Identifier: MIT
#include "core/crypto/Sealing.h"

#include <sodium.h>

namespace hatstand::crypto {

static_assert(kSealKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSealNonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kSealTagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);

Result<SecretBuffer> scrypt(Bytes passphrase, Bytes salt, int logN, unsigned r, unsigned p, std::size_t size)
{
    SecretBuffer key(size); // first: it is what starts libsodium, which then picks the fast code
    constexpr std::uint8_t nothing = 0; // libsodium takes no null pointers, and an empty span may have one
    if (crypto_pwhash_scryptsalsa208sha256_ll(passphrase.empty() ? &nothing : passphrase.data(),
            passphrase.size(), salt.data(), salt.size(), std::uint64_t(1) << logN, r, p, key.edit().data(),
            key.size())
        != 0)
        return fail(ErrorCode::Failed, QStringLiteral("not enough memory for this key's scrypt cost"));
    return key;
}

QByteArray seal(Bytes plain, Bytes associated, Bytes nonce, const SecretBuffer& key)
{
    Q_ASSERT(key.size() == kSealKeySize && nonce.size() == kSealNonceSize);
    QByteArray out(static_cast<qsizetype>(plain.size() + kSealTagSize), Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<std::uint8_t*>(out.data()), nullptr,
        plain.data(), plain.size(), associated.data(), associated.size(), nullptr, nonce.data(),
        key.view().data());
    return out;
}

Result<SecretBuffer> unseal(Bytes sealed, Bytes associated, Bytes nonce, const SecretBuffer& key)
{
    Q_ASSERT(key.size() == kSealKeySize && nonce.size() == kSealNonceSize);
    if (sealed.size() < kSealTagSize)
        return fail(ErrorCode::WrongPassphrase);
    SecretBuffer plain(sealed.size() - kSealTagSize);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.edit().data(), nullptr, nullptr, sealed.data(),
            sealed.size(), associated.data(), associated.size(), nonce.data(), key.view().data())
        != 0)
        return fail(ErrorCode::WrongPassphrase);
    return plain;
}

} // namespace hatstand::crypto
