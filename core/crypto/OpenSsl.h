// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

namespace hatstand::crypto {

/// OpenSSL with its default provider, whatever the system's openssl.cnf leaves out of the shared context
/// (RIPEMD-160 is commonly switched off there). Lives as long as the process; safe from any thread.
[[nodiscard]] OSSL_LIB_CTX* openSsl();

/// Where OpenSSL can't do what it always can there is nothing left to hope for.
void mustWork(bool done);

struct OpenSslFree
{
    void operator()(EVP_MD* p) const { EVP_MD_free(p); }
    void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
    void operator()(EVP_CIPHER* p) const { EVP_CIPHER_free(p); }
    void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); } // wipes its key
    void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
    void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
    void operator()(BIGNUM* p) const { BN_clear_free(p); }
    void operator()(BN_CTX* p) const { BN_CTX_free(p); }
    void operator()(EC_GROUP* p) const { EC_GROUP_free(p); }
    void operator()(EC_POINT* p) const { EC_POINT_clear_free(p); }
    void operator()(ECDSA_SIG* p) const { ECDSA_SIG_free(p); }
    void operator()(OSSL_LIB_CTX* p) const { OSSL_LIB_CTX_free(p); }
};

template <class T>
using OpenSslPtr = std::unique_ptr<T, OpenSslFree>;

} // namespace hatstand::crypto
