// SPDX-License-Identifier: MIT
#include "core/crypto/Ciphers.h"

#include "core/crypto/OpenSsl.h"

#include <openssl/err.h>
#include <sodium.h>

namespace hatstand::crypto {
namespace {

constexpr std::size_t kKeySize = 32;

const EVP_CIPHER* aes256Cbc()
{
    static const OpenSslPtr<EVP_CIPHER> shared(EVP_CIPHER_fetch(openSsl(), "AES-256-CBC", nullptr));
    mustWork(shared != nullptr);
    return shared.get();
}

} // namespace

void chacha20(Bytes key, Bytes nonce, Bytes in, MutableBytes out)
{
    Q_ASSERT(key.size() == kKeySize && nonce.size() == crypto_stream_chacha20_ietf_NONCEBYTES
        && in.size() == out.size());
    crypto_stream_chacha20_ietf_xor(out.data(), in.data(), in.size(), nonce.data(), key.data());
}

QByteArray aes256CbcEncrypt(Bytes key, Bytes iv, Bytes plain)
{
    Q_ASSERT(key.size() == kKeySize && iv.size() == kAesBlock);
    const OpenSslPtr<EVP_CIPHER_CTX> state(EVP_CIPHER_CTX_new());
    QByteArray out(static_cast<qsizetype>((plain.size() / kAesBlock + 1) * kAesBlock), Qt::Uninitialized);
    auto* const to = reinterpret_cast<std::uint8_t*>(out.data());
    int most = 0;
    int last = 0;
    mustWork(state && EVP_EncryptInit_ex2(state.get(), aes256Cbc(), key.data(), iv.data(), nullptr) == 1
        && EVP_EncryptUpdate(state.get(), to, &most, plain.data(), static_cast<int>(plain.size())) == 1
        && EVP_EncryptFinal_ex(state.get(), to + most, &last) == 1 && most + last == out.size());
    return out;
}

Result<SecretBuffer> aes256CbcDecrypt(Bytes key, Bytes iv, Bytes sealed)
{
    Q_ASSERT(key.size() == kKeySize && iv.size() == kAesBlock);
    if (sealed.empty() || sealed.size() % kAesBlock != 0)
        return refuse(Why::NotThisForm);
    const OpenSslPtr<EVP_CIPHER_CTX> state(EVP_CIPHER_CTX_new());
    SecretBuffer plain(sealed.size() + kAesBlock); // OpenSSL asks for one block more than it fills
    int most = 0;
    int last = 0;
    mustWork(state && EVP_DecryptInit_ex2(state.get(), aes256Cbc(), key.data(), iv.data(), nullptr) == 1
        && EVP_DecryptUpdate(
               state.get(), plain.edit().data(), &most, sealed.data(), static_cast<int>(sealed.size()))
            == 1);
    if (EVP_DecryptFinal_ex(state.get(), plain.edit().data() + most, &last) != 1) {
        ERR_clear_error();
        return refuse(Why::NotThisForm);
    }
    plain.truncate(static_cast<std::size_t>(most) + static_cast<std::size_t>(last));
    return plain;
}

} // namespace hatstand::crypto
