// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QTest>
#include <QUuid>
#include <unistd.h>
#include <vector>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// Where a profile lives, and what happens when its place is not as it should be.
class TestProfile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aHomeOfItsOwn();
    void firstStartsAtOnceLoseNoKey();
    void theVaultIsFoundWithoutTheSettings();
    void aLongHomeHasAControlSocket();
    void movedOrCopied();
    void withoutARuntimeDirectory();
    void newerDatabase();
    void damagedDatabase();
    void readOnlyHome();
    void fullDisk();
    void busyNamesTheProcess();
};

namespace {

const QStringList kWatch{
    u"add"_s, u"nostr"_s, u"--watch"_s, u"npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"_s};

QByteArray errorCode(const Outcome& outcome)
{
    return outcome.err.mid(outcome.err.lastIndexOf('(') + 1).chopped(2);
}

QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TestProfile::aHomeOfItsOwn()
{
    Program hatstand;
    const QString home = hatstand.path(u"other"_s);
    QCOMPARE(hatstand.run(QStringList{u"--home"_s, home} + kWatch).exit, 0);
    QVERIFY(QFile::exists(home + "/data/hatstand.db"_L1));
    QVERIFY(!QFile::exists(hatstand.database()));
    QVERIFY(hatstand.run({u"list"_s}).out.isEmpty());
    hatstand.environment.insert(u"HATSTAND_HOME"_s, home);
    QVERIFY(hatstand.run({u"list"_s}).out.contains("nostr:79be667e"));
    QVERIFY(!QUuid::fromString(QString::fromLatin1(contentOf(home + "/id"_L1).trimmed())).isNull());
}

void TestProfile::firstStartsAtOnceLoseNoKey()
{
    Program hatstand;
    const QByteArray passphrase = QByteArray(Program::kPassphrase) + '\n';
    const QStringList home{u"--home"_s, hatstand.path(u"new"_s)};
    std::vector<Program::Running> adding;
    for (int i = 0; i < 4; ++i)
        adding.push_back(hatstand.start(
            home + QStringList{u"add"_s, u"nostr"_s, u"--generate"_s, u"--vault"_s, u"passphrase"_s},
            passphrase));
    QStringList added;
    for (const auto& process : adding) {
        const Outcome outcome = outcomeOf(*process);
        if (outcome.exit == 0)
            added += outcome.line();
        else // each may wait for the others no longer than 3 s
            QCOMPARE(errorCode(outcome), QByteArray("busy"));
    }
    QVERIFY(!added.isEmpty());
    for (const QString& id : std::as_const(added)) {
        const Outcome exported
            = hatstand.run(home + QStringList{u"export"_s, id, u"--ncryptsec"_s, u"--to"_s, id.right(8)}, {},
                passphrase + "backup\n");
        QVERIFY2(exported.exit == 0, exported.err);
    }
}

/// The settings file is no part of what a person thinks of when backing up keys.
void TestProfile::theVaultIsFoundWithoutTheSettings()
{
    Program hatstand;
    const QByteArray passphrase = QByteArray(Program::kPassphrase) + '\n';
    QVERIFY(!hatstand.addGenerated({u"--label"_s, u"Mira"_s}).isEmpty());
    QVERIFY(QFile::remove(hatstand.path(u"config/hatstand/hatstand.conf"_s)));
    const Outcome added
        = hatstand.run({u"add"_s, u"nostr"_s, u"--generate"_s, u"--label"_s, u"Gallery"_s}, {}, passphrase);
    QVERIFY2(added.exit == 0, added.err);
    QCOMPARE(hatstand.run({u"config"_s, u"get"_s, u"vault.kind"_s}).line(), u"passphrase"_s);
    for (const QString& label : {u"Mira"_s, u"Gallery"_s}) {
        const Outcome exported = hatstand.run(
            {u"export"_s, label, u"--ncryptsec"_s, u"--to"_s, label}, {}, passphrase + "backup\n");
        QVERIFY2(exported.exit == 0, exported.err);
    }
}

/// The system's names for sockets end at 107 bytes.
void TestProfile::aLongHomeHasAControlSocket()
{
    Program hatstand;
    hatstand.environment.remove(u"XDG_RUNTIME_DIR"_s);
    const QString home = hatstand.path(QString(120, u'x'));
    QCOMPARE(hatstand.run({u"--home"_s, home, u"list"_s}).exit, 0);
    const QByteArray uuid = contentOf(home + "/id"_L1).trimmed().replace("-", "");
    hatstand.socketPath = hatstand.path(u"cache/hatstand/run/p"_s + QString::fromLatin1(uuid) + ".sock"_L1);
    const auto instance = hatstand.startHeadless({u"--home"_s, home});
    QVERIFY(instance->state() == QProcess::Running);
    QCOMPARE(hatstand.run({u"--home"_s, home, u"unlock"_s}).exit, 2); // no keys yet

    // Where that place is too long as well, it is said what is to be done.
    hatstand.environment.insert(u"XDG_CACHE_HOME"_s, hatstand.path(QString(120, u'c')));
    const Outcome outcome = hatstand.run({u"--home"_s, hatstand.path(QString(120, u'y')), u"--headless"_s});
    QCOMPARE(outcome.exit, 1);
    QCOMPARE(errorCode(outcome), QByteArray("failed"));
    QVERIFY2(outcome.err.contains("XDG_RUNTIME_DIR"), outcome.err);
}

void TestProfile::movedOrCopied()
{
    Program hatstand;
    const QString first = hatstand.path(u"first"_s);
    const QString second = hatstand.path(u"second"_s);
    QCOMPARE(hatstand.run(QStringList{u"--home"_s, first} + kWatch).exit, 0);
    const QByteArray id = contentOf(first + "/id"_L1);
    QVERIFY(QDir().rename(first, second));

    const Outcome asked = hatstand.run({u"--home"_s, second, u"list"_s});
    QCOMPARE(asked.exit, 1);
    QCOMPARE(errorCode(asked), QByteArray("moved-or-copied"));
    QCOMPARE(hatstand.run({u"--home"_s, second, u"--headless"_s}).exit, 1);
    QCOMPARE(hatstand.run({u"--home"_s, second, u"--moved"_s, u"list"_s}).exit, 0);
    QCOMPARE(contentOf(second + "/id"_L1), id);
    QCOMPARE(hatstand.run({u"--home"_s, second, u"list"_s}).exit, 0);

    QVERIFY(QDir().rename(second, first));
    const Outcome copied = hatstand.run({u"--home"_s, first, u"--copied"_s, u"list"_s});
    QCOMPARE(copied.exit, 0);
    QVERIFY(copied.out.contains("nostr:79be667e"));
    QVERIFY(contentOf(first + "/id"_L1) != id);
}

void TestProfile::withoutARuntimeDirectory()
{
    Program hatstand;
    hatstand.environment.remove(u"XDG_RUNTIME_DIR"_s);
    QCOMPARE(hatstand.run(kWatch).exit, 0);
    const auto instance = hatstand.startHeadless();
    const QString folder = hatstand.path(u"cache/hatstand/run"_s);
    QCOMPARE(hatstand.socket(), folder + "/default.sock"_L1);
    QVERIFY(QFile::exists(hatstand.socket()));
    QCOMPARE(QFile::permissions(folder) & QFile::Permissions(0x0077), QFile::Permissions());
    QCOMPARE(QFile::permissions(hatstand.socket()) & QFile::Permissions(0x0077), QFile::Permissions());
    QVERIFY(hatstand.run({u"list"_s}).out.contains("nostr:79be667e"));
    // It is the instance that answers there.
    const Outcome second = hatstand.run({});
    QCOMPARE(errorCode(second), QByteArray("busy"));
    QVERIFY(second.err.contains(QByteArray::number(instance->processId())));
}

void TestProfile::newerDatabase()
{
    Program hatstand;
    QCOMPARE(hatstand.run(kWatch).exit, 0);
    QCOMPARE(QProcess::execute(u"sqlite3"_s, {hatstand.database(), u"PRAGMA user_version = 9999"_s}), 0);
    const QByteArray before = contentOf(hatstand.database());
    const Outcome outcome = hatstand.run({u"list"_s});
    QCOMPARE(outcome.exit, 1);
    QCOMPARE(errorCode(outcome), QByteArray("newer-database"));
    QCOMPARE(contentOf(hatstand.database()), before);
}

void TestProfile::damagedDatabase()
{
    Program hatstand;
    QCOMPARE(hatstand.run(kWatch).exit, 0);
    QFile file(hatstand.database());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const Outcome outcome = hatstand.run({u"list"_s});
    QCOMPARE(outcome.exit, 0);
    QVERIFY(outcome.err.contains("hatstand.db.damaged-")); // told, and kept
    const QDir data(hatstand.path(u"data/hatstand"_s));
    QCOMPARE(data.entryList({u"hatstand.db.damaged-*"_s}, QDir::Files).size(), 1);
}

void TestProfile::readOnlyHome()
{
    Program hatstand;
    QVERIFY(QDir().mkpath(hatstand.path(u"frozen"_s)));
    for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        hatstand.environment.insert(QString::fromLatin1(name), hatstand.path(u"frozen"_s));
    if (::geteuid() == 0) { // root writes anywhere, so somebody else tries
        hatstand.wrapper = {u"setpriv"_s, u"--reuid=65534"_s, u"--regid=65534"_s, u"--clear-groups"_s};
        QFile::setPermissions(hatstand.path(QString()), QFile::Permissions(0x7755));
    }
    QFile::setPermissions(hatstand.path(u"frozen"_s), QFile::Permissions(0x5555));
    const Outcome outcome = hatstand.run(kWatch);
    QCOMPARE(outcome.exit, 1);
    QCOMPARE(errorCode(outcome), QByteArray("disk"));
    QFile::setPermissions(hatstand.path(u"frozen"_s), QFile::Permissions(0x7700));
    QVERIFY(QDir(hatstand.path(u"frozen"_s)).isEmpty());
}

void TestProfile::fullDisk()
{
    Program hatstand;
    QVERIFY(!hatstand.addGenerated({u"--label"_s, u"Mira"_s}).isEmpty());
    // The same profile on a file system of 1 MiB that is filled to the last byte; then freed again.
    const QString script = uR"(
        set -e
        cd "$1"; shift
        mount -t tmpfs -o size=1m,mode=700 tmpfs full
        cp -a data full/
        export XDG_DATA_HOME=$PWD/full/data
        cat /dev/zero > full/filler 2>/dev/null || :
        code=0
        "$@" add nostr --generate --label New --passphrase-fd 3 || code=$?
        echo "first=$code"
        rm full/filler
        "$@" list
        "$@" add nostr --generate --label New --passphrase-fd 3 3< full/../pass > /dev/null
        echo "second=$?"
    )"_s;
    QVERIFY(QDir().mkpath(hatstand.path(u"full"_s)));
    QFile pass(hatstand.path(u"pass"_s));
    QVERIFY(pass.open(QIODevice::WriteOnly));
    pass.write(QByteArray(Program::kPassphrase) + '\n');
    pass.close();
    QProcess process;
    process.setProcessEnvironment(hatstand.environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    const QString inner = u"exec 3< \"$1/pass\"; "_s + script;
    process.start(u"unshare"_s,
        QStringList{::geteuid() == 0 ? u"-m"_s : u"-Urm"_s, u"sh"_s, u"-c"_s, inner, u"sh"_s,
            hatstand.path(QString()), QStringLiteral(HATSTAND_BINARY)});
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray said = process.readAll();
    QVERIFY2(said.contains("(disk)") && said.contains("first=1"), said.constData());
    QVERIFY2(said.contains("Mira") && !said.contains("New"), said.constData());
    QVERIFY2(said.contains("second=0"), said.constData());
}

void TestProfile::busyNamesTheProcess()
{
    Program hatstand;
    QCOMPARE(hatstand.run(kWatch).exit, 0);
    QLockFile lock(hatstand.path(u"data/hatstand/hatstand.lock"_s));
    QVERIFY(lock.tryLock());
    const Outcome outcome = hatstand.run({u"list"_s});
    QCOMPARE(outcome.exit, 1);
    QCOMPARE(errorCode(outcome), QByteArray("busy"));
    QVERIFY(outcome.err.contains(QByteArray::number(QCoreApplication::applicationPid())));
}

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
