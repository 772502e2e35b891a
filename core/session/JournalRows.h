// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/StoredSecret.h"
#include "core/session/SessionStore.h"

#include <optional>

namespace hatstand::session {

using Entry = std::optional<secrets::SecretType>; ///< of the vault

inline bool isMissing(const Error& error)
{
    return error.code == ErrorCode::SecretMissing;
}

/// What the entry says of an account whose row does not know it.
inline void takeKind(Session& session, secrets::SecretType type)
{
    switch (type) {
    case secrets::SecretType::Ncryptsec:
        session.signer = SignerKind::EncryptedKey;
        return;
    case secrets::SecretType::Anchor:
        session.wallet = QStringLiteral("anchor");
        [[fallthrough]];
    case secrets::SecretType::Nip46:
        session.signer = SignerKind::Remote;
        return;
    default:
        session.signer = SignerKind::LocalKey;
    }
}

inline StoredRow rowOf(const Session& session, Pending pending = Pending::None)
{
    return {.session = session, .pending = pending, .expiresAt = {}};
}

} // namespace hatstand::session
