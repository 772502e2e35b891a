// SPDX-License-Identifier: MIT
#include "app/Profile.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUuid>
#include <sys/stat.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

/// Makes the folder for its owner alone, or closes it to others; one that belongs to somebody else is
/// refused.
Result<void> makePrivate(const QString& dir)
{
    const QByteArray path = QFile::encodeName(dir);
    if (!QDir(dir).exists()) {
        if (!QDir().mkpath(QFileInfo(dir).path())
            || (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST))
            return fail(ErrorCode::Disk, dir);
    }
    struct stat info = {};
    if (::stat(path.constData(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != ::geteuid())
        return fail(ErrorCode::Disk, dir);
    if ((info.st_mode & 077) != 0 && ::chmod(path.constData(), 0700) != 0)
        return fail(ErrorCode::Disk, dir);
    return {};
}

Result<void> writeFile(const QString& file, const QByteArray& content)
{
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size() || !out.commit())
        return fail(ErrorCode::Disk, file);
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

Result<QByteArray> readFile(const QString& file)
{
    QFile in(file);
    if (!in.exists())
        return QByteArray();
    if (!in.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Disk, file);
    return in.read(64 * 1024).trimmed();
}

/// The id of a folder of its own, from home/id; home/id.path is where that folder was when it was last used,
/// so that a moved folder can be told from a copied one only by asking.
Result<QUuid> identify(const QDir& home, Relocation relocation)
{
    const QString idFile = home.filePath(u"id"_s);
    const QString pathFile = home.filePath(u"id.path"_s);
    const QByteArray here = QFile::encodeName(home.canonicalPath());
    const auto id = readFile(idFile);
    const auto before = readFile(pathFile);
    if (!id || !before)
        return fail(!id ? id.error() : before.error());

    QUuid uuid = QUuid::fromString(QString::fromLatin1(*id));
    if (!id->isEmpty() && uuid.isNull())
        return fail(ErrorCode::Damaged, idFile);
    const bool elsewhere = !before->isEmpty() && *before != here;
    if (elsewhere && relocation == Relocation::Ask)
        return fail(ErrorCode::MovedOrCopied, QFile::decodeName(*before));
    if (uuid.isNull() || (elsewhere && relocation == Relocation::Copied)) {
        uuid = QUuid::createUuid();
        if (auto written = writeFile(idFile, uuid.toByteArray(QUuid::WithoutBraces) + '\n'); !written)
            return fail(written.error());
    }
    if (*before != here) {
        if (auto written = writeFile(pathFile, here + '\n'); !written)
            return fail(written.error());
    }
    return uuid;
}

QString runtimeDir(const QString& cacheDir)
{
    const QString dir = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (QDir::isAbsolutePath(dir) && QFileInfo(dir).isDir())
        return dir + "/hatstand"_L1;
    return cacheDir + "/run"_L1;
}

} // namespace

QString Profile::databaseFile() const
{
    return dataDir + "/hatstand.db"_L1;
}

QString Profile::vaultFile() const
{
    return dataDir + "/vault.bin"_L1;
}

QString Profile::settingsFile() const
{
    return configDir + "/hatstand.conf"_L1;
}

QString Profile::lockFile() const
{
    return dataDir + "/hatstand.lock"_L1;
}

QString Profile::serviceName() const
{
    return "org.hatstand.Hatstand"_L1 + suffix;
}

Result<Profile> openProfile(const QString& home, Relocation relocation)
{
    Profile profile;
    QString socketName = u"default.sock"_s;
    if (home.isEmpty()) {
        const auto place = [](QStandardPaths::StandardLocation location) {
            return QStandardPaths::writableLocation(location) + "/hatstand"_L1;
        };
        profile.dataDir = place(QStandardPaths::GenericDataLocation);
        profile.configDir = place(QStandardPaths::GenericConfigLocation);
        profile.cacheDir = place(QStandardPaths::GenericCacheLocation);
    } else {
        const QDir dir(QDir(home).absolutePath());
        // Only a folder of our own making is closed: home may be one that the person also uses for other
        // things.
        if (!dir.exists()) {
            if (auto made = makePrivate(dir.path()); !made)
                return fail(made.error());
        }
        const auto uuid = identify(dir, relocation);
        if (!uuid)
            return fail(uuid.error());
        const QString name = u'p' + uuid->toString(QUuid::Id128);
        profile.dataDir = dir.filePath(u"data"_s);
        profile.configDir = dir.filePath(u"config"_s);
        profile.cacheDir = dir.filePath(u"cache"_s);
        profile.suffix = u'.' + name;
        socketName = name + ".sock"_L1;
    }
    const QString run = runtimeDir(profile.cacheDir);
    profile.socketPath = run + u'/' + socketName;
    for (const QString& dir : {profile.dataDir, profile.configDir, profile.cacheDir, run}) {
        if (auto made = makePrivate(dir); !made)
            return fail(made.error());
    }
    return profile;
}

} // namespace hatstand::app
