// SPDX-License-Identifier: MIT
#include "app/signer/SignerLink.h"
#include "tests/integration/leaks/LeakStand.h"

#include <QDirIterator>
#include <QTest>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <unistd.h>

using namespace hatstand;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr uint kNobody = 65534;

/// Processes that this one has started, by their first argument.
QList<pid_t> signersOf(pid_t parent)
{
    QList<pid_t> found;
    QDirIterator tasks(u"/proc/%1/task"_s.arg(parent), QDir::Dirs | QDir::NoDotAndDotDot);
    while (tasks.hasNext()) {
        QFile children(tasks.next() + "/children"_L1);
        if (!children.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& child : children.readAll().simplified().split(' ')) {
            QFile line(u"/proc/%1/cmdline"_s.arg(QString::fromLatin1(child)));
            if (!child.isEmpty() && line.open(QIODevice::ReadOnly) && line.readAll().contains("--signer"))
                found += child.toInt();
        }
    }
    return found;
}

bool isGone(pid_t process)
{
    QFile state(u"/proc/%1/stat"_s.arg(process));
    return !state.open(QIODevice::ReadOnly) || state.readAll().contains(") Z ");
}

/// What goes before a program to run it as a user without privileges, wherever the file lies.
QStringList asNobody()
{
    return {u"/bin/sh"_s, u"-c"_s,
        u"exec 9<\"$0\"; exec setpriv --reuid %1 --regid %1 --clear-groups /proc/self/fd/9 \"$@\""_s.arg(
            kNobody)};
}

QByteArray outputOf(QStringList words)
{
    QProcess process;
    process.start(words.takeFirst(), words);
    if (!process.waitForFinished())
        qFatal("it does not end");
    return process.readAllStandardOutput() + process.readAllStandardError();
}

/// What somebody who runs as the same user can do to a process: two numbers, 0 or errno.
int attack(const char* process)
{
    const pid_t pid = std::atoi(process);
    const int seized = ::ptrace(PTRACE_SEIZE, pid, nullptr, nullptr) == 0 ? 0 : errno;
    const QByteArray path = QByteArray("/proc/") + process + "/mem";
    const int read = ::open(path.constData(), O_RDONLY) >= 0 ? 0 : errno;
    std::printf("%d %d\n", seized, read);
    return 0;
}

} // namespace

/// The process that holds keys, started by the real program.
class TestSigner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theProgramHoldsNoKey();
    void theUnprivilegedUserCantReadIt();
    void itEndsWithItsParent();
    void itEndsWithTheLock();
    void aCrashIsReportedAndTheNextOneStarts();
    void itIsNotForOthers();

private:
    /// An instance that has an account and a signer, which stays for the passphrase it holds.
    Program::Running startWithKey(Program& hatstand)
    {
        auto instance = hatstand.startHeadless();
        const LeakStand::Use add = m_stand.addNostr();
        if (hatstand.run(add.arguments, add.input, m_stand.passphrases()).exit != 0)
            qFatal("no account");
        return instance;
    }
    LeakStand m_stand;
};

