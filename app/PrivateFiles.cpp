// SPDX-License-Identifier: MIT
#include "app/PrivateFiles.h"

#include "app/cli/Terminal.h"
#include "core/base/Log.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(PrivateFiles)
public:
    static Error failed(const QString& sentence, const QString& path)
    {
        return {.code = ErrorCode::Failed, .detail = sentence.arg(path)};
    }
};

/// Whether this is ours, and what it says it is.
Result<void> check(const struct stat& info, const QString& path)
{
    if (S_ISLNK(info.st_mode))
        return fail(Text::failed(
            Text::tr("%1 is a symbolic link. Put what it leads to in its place, or remove it."), path));
    if (info.st_uid != ::geteuid())
        return fail(Text::failed(
            Text::tr("%1 belongs to another user. Hatstand keeps keys only where nobody else has a say."),
            path));
    return {};
}

void say(const QString& path, mode_t was)
{
    qCWarning(lcFiles, "closed to others: %s (its mode was %04o)", qPrintable(Terminal::escaped(path)),
        was & 07777u);
}

} // namespace

Result<void> makePrivateFolder(const QString& folder)
{
    const QByteArray path = QFile::encodeName(folder);
    struct stat info = {};
    if (::lstat(path.constData(), &info) != 0) {
        if (!QDir().mkpath(QFileInfo(folder).path())
            || (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
            || ::lstat(path.constData(), &info) != 0)
            return fail(ErrorCode::Disk, folder);
    }
    if (auto own = check(info, folder); !own)
        return own;
    if (!S_ISDIR(info.st_mode))
        return fail(Text::failed(Text::tr("%1 is no folder. Move it away."), folder));
    if ((info.st_mode & 077) == 0)
        return {};
    // By descriptor: whoever may write to the folder above could have put another in its place by now.
    const int fd = ::open(path.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    const bool closed
        = fd >= 0 && ::fstat(fd, &info) == 0 && info.st_uid == ::geteuid() && ::fchmod(fd, 0700) == 0;
    if (fd >= 0)
        ::close(fd);
    if (!closed)
        return fail(ErrorCode::Disk, folder);
    say(folder, info.st_mode);
    return {};
}

Result<void> checkPrivateFile(const QString& file)
{
    const QByteArray path = QFile::encodeName(file);
    struct stat info = {};
    if (::lstat(path.constData(), &info) != 0)
        return {}; // not there, or not any more
    if (auto own = check(info, file); !own)
        return own;
    if ((info.st_mode & 077) == 0)
        return {};
    // Who else could put something in its place was shut out with the folder.
    if (::chmod(path.constData(), S_ISDIR(info.st_mode) ? 0700 : 0600) == 0)
        say(file, info.st_mode);
    else if (errno != ENOENT)
        return fail(ErrorCode::Disk, file);
    return {};
}

Result<void> checkPrivateContent(const QString& folder)
{
    const QDir dir(folder);
    for (const QString& name :
        dir.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)) {
        if (auto own = checkPrivateFile(dir.filePath(name)); !own)
            return own;
    }
    return {};
}

} // namespace hatstand::app
