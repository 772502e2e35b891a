// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QLockFile>
#include <chrono>

namespace hatstand::app {

/// Whoever holds it may open the profile's store (or, with another file, name the profile). Freed by the
/// system's look at the pid when its holder was killed.
class InstanceLock
{
public:
    explicit InstanceLock(const QString& file);
    /// Busy (detail: "process 1234") after limit; Disk where the lock file can't be made.
    [[nodiscard]] Result<void> take(std::chrono::milliseconds limit);

private:
    QLockFile m_lock;
};

} // namespace hatstand::app
