// SPDX-License-Identifier: MIT
#include "core/session/Session.h"

namespace hatstand::session {

using namespace Qt::Literals::StringLiterals;

QLatin1StringView name(SignerKind kind)
{
    switch (kind) {
    case SignerKind::LocalKey:
        return "local-key"_L1;
    case SignerKind::EncryptedKey:
        return "encrypted-key"_L1;
    case SignerKind::Remote:
        return "remote"_L1;
    case SignerKind::WatchOnly:
        return "watch-only"_L1;
    }
    return {};
}

QLatin1StringView name(SessionState state)
{
    switch (state) {
    case SessionState::Ready:
        return "ready"_L1;
    case SessionState::Locked:
        return "locked"_L1;
    case SessionState::SecretMissing:
        return "secret-missing"_L1;
    case SessionState::Damaged:
        return "damaged"_L1;
    case SessionState::NeedsLogin:
        return "needs-login"_L1;
    case SessionState::Unknown:
        return "unknown"_L1;
    }
    return {};
}

Result<SignerKind> signerKindFromName(QStringView text)
{
    for (SignerKind kind :
        {SignerKind::LocalKey, SignerKind::EncryptedKey, SignerKind::Remote, SignerKind::WatchOnly}) {
        if (text == name(kind))
            return kind;
    }
    return refuse(Why::NotThisForm, text.toString());
}

} // namespace hatstand::session
