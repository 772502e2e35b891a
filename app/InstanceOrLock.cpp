// SPDX-License-Identifier: MIT
#include "app/InstanceOrLock.h"

#include "app/control/Channel.h"

#include <QDeadlineTimer>

namespace hatstand::app {
namespace {

constexpr std::chrono::milliseconds kLook{100};

} // namespace

Result<int> findInstanceOrLock(const Profile& profile, InstanceLock& lock, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    for (;;) {
        if (const int fd = Channel::connectTo(profile.socketPath); fd >= 0)
            return fd;
        const auto taken = lock.take(kLook);
        if (taken)
            return -1;
        if (taken.error().code != ErrorCode::Busy || deadline.hasExpired())
            return fail(taken.error());
    }
}

} // namespace hatstand::app
