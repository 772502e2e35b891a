// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QtEndian>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// The control socket: the same answers through it as without, and nothing for strangers.
class TestControl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameAnswersWithAndWithoutAnInstance();
    void unlockedUntilLocked();
    void aSecondInstanceIsBusy();
    void theSocketIsPrivate();
    void anotherUserIsTurnedAway();
    void hostileFrames_data();
    void hostileFrames();
    void framesOutOfTurnEndOnlyTheirOwn();
    void aKilledInstanceLeavesNothingInTheWay();
    void longAnswersTakeManyFrames();
    void aStoppedInstanceIsBusy();
    void withAllPlacesTakenItIsBusy();
    void firstAddsAtOnceAllSucceed();
    void aWindowWithoutAnyDesktop();
    void twoStartsAtOnceAreOne();
};

namespace {

constexpr char kNsec1[] = "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl";
constexpr char kNsec2[] = "0000000000000000000000000000000000000000000000000000000000000002";
const QByteArray kVault = QByteArray(Program::kPassphrase) + '\n';

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

QByteArray frame(char type, const QByteArray& payload)
{
    QByteArray head(4, 0);
    qToBigEndian(quint32(payload.size()), head.data());
    return head + type + payload;
}

/// Times differ from run to run, and the state says whose passphrase is known; all else must not.
QByteArray comparable(const Outcome& outcome)
{
    QByteArray text = outcome.out + "|" + outcome.err + "|" + QByteArray::number(outcome.exit);
    QString all = QString::fromUtf8(text);
    // Relays are asked by an instance alone.
    static const QRegularExpression varying(
        uR"re("relays": (?:null|\[[\s\S]*?\n    \])|"(?:addedAt|lastActiveAt|expiresAt|state|reason)": [^\n]*|\d{4}-\d\d-\d\dT[0-9:.]+Z| +(?:locked|ready) +)re"_s);
    return all.remove(varying).toUtf8();
}

} // namespace

