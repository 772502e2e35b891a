// SPDX-License-Identifier: MIT
#include "core/signing/OwnKeys.h"

namespace hatstand::signing {

class OwnKeys::Private
{
};

OwnKeys::OwnKeys(
    session::SessionManager&, secrets::Vault&, KeyHolder&, const Settings&, const Clock&, QObject* parent)
    : QObject(parent)
{
}

OwnKeys::~OwnKeys() = default;

void OwnKeys::authenticate(const session::SessionId&, const QByteArray&, Callback<QByteArray> done)
{
    done(fail(Error{ErrorCode::Usage, Why::NotInThisVersion}));
}

void OwnKeys::openPrivate(const session::SessionId&, const QString&, Callback<QByteArray> done)
{
    done(fail(Error{ErrorCode::Usage, Why::NotInThisVersion}));
}

void OwnKeys::sealPrivate(const session::SessionId&, const QByteArray&, Callback<QString> done)
{
    done(fail(Error{ErrorCode::Usage, Why::NotInThisVersion}));
}

} // namespace hatstand::signing
