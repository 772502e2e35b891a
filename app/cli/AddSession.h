// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Call.h"
#include "core/session/SessionManager.h"

namespace hatstand::app {

namespace commands {

/// The last steps of every add: label, privacy and activation as the request says, the vault where there is a
/// secret, then the answer. Whatever can be refused is refused before a vault is chosen or unlocked. then:
/// what belongs to the account, once it is there.
void addSession(const CallPtr& call, session::NewSession session,
    const std::function<Result<void>(const session::Added&)>& then = {});
void addAnchor(const CallPtr& call); ///< add antelope --anchor

} // namespace commands
} // namespace hatstand::app
