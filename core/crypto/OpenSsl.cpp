// SPDX-License-Identifier: MIT
#include "core/crypto/OpenSsl.h"

#include <QtGlobal>
#include <openssl/provider.h>

namespace hatstand::crypto {
namespace {

class Library
{
public:
    Library()
        : m_context(OSSL_LIB_CTX_new())
        , m_provider(OSSL_PROVIDER_load(m_context.get(), "default"))
    {
        mustWork(m_context && m_provider);
    }
    ~Library() { OSSL_PROVIDER_unload(m_provider); }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    [[nodiscard]] OSSL_LIB_CTX* context() const { return m_context.get(); }

private:
    OpenSslPtr<OSSL_LIB_CTX> m_context;
    OSSL_PROVIDER* m_provider;
};

} // namespace

void mustWork(bool done)
{
    if (!done)
        qFatal("OpenSSL failed at something that can't fail");
}

OSSL_LIB_CTX* openSsl()
{
    static const Library library;
    return library.context();
}

} // namespace hatstand::crypto
