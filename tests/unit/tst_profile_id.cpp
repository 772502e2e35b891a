// SPDX-License-Identifier: MIT
#include "app/Profile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <sys/wait.h>
#include <unistd.h>

using namespace hatstand;
using namespace hatstand::app;
using namespace Qt::Literals::StringLiterals;

/// What a profile's folder is called on the bus and in the keychain, when many find it at the same moment.
class TestProfileId : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstStartsAgree();
    void copiesAgree();
};

namespace {

constexpr int kProcesses = 12;
constexpr int kRounds = 8;

/// The suffixes that as many processes found, all let go at once.
QList<QByteArray> openTogether(const QString& home, Relocation relocation)
{
    std::array<int, 2> gate{};
    std::array<int, 2> answers{};
    if (::pipe(gate.data()) != 0 || ::pipe(answers.data()) != 0)
        qFatal("no pipe");
    for (int i = 0; i < kProcesses; ++i) {
        if (::fork() != 0)
            continue;
        ::close(gate[1]);
        char open = 0;
        (void)!::read(gate[0], &open, 1); // ends when the last writer of the gate has gone
        const auto profile = openProfile(home, relocation);
        const QByteArray line
            = (profile ? profile->suffix.toUtf8() : "failed: " + profile.error().detail.toUtf8()) + '\n';
        (void)!::write(answers[1], line.constData(), std::size_t(line.size()));
        ::_exit(0);
    }
    for (const int end : {gate[0], gate[1], answers[1]})
        ::close(end);
    QFile reader;
    if (!reader.open(answers[0], QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        qFatal("no pipe");
    const QList<QByteArray> lines = reader.readAll().trimmed().split('\n');
    for (int i = 0; i < kProcesses; ++i)
        ::wait(nullptr);
    return lines;
}

} // namespace

void TestProfileId::firstStartsAgree()
{
    const QTemporaryDir dir;
    for (int round = 0; round < kRounds; ++round) {
        const QString home = dir.filePath(QString::number(round));
        const QList<QByteArray> suffixes = openTogether(home, Relocation::Ask);
        const auto after = openProfile(home, Relocation::Ask);
        QVERIFY(after);
        QCOMPARE(suffixes, QList<QByteArray>(kProcesses, after->suffix.toUtf8()));
        QCOMPARE(QDir(home).entryList({u"id*"_s}, QDir::Files), QStringList({u"id"_s, u"id.path"_s}));
    }
}

/// A copy's new id is made once, and whoever says --copied as well takes that one.
void TestProfileId::copiesAgree()
{
    const QTemporaryDir dir;
    QString home = dir.filePath(u"first"_s);
    QVERIFY(openProfile(home, Relocation::Ask));
    for (int round = 0; round < kRounds; ++round) {
        const QByteArray before = openProfile(home, Relocation::Ask)->suffix.toUtf8();
        const QString next = dir.filePath(QString::number(round));
        QVERIFY(QDir().rename(home, next));
        home = next;
        const QList<QByteArray> suffixes = openTogether(home, Relocation::Copied);
        const auto after = openProfile(home, Relocation::Ask);
        QVERIFY(after);
        QVERIFY(after->suffix.toUtf8() != before);
        QCOMPARE(suffixes, QList<QByteArray>(kProcesses, after->suffix.toUtf8()));
    }
}

QTEST_GUILESS_MAIN(TestProfileId)
#include "tst_profile_id.moc"
