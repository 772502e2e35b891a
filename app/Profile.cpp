// SPDX-License-Identifier: MIT
#include "app/Profile.h"

#include "app/InstanceOrLock.h"
#include "app/PrivateFiles.h"
#include "app/control/Channel.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUuid>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

constexpr auto kLook = 100ms;

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
    return in.read(qint64{64} * 1024).trimmed();
}

/// home/id, and home/id.path: where that folder was when it was last used, so that a moved folder can be told
/// from a copied one only by asking.
struct Mark
{
    QUuid id; ///< null: none yet
    QByteArray path; ///< empty: not known
};

Result<Mark> readMark(const QDir& home)
{
    // The path first: it is written last, so where it is right the id that is read after it is right too.
    const auto path = readFile(home.filePath(u"id.path"_s));
    const auto id = readFile(home.filePath(u"id"_s));
    if (!id || !path)
        return fail(!id ? id.error() : path.error());
    const QUuid uuid = QUuid::fromString(QString::fromLatin1(*id));
    if (!id->isEmpty() && uuid.isNull())
        return fail(ErrorCode::Damaged, home.filePath(u"id"_s));
    return Mark{uuid, *path};
}

Result<QUuid> writeMark(const QDir& home, const Mark& mark)
{
    const QByteArray id = mark.id.toByteArray(QUuid::WithoutBraces);
    if (auto written = writeFile(home.filePath(u"id"_s), id + '\n'); !written)
        return fail(written.error());
    if (auto written = writeFile(home.filePath(u"id.path"_s), mark.path + '\n'); !written)
        return fail(written.error());
    return mark.id;
}

/// The id of a folder of its own. Whoever writes one holds id.lock: of two first starts at once that made one
/// each, the first would keep its key under a name that nobody knows any more.
Result<QUuid> identify(const QDir& home, Relocation relocation)
{
    const QByteArray here = QFile::encodeName(home.canonicalPath());
    InstanceLock lock(home.filePath(u"id.lock"_s));
    const QDeadlineTimer deadline(kLongestWait);
    for (bool locked = false;;) {
        const auto mark = readMark(home);
        if (!mark)
            return fail(mark.error());
        const bool elsewhere = !mark->path.isEmpty() && mark->path != here;
        if (elsewhere && relocation == Relocation::Ask)
            return fail(ErrorCode::MovedOrCopied, QFile::decodeName(mark->path));
        if (!mark->id.isNull() && mark->path == here)
            return mark->id;
        if (locked) {
            const bool fresh = mark->id.isNull() || (elsewhere && relocation == Relocation::Copied);
            return writeMark(home, {fresh ? QUuid::createUuid() : mark->id, here});
        }
        const auto taken = lock.take(kLook); // short: what its holder writes is all that is waited for
        if (!taken && (taken.error().code != ErrorCode::Busy || deadline.hasExpired()))
            return fail(taken.error());
        locked = taken.has_value();
    }
}

QString userPlace(QStandardPaths::StandardLocation location)
{
    return QStandardPaths::writableLocation(location) + "/hatstand"_L1;
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

QString Profile::chainsFile() const
{
    return configDir + "/chains.json"_L1;
}

QString Profile::chainCacheFile() const
{
    return cacheDir + "/chain-accounts.json"_L1;
}

QString Profile::linksFile() const
{
    return dataDir + "/links.json"_L1;
}

QString Profile::accountCacheFile() const
{
    return cacheDir + "/accounts.db"_L1;
}

QString Profile::pictureFolder() const
{
    return cacheDir + "/pictures"_L1;
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
        profile.dataDir = userPlace(QStandardPaths::GenericDataLocation);
        profile.configDir = userPlace(QStandardPaths::GenericConfigLocation);
        profile.cacheDir = userPlace(QStandardPaths::GenericCacheLocation);
    } else {
        const QDir dir(QDir(home).absolutePath());
        // Only a folder of our own making is closed: home may be one that the person also uses for other
        // things.
        if (!dir.exists()) {
            if (auto made = makePrivateFolder(dir.path()); !made)
                return fail(made.error());
        }
        for (const QString& name : {u"id"_s, u"id.path"_s, u"id.lock"_s}) {
            if (auto own = checkPrivateFile(dir.filePath(name)); !own)
                return fail(own.error());
        }
        const auto uuid = identify(dir, relocation);
        if (!uuid)
            return fail(uuid.error());
        const QString name = u'p' + uuid->toString(QUuid::Id128);
        profile.home = dir.path();
        profile.dataDir = dir.filePath(u"data"_s);
        profile.configDir = dir.filePath(u"config"_s);
        profile.cacheDir = dir.filePath(u"cache"_s);
        profile.suffix = u'.' + name;
        socketName = name + ".sock"_L1;
    }
    QString run = runtimeDir(profile.cacheDir);
    // A folder of the person's choice may be too deep for the name of a socket; their cache hardly is.
    if (!Channel::fits(run + u'/' + socketName))
        run = runtimeDir(userPlace(QStandardPaths::GenericCacheLocation));
    profile.socketPath = run + u'/' + socketName;
    for (const QString& dir : {profile.dataDir, profile.configDir, profile.cacheDir, run}) {
        if (auto made = makePrivateFolder(dir).and_then([&] { return checkPrivateContent(dir); }); !made)
            return fail(made.error());
    }
    return profile;
}

} // namespace hatstand::app
