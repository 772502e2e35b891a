// SPDX-License-Identifier: MIT
#include "app/Descriptors.h"

#include <QCoreApplication>
#include <fcntl.h>
#include <unistd.h>

namespace hatstand::app {

Descriptors::Descriptors()
{
    for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(fd, F_GETFD) >= 0)
            continue;
        // The wrong way round, so that reading or writing fails as it would have on a closed one. The lowest
        // free number is this one, since those below it are taken by now.
        m_filled[std::size_t(fd)] = ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) == fd;
    }
}

Result<int> Descriptors::adopt(int given) const
{
    const bool filled = given >= 0 && std::size_t(given) < m_filled.size() && m_filled[std::size_t(given)];
    const int flags = ::fcntl(given, F_GETFL);
    if (filled || flags < 0 || (flags & O_ACCMODE) == O_WRONLY || (flags & O_PATH))
        return fail(Error{ErrorCode::Usage, Why::Unsaid,
            QCoreApplication::translate(
                "Descriptors", "--passphrase-fd: descriptor %1 is not open for reading.")
                .arg(given)});
    const int own = ::fcntl(given, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (own < 0)
        return fail(ErrorCode::Failed);
    if (given > STDERR_FILENO)
        ::close(given);
    return own;
}

} // namespace hatstand::app
