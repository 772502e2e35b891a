// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QFile>
#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// Standard streams and descriptors that are not as a command expects them.
class TestCliStreams : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPassphraseIsReadOnlyFromWhatWasGiven_data();
    void aPassphraseIsReadOnlyFromWhatWasGiven();
    void aGivenDescriptorIsRead();
    void closedOutputIsAFailure_data();
    void closedOutputIsAFailure();
    void whatWasNotWrittenIsNotExported();
    void closedInputIsAFailure();
    void whatIsWaitedForHoldsNobodyUp_data();
    void whatIsWaitedForHoldsNobodyUp();
};

namespace {

constexpr char kNsec[] = "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl";
const QByteArray kVault = QByteArray(Program::kPassphrase) + '\n';

QStringList words(const QString& line)
{
    return line.split(u' ', Qt::SkipEmptyParts);
}

/// Run by a shell that first does this to its descriptors.
void redirect(Program& program, const QString& redirections)
{
    program.wrapper = {u"bash"_s, u"-c"_s, u"exec \"$@\" "_s + redirections, u"bash"_s};
}

/// Whether the call that it sleeps in has a descriptor of its standard input as its first argument.
bool isReadingInput(qint64 pid)
{
    const QString process = u"/proc/%1/"_s.arg(pid);
    QFile call(process + u"syscall"_s);
    if (!call.open(QIODevice::ReadOnly))
        return false;
    const QString descriptor = QString::number(call.readAll().split(' ').value(1).toULongLong(nullptr, 16));
    const QString input = QFile::symLinkTarget(process + u"fd/0"_s);
    return !input.isEmpty() && QFile::symLinkTarget(process + u"fd/"_s + descriptor) == input;
}

bool saysUsage(const Outcome& outcome)
{
    return outcome.exit == 2 && outcome.err.startsWith("hatstand: ") && outcome.err.endsWith("(usage)\n");
}

} // namespace

void TestCliStreams::aPassphraseIsReadOnlyFromWhatWasGiven_data()
{
    QTest::addColumn<QString>("redirections");
    QTest::addColumn<int>("fd");
    for (int fd = 3; fd < 20; ++fd)
        QTest::addRow("%d closed", fd) << u"%1<&-"_s.arg(fd) << fd;
    QTest::newRow("input closed") << u"0<&-"_s << 0;
    QTest::newRow("output closed") << u"1>&-"_s << 1;
    QTest::newRow("only for writing") << u"7>/dev/null"_s << 7;
}

/// Each of these numbers would be one of our own files a moment later: the lock, the store, its journal.
void TestCliStreams::aPassphraseIsReadOnlyFromWhatWasGiven()
{
    QFETCH(QString, redirections);
    QFETCH(int, fd);
    Program hatstand;
    redirect(hatstand, redirections);
    const Outcome outcome
        = hatstand.run(words(u"add nostr --generate --vault passphrase --passphrase-fd %1"_s.arg(fd)));
    QVERIFY2(saysUsage(outcome), outcome.err.constData());
    QVERIFY(!QFile::exists(hatstand.path(u"data/hatstand"_s)));
}

void TestCliStreams::aGivenDescriptorIsRead()
{
    Program hatstand;
    redirect(hatstand, u"17<<< 'correct horse'"_s);
    QCOMPARE(hatstand.run(words(u"add nostr --generate --vault passphrase --passphrase-fd 17"_s)).exit, 0);
    redirect(hatstand, u"<<< 'correct horse'"_s);
    QCOMPARE(hatstand.run(words(u"unlock --passphrase-fd 0"_s)).exit, 0);
}

void TestCliStreams::closedOutputIsAFailure_data()
{
    QTest::addColumn<QString>("redirections");
    QTest::addColumn<QString>("line");
    for (const QString& redirections : {u">&-"_s, u">/dev/full"_s, u">&- 2>&-"_s, u"0<&- 1>&- 2>&-"_s}) {
        for (const QString& line : {u"--version"_s, u"--help"_s, u"add nostr --help"_s, u"config list"_s})
            QTest::addRow("%s %s", qPrintable(line), qPrintable(redirections)) << redirections << line;
    }
}

void TestCliStreams::closedOutputIsAFailure()
{
    QFETCH(QString, redirections);
    QFETCH(QString, line);
    Program hatstand;
    redirect(hatstand, redirections);
    QCOMPARE(hatstand.run(words(line)).exit, 1);
}

void TestCliStreams::whatWasNotWrittenIsNotExported()
{
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec, {u"--label"_s, u"Mira"_s}).isEmpty());
    const QByteArray before = storeFingerprint(hatstand.database());
    redirect(hatstand, u"<&- >&- 2>&-"_s);
    QCOMPARE(hatstand.run(words(u"export Mira --ncryptsec"_s), {}, kVault + "backup\n").exit, 1);
    QCOMPARE(storeFingerprint(hatstand.database()), before);
    hatstand.wrapper.clear();
    QVERIFY(hatstand.run(words(u"show Mira --json"_s)).exit == 0);
    QCOMPARE(hatstand.run(words(u"logout Mira --yes"_s), {}, kVault).exit, 0);
    QVERIFY(hatstand.run(words(u"trash"_s)).out.contains("Mira")); // it rests, as a key without a backup does
}

void TestCliStreams::closedInputIsAFailure()
{
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec).isEmpty());
    redirect(hatstand, u"<&-"_s);
    const Outcome signing = hatstand.run(words(u"sign-event"_s));
    QVERIFY2(saysUsage(signing), signing.err.constData());
    const Outcome adding = hatstand.run(words(u"add nostr --nsec-stdin"_s));
    QVERIFY2(saysUsage(adding), adding.err.constData());
}

void TestCliStreams::whatIsWaitedForHoldsNobodyUp_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("exit");
    QTest::newRow("an event") << u"sign-event"_s << QByteArray("{\"kind\":1,\"content\":\"x\"}") << 5;
    QTest::newRow("a key") << u"add nostr --nsec-stdin"_s << QByteArray("nsec1") << 2;
    QTest::newRow("a passphrase") << u"unlock --passphrase-fd 0"_s << kVault << 0;
}

/// Who writes the input may well be another hatstand.
void TestCliStreams::whatIsWaitedForHoldsNobodyUp()
{
    QFETCH(QString, line);
    QFETCH(QByteArray, input);
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec).isEmpty());
    const auto waiting = hatstand.start(words(line));
    QTRY_VERIFY(isReadingInput(waiting->processId()));
    QCOMPARE(hatstand.run(words(u"list"_s)).exit, 0);
    waiting->write(input);
    waiting->closeWriteChannel();
    QVERIFY(waiting->waitForFinished());
    QTEST(waiting->exitCode(), "exit");
}

QTEST_GUILESS_MAIN(TestCliStreams)
#include "tst_cli_streams.moc"
