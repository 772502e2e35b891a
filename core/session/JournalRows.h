// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionStore.h"

namespace hatstand::session {

using Entry = std::optional<secrets::SecretType>; ///< of the vault

inline bool isMissing(const Error& error)
{
    return error.code == ErrorCode::SecretMissing;
}

inline StoredRow rowOf(const Session& session, Pending pending = Pending::None)
{
    return {.session = session, .pending = pending, .expiresAt = {}};
}

} // namespace hatstand::session
