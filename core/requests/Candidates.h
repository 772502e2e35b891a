// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/EsrRequest.h"
#include "core/session/SessionManager.h"

namespace hatstand::requests {

/// Who may sign something.
struct Candidates
{
    session::SessionId chosen; ///< who does, unless the person chooses another
    QList<session::SessionId> others; ///< who can as well, most recently active first
};

/// What has to fit a session for it to sign: the chains, and whoever is named.
struct Wanted
{
    std::function<bool(const QString& chainId)> isOnChain;
    QString chainId = {}; ///< the one chain it is for; empty: several, or any
    QList<antelope::PermissionLevel> levels = {}; ///< one of these; empty: anybody

    [[nodiscard]] static Wanted of(const antelope::EsrRequest& request);
};

/// named, if it fits: WrongNetwork, NotFound; RequestForOtherChain; WrongAccount (detail: who is named).
/// Otherwise the one whose account is named, the chain's default, or the active one, in this order, and else
/// the most recently active that fits. NotFound (detail: who is named) and NoActive where nobody fits.
[[nodiscard]] Result<Candidates> whoSigns(const session::SessionManager& sessions, const Wanted& wanted,
    const std::optional<session::SessionId>& named);

} // namespace hatstand::requests
