// SPDX-License-Identifier: MIT
#include "app/InstanceLock.h"

#include <QCoreApplication>

namespace hatstand::app {

InstanceLock::InstanceLock(const QString& file)
    : m_lock(file)
{
    // A kill between making the file and writing to it leaves one that names nobody. Calling any file stale
    // after a second is safe: it is only ever removed by who gets the system's own lock on it, which a living
    // holder keeps.
    m_lock.setStaleLockTime(1000);
}

Result<void> InstanceLock::take(std::chrono::milliseconds limit)
{
    if (m_lock.tryLock(int(limit.count())))
        return {};
    if (m_lock.error() != QLockFile::LockFailedError)
        return fail(ErrorCode::Disk, m_lock.fileName());
    qint64 pid = 0;
    QString host;
    QString program;
    if (!m_lock.getLockInfo(&pid, &host, &program))
        return fail(ErrorCode::Busy);
    return fail(ErrorCode::Busy, QCoreApplication::translate("InstanceLock", "process %1").arg(pid));
}

} // namespace hatstand::app
