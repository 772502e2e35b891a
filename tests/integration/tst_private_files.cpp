// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// Files that only their owner reads, whoever opened them in between and however Hatstand is started.
class TestPrivateFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasOpenedIsClosedAgain_data();
    void whatWasOpenedIsClosedAgain();
    void everyKindOfStartLooks_data();
    void everyKindOfStartLooks();
    void soundOnesAreLeftInPeace();
    void aProfileOfItsOwnToo();
    void whatIsNotOursIsRefused_data();
    void whatIsNotOursIsRefused();
    void linksAreRefused_data();
    void linksAreRefused();
};

namespace {

const QStringList kList{u"list"_s};

/// -1: not there.
int modeOf(const QString& path)
{
    struct stat info = {};
    return ::lstat(qPrintable(path), &info) == 0 ? int(info.st_mode & 0777u) : -1;
}

void open(const QString& path, mode_t mode)
{
    if (::chmod(qPrintable(path), mode) != 0)
        qFatal("%s is not there", qPrintable(path));
}

bool isSentence(const QByteArray& err, const QString& path)
{
    return err.count('\n') == 1 && err.startsWith("hatstand: ") && err.contains(path.toUtf8())
        && err.endsWith("(failed)\n");
}

} // namespace

void TestPrivateFiles::whatWasOpenedIsClosedAgain_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("opened");
    QTest::addColumn<int>("closed");
    QTest::newRow("group reads the database") << u"data/hatstand/hatstand.db"_s << 0640 << 0600;
    QTest::newRow("all write the database") << u"data/hatstand/hatstand.db"_s << 0666 << 0600;
    QTest::newRow("vault") << u"data/hatstand/vault.bin"_s << 0644 << 0600;
    QTest::newRow("settings") << u"config/hatstand/hatstand.conf"_s << 0644 << 0600;
    QTest::newRow("write-ahead log") << u"data/hatstand/hatstand.db-wal"_s << 0644 << -1; // read, and gone
    QTest::newRow("a copy beside it") << u"data/hatstand/copy of vault.bin"_s << 0604 << 0600;
    QTest::newRow("data") << u"data/hatstand"_s << 0755 << 0700;
    QTest::newRow("config") << u"config/hatstand"_s << 0770 << 0700;
    QTest::newRow("cache") << u"cache/hatstand"_s << 0701 << 0700;
    QTest::newRow("runtime") << u"run/hatstand"_s << 0777 << 0700;
}

void TestPrivateFiles::whatWasOpenedIsClosedAgain()
{
    QFETCH(QString, path);
    QFETCH(int, opened);
    QFETCH(int, closed);
    Program hatstand;
    QVERIFY(!hatstand.addGenerated().isEmpty());
    QCOMPARE(hatstand.run({u"config"_s, u"set"_s, u"ui.theme"_s, u"dark"_s}).exit, 0);
    const QString full = hatstand.path(path);
    if (!QFile::exists(full)) {
        QFile made(full);
        QVERIFY(made.open(QIODevice::WriteOnly));
    }
    open(full, mode_t(opened));
    const Outcome outcome = hatstand.run(kList);
    QVERIFY2(outcome.exit == 0, outcome.err);
    if (const int mode = modeOf(full); closed != -1 || mode != -1)
        QCOMPARE(mode, closed == -1 ? 0600 : closed);
    QVERIFY2(outcome.err.contains(full.toUtf8()) && outcome.err.count('\n') == 1, outcome.err);
    QVERIFY(outcome.out.contains("nostr:"));
}

void TestPrivateFiles::everyKindOfStartLooks_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"--headless", "--background", "list", "run"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestPrivateFiles::everyKindOfStartLooks()
{
    QFETCH(QString, kind);
    Program hatstand;
    hatstand.environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    const QString id = hatstand.addGenerated();
    open(hatstand.database(), 0644);
    if (kind.startsWith(u"--"_s)) {
        const auto instance = hatstand.startInstance({kind});
        QCOMPARE(instance->state(), QProcess::Running);
        QCOMPARE(modeOf(hatstand.database()), 0600);
        // And a command that goes to it.
        open(hatstand.database(), 0644);
        open(hatstand.socket(), 0666);
        QCOMPARE(hatstand.run(kList).exit, 0);
        QCOMPARE(modeOf(hatstand.socket()), 0600);
    } else if (kind == "run"_L1) {
        QCOMPARE(hatstand.run({u"run"_s, u"--as"_s, id, u"--"_s, u"true"_s}).exit, 0);
    } else {
        QCOMPARE(hatstand.run({kind}).exit, 0);
    }
    QCOMPARE(modeOf(hatstand.database()), 0600);
}

void TestPrivateFiles::soundOnesAreLeftInPeace()
{
    Program hatstand;
    QVERIFY(!hatstand.addGenerated().isEmpty());
    QVERIFY(hatstand.run(kList).err.isEmpty());
    // Closed more than they need be, as some do with settings.
    open(hatstand.path(u"data/hatstand/vault.bin"_s), 0400);
    QVERIFY(hatstand.run(kList).err.isEmpty());
    QCOMPARE(modeOf(hatstand.path(u"data/hatstand/vault.bin"_s)), 0400);
}