void TestControl::sameAnswersWithAndWithoutAnInstance()
{
    struct Step
    {
        QStringList arguments;
        QByteArray input = {};
        QByteArray passphrases = {};
    };
    const QList<Step> steps{
        {words("current")},
        {words("add nostr --nsec-stdin --label Mira"), kNsec1},
        {words("add nostr --nsec-stdin --label Mira --vault passphrase"), kNsec1},
        {words("add nostr --nsec-stdin --label Mira --vault passphrase"), kNsec1, kVault},
        {words("add nostr --nsec-stdin --label Gallery"), QByteArray(kNsec2) + "\n", kVault},
        {words("add nostr --nsec-stdin"), "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgq"},
        {words("add nostr --nsec-stdin"), QByteArray(600'000, 'x')},
        {words("add nostr --nsec-stdin"), ""},
        {words("add antelope --chain wax --account mira@active --watch --offline")},
        {words("list --json")},
        {words("list")},
        {words("switch Mira")},
        {words("switch nobody --json")},
        {words("rename Gallery Shop")},
        {words("move Shop 1")},
        {words("show Shop --json")},
        {words("sign-event"), "{\"kind\":1,\"content\":\"x\"}", kVault},
        {words("export Shop --key --to key.txt"), {}, kVault},
        {words("logout Shop")},
        {words("logout Shop --yes"), {}, kVault},
        {words("trash --json")},
        {words("untrash Shop"), {}, kVault},
        {words("export Shop --ncryptsec --to /nowhere/file"), {}, kVault + "backup\n"},
        {words("config set ui.theme dark")},
        {words("config list")},
        {words("chains --json")},
        {words("logout --all --yes"), {}, kVault},
        {words("list")},
    };
    Program alone;
    Program served;
    const auto instance = served.startHeadless();
    for (const Step& step : steps) {
        const Outcome a = alone.run(step.arguments, step.input, step.passphrases);
        const Outcome b = served.run(step.arguments, step.input, step.passphrases);
        const QByteArray expected = comparable(a);
        const QByteArray actual = comparable(b);
        if (actual != expected) // QCOMPARE shows the beginnings alone
            qWarning().noquote() << "alone:" << expected << "\nserved:" << actual;
        QCOMPARE(actual, expected);
    }
}

void TestControl::unlockedUntilLocked()
{
    Program hatstand;
    (void)hatstand.addKey(kNsec1, {u"--label"_s, u"Mira"_s});
    const auto instance = hatstand.startHeadless();
    QVERIFY(hatstand.run(words("list")).out.contains("locked"));
    QCOMPARE(hatstand.run(words("unlock"), {}, "wrong\n").exit, 4);
    QCOMPARE(hatstand.run(words("unlock"), {}, kVault).exit, 0);
    QVERIFY(hatstand.run(words("list")).out.contains("ready"));
    QCOMPARE(hatstand.run(words("add nostr --generate")).exit, 0); // no passphrase needed now
    QCOMPARE(hatstand.run(words("lock")).exit, 0);
    QVERIFY(hatstand.run(words("list")).out.contains("locked"));
    QCOMPARE(hatstand.run(words("add nostr --generate")).exit, 4);
}

void TestControl::aSecondInstanceIsBusy()
{
    Program hatstand;
    const auto instance = hatstand.startHeadless();
    const Outcome second = hatstand.run(words("--headless"));
    QCOMPARE(second.exit, 1);
    QVERIFY(second.err.contains("(busy)") && second.err.contains(QByteArray::number(instance->processId())));
    const Outcome window = hatstand.run({}); // there is no window to raise
    QCOMPARE(window.exit, 1);
    QVERIFY(window.err.contains("(busy)"));
    instance->terminate();
    QVERIFY(instance->waitForFinished());
    QCOMPARE(instance->exitStatus(), QProcess::NormalExit);
    QCOMPARE(instance->exitCode(), 0);
}

void TestControl::theSocketIsPrivate()
{
    Program hatstand;
    const auto instance = hatstand.startHeadless();
    struct stat info = {};
    // Qt makes it with the x bit, still for its owner alone, and a moment later that is taken away.
    QTRY_VERIFY(::stat(qPrintable(hatstand.socket()), &info) == 0 && (info.st_mode & 0777u) != 0700u);
    QVERIFY(S_ISSOCK(info.st_mode));
    QCOMPARE(info.st_mode & 0777u, 0600u);
}

void TestControl::anotherUserIsTurnedAway()
{
    if (::geteuid() != 0)
        QSKIP("only root can be somebody else");
    Program hatstand;
    const auto instance = hatstand.startHeadless();
    QCOMPARE(hatstand.run({u"list"_s}).exit, 0); // it serves, so it has set its own permissions
    // Even where permissions have been opened, the peer's uid decides.
    for (const QString& name : {QString(), u"run"_s, u"run/hatstand"_s, u"run/hatstand/default.sock"_s})
        ::chmod(qPrintable(hatstand.path(name)), 0777);
    const QString script = uR"(
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
try:
    s.send(b'\0\0\0\x12J{"command":"list"}')
    answer = s.recv(1)
except OSError:
    answer = b''
sys.exit(1 if answer else 0)
)"_s;
    const auto connectAs = [&](const QString& uid) {
        return QProcess::execute(u"setpriv"_s,
            {u"--reuid="_s + uid, u"--regid="_s + uid, u"--clear-groups"_s, u"/usr/bin/python3"_s, u"-c"_s,
                script, hatstand.socket()});
    };
    QCOMPARE(connectAs(u"65534"_s), 0); // closed without a word
    QCOMPARE(connectAs(u"0"_s), 1); // ours is answered
}

void TestControl::hostileFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("too long") << QByteArray("\x00\x10\x00\x01J", 5);
    QTest::newRow("4 GiB") << QByteArray("\xff\xff\xff\xffS", 5);
    QTest::newRow("unknown type") << frame('X', "{}");
    QTest::newRow("no JSON") << frame('J', "{{{{");
    QTest::newRow("an array") << frame('J', "[]");
    QTest::newRow("empty") << frame('J', "");
    QTest::newRow("deep") << frame('J', QByteArray(500'000, '['));
    QTest::newRow("a secret first") << frame('S', "nsec1");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
}

void TestControl::hostileFrames()
{
    QFETCH(QByteArray, bytes);
    Program hatstand;
    const auto instance = hatstand.startHeadless();
    QLocalSocket socket;
    socket.connectToServer(hatstand.socket());
    QVERIFY(socket.waitForConnected());
    socket.write(bytes);
    QVERIFY(socket.state() == QLocalSocket::UnconnectedState || socket.waitForDisconnected());
    QCOMPARE(instance->state(), QProcess::Running);
    QCOMPARE(hatstand.run(words("list")).exit, 0);
}

void TestControl::framesOutOfTurnEndOnlyTheirOwn()
{
    Program hatstand;
    const auto instance = hatstand.startHeadless();
    // Half a frame, and nothing more: others are served meanwhile.
    QLocalSocket slow;
    slow.connectToServer(hatstand.socket());
    QVERIFY(slow.waitForConnected());
    slow.write(QByteArray("\x00\x00\x10\x00J{", 6));
    QVERIFY(slow.waitForBytesWritten());
    QCOMPARE(hatstand.run(words("list")).exit, 0);
    // A command that asks, and a client that leaves instead of answering.
    QLocalSocket rude;
    rude.connectToServer(hatstand.socket());
    QVERIFY(rude.waitForConnected());
    rude.write(frame('J', R"({"command":"add nostr","options":{"nsec-stdin":""}})"));
    QVERIFY(rude.waitForReadyRead());
    rude.abort();
    QCOMPARE(hatstand.run(words("list")).exit, 0);
    // Unknown commands and wrong types are refused like any other.
    QLocalSocket odd;
    odd.connectToServer(hatstand.socket());
    QVERIFY(odd.waitForConnected());
    odd.write(frame('J', R"({"command":["list"],"options":7,"arguments":"x"})"));
    QVERIFY(odd.waitForDisconnected());
    QVERIFY(odd.readAll().contains(R"("exit":2)"));
    QCOMPARE(instance->state(), QProcess::Running);
}

void TestControl::aKilledInstanceLeavesNothingInTheWay()
{
    Program hatstand;
    const auto first = hatstand.startHeadless();
    ::kill(pid_t(first->processId()), SIGKILL);
    QVERIFY(first->waitForFinished());
    QVERIFY(QFile::exists(hatstand.socket()));
    QCOMPARE(hatstand.run(words("config list")).exit, 0);
    const auto second = hatstand.startHeadless();
    QCOMPARE(second->state(), QProcess::Running);
    QCOMPARE(hatstand.run(words("list")).exit, 0);
}

void TestControl::longAnswersTakeManyFrames()
{
    Program hatstand;
    QCOMPARE(
        hatstand
            .run(words("add nostr --watch 79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"))
            .exit,
        0);
    // Some thousand rows, written as the store would: copies of one, each under another name.
    QCOMPARE(QProcess::execute(u"sqlite3"_s,
                 {hatstand.database(),
                     u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000) "
                     "INSERT INTO sessions (id,label,signer,wallet,public_key,place,activation,added_at,"
                     "last_active_at,exported_at,pending,expires_at,digest) "
                     "SELECT 'antelope:'||substr(id,7)||':a'||i||'@active',label,signer,wallet,public_key,"
                     "place+i,0,added_at,last_active_at,exported_at,pending,expires_at,digest "
                     "FROM sessions, n"_s}),
        0);
    const Outcome alone = hatstand.run(words("list --json"));
    QVERIFY(alone.out.size() > 1024 * 1024);
    const auto instance = hatstand.startHeadless();
    QCOMPARE(hatstand.run(words("list --json")).out, alone.out);
}

void TestControl::aStoppedInstanceIsBusy()
{
    Program hatstand;
    QCOMPARE(hatstand
                 .run(words("add nostr --label Mira --watch "
                            "npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"))
                 .exit,
        0);
    const auto instance = hatstand.startHeadless();
    ::kill(pid_t(instance->processId()), SIGSTOP);
    const Outcome outcome = hatstand.run(words("rename Mira Other --json"));
    ::kill(pid_t(instance->processId()), SIGCONT);
    QCOMPARE(outcome.exit, 1);
    QVERIFY2(outcome.err.contains("(busy)"), outcome.err);
    QVERIFY(outcome.err.contains(QByteArray::number(instance->processId())));
    QVERIFY(outcome.out.contains(R"("code":"busy")"));
    // Who was told that it is busy does not find it done later.
    const Outcome list = hatstand.run(words("list"));
    QCOMPARE(list.exit, 0);
    QVERIFY2(list.out.contains("Mira") && !list.out.contains("Other"), list.out);
}

void TestControl::withAllPlacesTakenItIsBusy()
{
    Program hatstand;
    const auto instance = hatstand.startHeadless();
    std::vector<std::unique_ptr<QLocalSocket>> silent;
    for (int i = 0; i < 64; ++i) {
        silent.push_back(std::make_unique<QLocalSocket>());
        silent.back()->connectToServer(hatstand.socket());
        QVERIFY(silent.back()->waitForConnected());
        silent.back()->write(frame('J', R"({"command":"add nostr","options":{"nsec-stdin":""}})"));
        QVERIFY(silent.back()->waitForReadyRead()); // it is taken, and the place with it
    }
    const Outcome outcome = hatstand.run(words("list --json"));
    QCOMPARE(outcome.exit, 1);
    QVERIFY2(outcome.err.contains("(busy)"), outcome.err);
    QVERIFY(outcome.err.contains(QByteArray::number(instance->processId())));
    QVERIFY(outcome.out.contains(R"("code":"busy")"));
    silent.clear();
    QTRY_COMPARE(hatstand.run(words("list --json")).exit, 0);
}

void TestControl::firstAddsAtOnceAllSucceed()
{
    Program hatstand;
    const auto instance = hatstand.startHeadless();
    std::vector<Program::Running> adding;
    for (int i = 0; i < 6; ++i)
        adding.push_back(hatstand.start(words("add nostr --generate --vault passphrase"), kVault));
    QSet<QString> ids;
    for (const auto& process : adding) {
        const Outcome outcome = outcomeOf(*process);
        QVERIFY2(outcome.exit == 0, outcome.err);
        ids += outcome.line();
    }
    QCOMPARE(ids.size(), 6);
    for (const QString& id : std::as_const(ids))
        QVERIFY(hatstand.run({u"show"_s, id}).out.contains("ready"));
}

void TestControl::aWindowWithoutAnyDesktop()
{
    Program hatstand;
    hatstand.environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    const auto instance = hatstand.startInstance({});
    QCOMPARE(instance->state(), QProcess::Running);
    QCOMPARE(hatstand.run(words("current")).exit, 3); // nobody is logged in yet
    QCOMPARE(hatstand.run({}).exit, 0); // its window is raised
    QCOMPARE(instance->state(), QProcess::Running);
}

void TestControl::twoStartsAtOnceAreOne()
{
    for (int round = 0; round < 3; ++round) {
        Program hatstand;
        hatstand.environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        const auto first = hatstand.start({});
        const auto second = hatstand.start({});
        QTRY_VERIFY_WITH_TIMEOUT(
            first->state() == QProcess::NotRunning || second->state() == QProcess::NotRunning, 60'000);
        const bool secondStays = first->state() == QProcess::NotRunning;
        const Outcome gone = outcomeOf(secondStays ? *first : *second);
        QVERIFY2(gone.exit == 0, gone.err);
        QCOMPARE(hatstand.run(words("list")).exit, 0);
        QCOMPARE((secondStays ? second : first)->state(), QProcess::Running);
    }
}

QTEST_GUILESS_MAIN(TestControl)
#include "tst_control.moc"
