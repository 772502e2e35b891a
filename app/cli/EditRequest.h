// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Request.h"
#include "core/accounts/AccountData.h"
#include "core/base/Result.h"

namespace hatstand::app {

/// What a command wants changed of an account's data: follow, unfollow, mute, unmute, profile set, undo. The
/// first relay of an nprofile is the hint where no --relay is given. Usage; InvalidInput for what is no key,
/// relay, id or name.
[[nodiscard]] Result<accounts::Edit> editOf(const Request& request);

} // namespace hatstand::app
