// SPDX-License-Identifier: MIT
#include "app/InstanceLock.h"

#include <QCoreApplication>

namespace hatstand::app {

InstanceLock::InstanceLock(const QString& file)
    : m_lock(file)
{
    m_lock.setStaleLockTime(0); // a holder that lives may hold it for weeks
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