void TestPrivateFiles::aProfileOfItsOwnToo()
{
    Program hatstand;
    const QString home = hatstand.path(u"mine"_s);
    QVERIFY(QDir().mkdir(home));
    open(home, 0755); // for other things too
    QFile letter(home + "/letter"_L1);
    QVERIFY(letter.open(QIODevice::WriteOnly));
    open(letter.fileName(), 0644);
    QCOMPARE(hatstand.run({u"--home"_s, home, u"list"_s}).exit, 0);
    for (const QString& name : {u"id"_s, u"id.path"_s, u"data/hatstand.db"_s})
        open(home + u'/' + name, 0644);
    open(home + "/data"_L1, 0755);
    QCOMPARE(hatstand.run({u"--home"_s, home, u"list"_s}).exit, 0);
    for (const QString& name : {u"id"_s, u"id.path"_s, u"data/hatstand.db"_s})
        QCOMPARE(modeOf(home + u'/' + name), 0600);
    QCOMPARE(modeOf(home + "/data"_L1), 0700);
    QCOMPARE(modeOf(home), 0755);
    QCOMPARE(modeOf(letter.fileName()), 0644);
}

void TestPrivateFiles::whatIsNotOursIsRefused_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path :
        {"data/hatstand", "config/hatstand", "cache/hatstand", "run/hatstand", "data/hatstand/hatstand.db",
            "data/hatstand/vault.bin", "config/hatstand/hatstand.conf", "data/hatstand/hatstand.lock"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

void TestPrivateFiles::whatIsNotOursIsRefused()
{
    if (::geteuid() != 0)
        QSKIP("only root can give a file away");
    QFETCH(QString, path);
    Program hatstand;
    QVERIFY(!hatstand.addGenerated().isEmpty());
    QCOMPARE(hatstand.run({u"config"_s, u"set"_s, u"ui.theme"_s, u"dark"_s}).exit, 0);
    const QString full = hatstand.path(path);
    if (!QFile::exists(full)) {
        QFile made(full);
        QVERIFY(made.open(QIODevice::WriteOnly));
    }
    const int mode = modeOf(full);
    QCOMPARE(::chown(qPrintable(full), 65534, 65534), 0);
    for (const QStringList& start : {kList, {u"--headless"_s}}) {
        const Outcome outcome = hatstand.run(start);
        QCOMPARE(outcome.exit, 1);
        QVERIFY2(isSentence(outcome.err, full), outcome.err);
    }
    QCOMPARE(modeOf(full), mode);
    QCOMPARE(::chown(qPrintable(full), 0, 0), 0);
    QVERIFY(hatstand.run(kList).out.contains("nostr:"));
}

void TestPrivateFiles::linksAreRefused_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path : {"data/hatstand", "config/hatstand", "cache/hatstand", "run/hatstand",
             "data/hatstand/hatstand.db", "data/hatstand/vault.bin", "config/hatstand/hatstand.conf"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

void TestPrivateFiles::linksAreRefused()
{
    QFETCH(QString, path);
    Program hatstand;
    QVERIFY(!hatstand.addGenerated().isEmpty());
    QCOMPARE(hatstand.run({u"config"_s, u"set"_s, u"ui.theme"_s, u"dark"_s}).exit, 0);
    const QString full = hatstand.path(path);
    const QString elsewhere = hatstand.path(u"elsewhere"_s);
    QVERIFY(QDir().rename(full, elsewhere));
    open(elsewhere, QFileInfo(elsewhere).isDir() ? 0755 : 0644);
    QVERIFY(QFile::link(elsewhere, full));
    const Outcome outcome = hatstand.run(kList);
    QCOMPARE(outcome.exit, 1);
    QVERIFY2(isSentence(outcome.err, full), outcome.err);
    QVERIFY(modeOf(elsewhere) == 0755 || modeOf(elsewhere) == 0644); // not touched through the link
    // A link that leads nowhere is none the less there.
    QVERIFY(QDir().rename(elsewhere, hatstand.path(u"further"_s)));
    QCOMPARE(hatstand.run(kList).exit, 1);
    QVERIFY(!QFile::exists(elsewhere));
    // The folders above ours are the person's, and may be links.
    QVERIFY(QFile::remove(full));
    QVERIFY(QDir().rename(hatstand.path(u"further"_s), full));
    QVERIFY(QDir().rename(hatstand.path(u"data"_s), hatstand.path(u"disk2"_s)));
    QVERIFY(QFile::link(hatstand.path(u"disk2"_s), hatstand.path(u"data"_s)));
    QVERIFY(hatstand.run(kList).out.contains("nostr:"));
}

QTEST_GUILESS_MAIN(TestPrivateFiles)
#include "tst_private_files.moc"
