// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Request.h"
#include "core/base/Result.h"

namespace hatstand::session {
class SessionManager;
}

namespace hatstand::app {

/// The policy of `hatstand run`: a request with a scope may look at that one session and have it sign, and
/// nothing else. The one place that decides it; what is not named here is refused, commands yet to come among
/// it. What comes back names the session where it may. Denied (detail: a sentence) for a command outside;
/// WrongAccount where anything but the session is named, whether or not there is such an account; NotFound
/// once it is logged out.
[[nodiscard]] Result<Request> withinScope(const session::SessionManager& sessions, Request request);

/// Denied, for what makes no sense under `hatstand run`.
[[nodiscard]] Error onlyAsOneAccount();

} // namespace hatstand::app
