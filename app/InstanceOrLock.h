// SPDX-License-Identifier: MIT
#pragma once

#include "app/InstanceLock.h"
#include "app/Profile.h"

namespace hatstand::app {

constexpr std::chrono::milliseconds kLongestWait{3000}; ///< for a lock, or for an instance to take a request

/// A connection (a descriptor) to the instance that runs, or -1 and the lock: whichever comes first, since an
/// instance that is just starting has the lock before it listens. Needs no event loop. Busy (detail: "process
/// 1234") where neither came within limit, Disk.
[[nodiscard]] Result<int> findInstanceOrLock(
    const Profile& profile, InstanceLock& lock, std::chrono::milliseconds limit = kLongestWait);

} // namespace hatstand::app