void TestSigner::theProgramHoldsNoKey()
{
    Program hatstand = m_stand.program();
    const auto instance = startWithKey(hatstand);
    const LeakStand::Use sign = LeakStand::signEvent();
    QCOMPARE(hatstand.runOnTerminal(sign.arguments, {{LeakStand::kAsk, "y\n"}}, sign.input).exit, 0);
    const QString file = hatstand.path(u"home/key"_s);
    const Outcome exported = hatstand.runOnTerminal(
        {u"export"_s, u"Mira"_s, u"--key"_s, u"--to"_s, file}, {{LeakStand::kAsk, "y\n"}});
    QVERIFY2(exported.exit == 0, exported.terminal.constData());
    QFile key(file);
    QVERIFY(key.open(QIODevice::ReadOnly));
    QCOMPARE(key.readAll(), m_stand.nsec + '\n');

    const auto parent = pid_t(instance->processId());
    QCOMPARE(signersOf(parent).size(), 1);
    const QStringList found = findInMemory(m_stand.forms, parent);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestSigner::theUnprivilegedUserCantReadIt()
{
    if (::geteuid() != 0)
        QSKIP("needs root, to become somebody else");
    Program hatstand = m_stand.program();
    QDirIterator all(hatstand.path({}), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    QCOMPARE(::chown(qPrintable(hatstand.path({})), kNobody, kNobody), 0);
    while (all.hasNext())
        QCOMPARE(::chown(qPrintable(all.next()), kNobody, kNobody), 0);
    hatstand.wrapper = asNobody();
    const auto instance = startWithKey(hatstand);
    const auto parent = pid_t(instance->processId());
    const QList<pid_t> signers = signersOf(parent);
    QCOMPARE(signers.size(), 1);
    const auto attacked = [](pid_t process) {
        return outputOf(asNobody()
            + QStringList{QCoreApplication::applicationFilePath(), u"--attack"_s, QString::number(process)});
    };
    QCOMPARE(attacked(signers.first()), u"%1 %2\n"_s.arg(EPERM).arg(EACCES).toLatin1());
    // The attack works where nothing is done against it: the desktop's portals look at a program that way.
    QVERIFY(attacked(parent).endsWith(" 0\n"));
    QVERIFY(!isGone(signers.first()));
}

void TestSigner::itEndsWithItsParent()
{
    Program hatstand = m_stand.program();
    const auto instance = startWithKey(hatstand);
    const QList<pid_t> signers = signersOf(pid_t(instance->processId()));
    QCOMPARE(signers.size(), 1);
    QCOMPARE(::kill(pid_t(instance->processId()), SIGKILL), 0);
    QTRY_VERIFY(isGone(signers.first()));
}

void TestSigner::itEndsWithTheLock()
{
    Program hatstand = m_stand.program();
    const auto instance = startWithKey(hatstand);
    const QList<pid_t> signers = signersOf(pid_t(instance->processId()));
    QCOMPARE(hatstand.run({u"lock"_s}).exit, 0);
    QTRY_VERIFY(isGone(signers.first()));
    QVERIFY(hatstand.run({u"show"_s, u"Mira"_s, u"--json"_s}).out.contains("\"state\": \"locked\""));
    QVERIFY(hatstand.run({u"switch"_s, u"--none"_s}).exit == 0); // still to be switched
    // Unlocked again by a new one.
    QCOMPARE(hatstand.run({u"unlock"_s}, {}, m_stand.passphrases()).exit, 0);
    QCOMPARE(signersOf(pid_t(instance->processId())).size(), 1);
    QVERIFY(hatstand.run({u"show"_s, u"Mira"_s, u"--json"_s}).out.contains("\"state\": \"ready\""));
}

void TestSigner::aCrashIsReportedAndTheNextOneStarts()
{
    const QTemporaryDir folder;
    app::SignerLink link(QStringLiteral(HATSTAND_BINARY));
    link.setVault({{u"file"_s, folder.filePath(u"vault.bin"_s)}});
    const auto ask = [&link](std::optional<Result<app::SharedMessage>>& answer) {
        link.request({.head = {{u"do"_s, u"idle"_s}, {u"ms"_s, 1}}},
            [&answer](const Result<app::SharedMessage>& result) { answer = result; });
    };
    std::optional<Result<app::SharedMessage>> first;
    ask(first);
    QTRY_VERIFY(first.has_value());
    QVERIFY(*first);
    const QList<pid_t> signers = signersOf(::getpid());
    QCOMPARE(signers.size(), 1);

    QCOMPARE(::kill(signers.first(), SIGSTOP), 0); // it takes the next request and answers nothing
    std::optional<Result<app::SharedMessage>> lost;
    ask(lost);
    QVERIFY(!lost);
    QCOMPARE(::kill(signers.first(), SIGKILL), 0);
    QTRY_VERIFY(lost.has_value());
    QVERIFY(!*lost);
    QCOMPARE(lost->error().code, ErrorCode::Failed);
    QCOMPARE(lost->error().why, Why::SignerEnded);

    std::optional<Result<app::SharedMessage>> next;
    ask(next);
    QTRY_VERIFY(next.has_value());
    QVERIFY(*next);
    QVERIFY(signersOf(::getpid()).first() != signers.first());
}

void TestSigner::itIsNotForOthers()
{
    Program hatstand = m_stand.program();
    const Outcome outcome = hatstand.run({u"--signer"_s});
    QCOMPARE(outcome.exit, 2);
    QVERIFY(outcome.err.contains("(usage)"));
}

int main(int argc, char** argv)
{
    if (argc == 3 && std::strcmp(argv[1], "--attack") == 0)
        return attack(argv[2]);
    const QCoreApplication application(argc, argv);
    TestSigner test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_signer.moc"
