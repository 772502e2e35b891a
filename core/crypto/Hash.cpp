// SPDX-License-Identifier: MIT
#include "core/crypto/Hash.h"

#include "core/base/SecretBuffer.h"
#include "core/crypto/OpenSsl.h"

#include <sodium.h>

namespace hatstand::crypto {

ByteArray<32> sha256(std::initializer_list<Bytes> parts)
{
    ByteArray<32> digest;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (Bytes part : parts)
        crypto_hash_sha256_update(&state, part.data(), part.size());
    crypto_hash_sha256_final(&state, digest.data());
    wipe({reinterpret_cast<std::uint8_t*>(&state), sizeof state});
    return digest;
}

ByteArray<20> ripemd160(std::initializer_list<Bytes> parts)
{
    static const OpenSslPtr<EVP_MD> algorithm(EVP_MD_fetch(openSsl(), "RIPEMD160", nullptr));
    const OpenSslPtr<EVP_MD_CTX> state(EVP_MD_CTX_new());
    mustWork(algorithm && state && EVP_DigestInit_ex(state.get(), algorithm.get(), nullptr) == 1);
    for (Bytes part : parts)
        mustWork(EVP_DigestUpdate(state.get(), part.data(), part.size()) == 1);
    ByteArray<20> digest;
    mustWork(EVP_DigestFinal_ex(state.get(), digest.data(), nullptr) == 1);
    return digest;
}

} // namespace hatstand::crypto
