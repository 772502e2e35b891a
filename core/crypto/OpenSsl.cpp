// SPDX-License-Identifier: MIT
#include "core/crypto/OpenSsl.h"

#include <QtGlobal>
#include <openssl/provider.h>

namespace hatstand::crypto {

void mustWork(bool done)
{
    if (!done)
        qFatal("OpenSSL failed at something that can't fail");
}

OSSL_LIB_CTX* openSsl()
{
    static const OpenSslPtr<OSSL_LIB_CTX> context = [] {
        OpenSslPtr<OSSL_LIB_CTX> fresh(OSSL_LIB_CTX_new());
        mustWork(fresh && OSSL_PROVIDER_load(fresh.get(), "default"));
        return fresh;
    }();
    return context.get();
}

} // namespace hatstand::crypto
