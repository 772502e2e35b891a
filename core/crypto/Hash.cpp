// SPDX-License-Identifier: MIT
#include "core/crypto/Hash.h"

#include "core/crypto/OpenSsl.h"

namespace hatstand::crypto {
namespace {

template <std::size_t N>
ByteArray<N> digestOf(const OpenSslPtr<EVP_MD>& algorithm, std::initializer_list<Bytes> parts)
{
    const OpenSslPtr<EVP_MD_CTX> state(EVP_MD_CTX_new()); // its end wipes it
    mustWork(algorithm && state && EVP_DigestInit_ex(state.get(), algorithm.get(), nullptr) == 1);
    for (Bytes part : parts)
        mustWork(EVP_DigestUpdate(state.get(), part.data(), part.size()) == 1);
    ByteArray<N> digest;
    mustWork(EVP_DigestFinal_ex(state.get(), digest.data(), nullptr) == 1);
    return digest;
}

OpenSslPtr<EVP_MD> fetched(const char* name)
{
    return OpenSslPtr<EVP_MD>(EVP_MD_fetch(openSsl(), name, nullptr));
}

} // namespace

ByteArray<32> sha256(std::initializer_list<Bytes> parts)
{
    static const auto algorithm
        = fetched("SHA2-256"); // by the processor's own instructions where it has them
    return digestOf<32>(algorithm, parts);
}

ByteArray<64> sha512(std::initializer_list<Bytes> parts)
{
    static const auto algorithm = fetched("SHA2-512");
    return digestOf<64>(algorithm, parts);
}

ByteArray<20> ripemd160(std::initializer_list<Bytes> parts)
{
    static const auto algorithm = fetched("RIPEMD160");
    return digestOf<20>(algorithm, parts);
}

} // namespace hatstand::crypto
