// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QTest>
#include <QtEndian>
#include <csignal>
#include <sys/stat.h>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// `hatstand run --as`: a program that can ask as one account only; with and without a running instance.
class TestRunAs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void onlyItsAccountIsThere_data() { bothWays(); }
    void onlyItsAccountIsThere();
    void everythingElseIsDenied_data();
    void everythingElseIsDenied();
    void anotherAccountIsTheWrongOne_data();
    void anotherAccountIsTheWrongOne();
    void signsAsItOnly_data() { bothWays(); }
    void signsAsItOnly();
    void signsDigestsAsItOnly_data() { bothWays(); }
    void signsDigestsAsItOnly();
    void aForgedScopeIsOverruled_data() { bothWays(); }
    void aForgedScopeIsOverruled();
    void exitCodes_data();
    void exitCodes();
    void anUnknownAccountRunsNothing();
    void howItIsUsed_data();
    void howItIsUsed();
    void signalsArePassedOn_data();
    void signalsArePassedOn();
    void theSocketIsPrivateAndGoesWithIt();
    void aKilledOnesSocketIsSweptUp();
    void theProgramStartsAsWithoutUs();
    void nothingSecretInItsEnvironment();
    void instancesComeAndGo();
    void afterItsEndNobodyElseIsAsked();
    void withinAnother();

private:
    static void bothWays();
    Program& chosen();
    Outcome runAs(Program& hatstand, const QString& script, const QByteArray& input = {});

    std::unique_ptr<Program> m_alone;
    std::unique_ptr<Program> m_served;
    Program::Running m_instance;
    QString m_mira;
    QString m_noor;
};

namespace {

constexpr char kNsec1[] = "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl";
constexpr char kPubkey1[] = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
constexpr char kAsk[] = "[y/N] ";
constexpr char kVaultAsk[] = "Hatstand passphrase: ";

QStringList as(const QString& name, const QStringList& command)
{
    return QStringList{u"run"_s, u"--as"_s, name, u"--"_s} + command;
}

QStringList shell(const QString& script)
{
    return {u"sh"_s, u"-c"_s, script};
}

QStringList foldersOf(const Program& hatstand)
{
    return QDir(QFileInfo(hatstand.socket()).path()).entryList({u"as-*"_s}, QDir::Dirs);
}

} // namespace

void TestRunAs::bothWays()
{
    QTest::addColumn<bool>("served");
    QTest::newRow("alone") << false;
    QTest::newRow("beside an instance") << true;
}

Program& TestRunAs::chosen()
{
    QFETCH(bool, served);
    return served ? *m_served : *m_alone;
}

/// As Mira, who is not the active one. In the script "$H" is hatstand.
Outcome TestRunAs::runAs(Program& hatstand, const QString& script, const QByteArray& input)
{
    return hatstand.run(as(u"Mira"_s, shell(script)), input);
}

void TestRunAs::initTestCase()
{
    m_alone = std::make_unique<Program>();
    m_served = std::make_unique<Program>();
    for (Program* program : {m_alone.get(), m_served.get()}) {
        program->environment.insert(u"H"_s, QStringLiteral(HATSTAND_BINARY));
        m_mira = program->addKey(kNsec1, {u"--label"_s, u"Mira"_s});
        QCOMPARE(m_mira, "nostr:"_L1 + QLatin1StringView(kPubkey1));
        QCOMPARE(program
                     ->run({u"add"_s, u"nostr"_s, u"--watch"_s,
                         u"c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"_s, u"--label"_s,
                         u"Noor"_s})
                     .exit,
            0);
        QCOMPARE(program
                     ->run({u"add"_s, u"antelope"_s, u"--chain"_s, u"wax"_s, u"--account"_s,
                               u"wanda@active"_s, u"--key-stdin"_s, u"--offline"_s, u"--vault"_s,
                               u"passphrase"_s, u"--no-activate"_s},
                         "PVT_K1_2bfGi9rYsXQSXXTvJbDAPhHLQUojjaNLomdm3cEJ1XTzMqUt3V",
                         QByteArray(Program::kPassphrase) + '\n')
                     .exit,
            0);
    }
    m_noor = u"nostr:c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"_s;
    m_instance = m_served->startHeadless();
}

void TestRunAs::onlyItsAccountIsThere()
{
    Program& hatstand = chosen();
    QCOMPARE(hatstand.run({u"current"_s}).line(), m_noor);
    const Outcome outcome = runAs(hatstand,
        u"$H current; $H current --network nostr; $H list --json; $H show Mira --json; $H show %1; $H "
        u"current "
        "--network antelope --json"_s.arg(QLatin1StringView(kPubkey1)));
    QCOMPARE(outcome.exit, 3); // no-active: of Antelope it has none
    const QList<QByteArray> lines = outcome.out.split('\n');
    QCOMPARE(QString::fromUtf8(lines[0]), m_mira);
    QCOMPARE(QString::fromUtf8(lines[1]), m_mira);
    QVERIFY(outcome.out.count(m_mira.toUtf8()) >= 4);
    for (const char* other : {"Noor", "c6047f94", "wanda"})
        QVERIFY2(!outcome.out.contains(other) && !outcome.err.contains(other), other);
    QVERIFY(outcome.out.contains("\"code\":\"no-active\""));
}

void TestRunAs::everythingElseIsDenied_data()
{
    QTest::addColumn<QString>("command");
    for (const char* command : {"switch Noor", "switch Mira", "switch --none", "add nostr --generate",
             "add nostr --nsec-stdin", "rename Mira x", "move Mira 1", "logout", "logout Mira --yes",
             "logout --all --yes", "trash", "untrash Mira", "export Mira --ncryptsec", "export Mira --key",
             "chains", "config list", "config get ui.theme", "config set ui.theme dark", "lock", "unlock",
             "--headless", "--background", ""})
        QTest::newRow(*command ? command : "the program itself") << QString::fromUtf8(command);
}

void TestRunAs::everythingElseIsDenied()
{
    QFETCH(QString, command);
    for (Program* hatstand : {m_alone.get(), m_served.get()}) {
        const QByteArray before = storeFingerprint(hatstand->database());
        const Outcome outcome = runAs(*hatstand, u"exec $H %1 --json </dev/null"_s.arg(command));
        QCOMPARE(outcome.exit, 5);
        QVERIFY2(outcome.out.contains("\"code\":\"denied\""), outcome.out);
        QVERIFY2(outcome.err.endsWith("(denied)\n"), outcome.err);
        QCOMPARE(storeFingerprint(hatstand->database()), before);
    }
}

void TestRunAs::anotherAccountIsTheWrongOne_data()
{
    QTest::addColumn<QString>("command");
    for (const char* command : {"show Noor", "show wanda@active", "show nobody-of-this-name", "show next",
             "sign-event --session Noor", "sign-event --session nobody-of-this-name",
             "sign-digest --session wanda@active "
             "0000000000000000000000000000000000000000000000000000000000000001"})
        QTest::newRow(command) << QString::fromUtf8(command);
}

void TestRunAs::anotherAccountIsTheWrongOne()
{
    QFETCH(QString, command);
    for (Program* hatstand : {m_alone.get(), m_served.get()}) {
        const Outcome outcome
            = runAs(*hatstand, u"exec $H %1 --json"_s.arg(command), "{\"kind\":1,\"content\":\"\"}");
        QCOMPARE(outcome.exit, 5);
        QVERIFY2(outcome.out.contains("\"code\":\"wrong-account\""), outcome.out);
    }
}

void TestRunAs::signsAsItOnly()
{
    Program& hatstand = chosen();
    const QStringList sign = as(u"Mira"_s, {QStringLiteral(HATSTAND_BINARY), u"sign-event"_s});
    // Asked on the terminal of whoever asks, as without us.
    const Outcome signedHere
        = hatstand.runOnTerminal(sign, {{kAsk, "y\n"}, {kVaultAsk, QByteArray(Program::kPassphrase) + '\n'}},
            "{\"kind\":1,\"content\":\"hello\"}");
    QCOMPARE(signedHere.exit, 0);
    QCOMPARE(QJsonDocument::fromJson(signedHere.out).object().value("pubkey"_L1).toString(),
        QLatin1StringView(kPubkey1));
    QVERIFY(signedHere.terminal.contains("Mira"));
    QCOMPARE(hatstand.runOnTerminal(sign, {{kAsk, "n\n"}}, "{\"kind\":1,\"content\":\"\"}").exit, 5);

    const Outcome unasked = hatstand.run(sign + QStringList{u"--json"_s}, "{\"kind\":1,\"content\":\"\"}");
    QCOMPARE(unasked.exit, 5);
    QVERIFY(unasked.out.contains("approval-required"));
    const QByteArray foreign = "{\"kind\":1,\"content\":\"\",\"pubkey\":\"" + m_noor.mid(6).toUtf8() + "\"}";
    const Outcome stamped = hatstand.run(sign + QStringList{u"--json"_s}, foreign);
    QCOMPARE(stamped.exit, 5);
    QVERIFY(stamped.out.contains("wrong-account"));
    QVERIFY(foldersOf(hatstand).isEmpty());
}

void TestRunAs::signsDigestsAsItOnly()
{
    Program& hatstand = chosen();
    const QString digest(64, u'1');
    const Outcome signedHere = hatstand.runOnTerminal(
        as(u"wanda@active"_s, {QStringLiteral(HATSTAND_BINARY), u"sign-digest"_s, digest}),
        {{kAsk, "y\n"}, {kVaultAsk, QByteArray(Program::kPassphrase) + '\n'}});
    QCOMPARE(signedHere.exit, 0);
    QVERIFY(signedHere.out.startsWith("SIG_K1_"));
    QCOMPARE(runAs(hatstand, u"$H sign-digest %1"_s.arg(digest)).exit, 2); // Mira is no Antelope account
}

/// Whoever speaks the protocol itself, and says that it may do more.
void TestRunAs::aForgedScopeIsOverruled()
{
    Program& hatstand = chosen();
    const auto running = hatstand.start(as(u"Mira"_s, shell(u"echo $HATSTAND_SOCKET; read line"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(running->canReadLine(), 60'000);
    const QString socket = QString::fromUtf8(running->readLine().trimmed());
    const auto ask = [&](const QJsonObject& request) {
        QLocalSocket client;
        client.connectToServer(socket);
        if (!client.waitForConnected(10'000))
            return QByteArray("nobody there");
        const QByteArray json = QJsonDocument(request).toJson(QJsonDocument::Compact);
        QByteArray head(4, '\0');
        qToBigEndian(quint32(json.size()), head.data());
        client.write(head + 'J' + json);
        QByteArray all;
        while (client.waitForReadyRead(10'000)) {
            all += client.readAll();
            if (all.contains("\"more\":false"))
                break;
        }
        return all;
    };
    const QJsonObject list{{u"command"_s, u"list"_s}, {u"options"_s, QJsonObject{{u"json"_s, QString()}}}};
    for (const QString& scope : {m_noor, QString(), u"nostr:*"_s}) {
        const QByteArray answer
            = ask({{u"command"_s, u"scoped"_s}, {u"scope"_s, scope}, {u"request"_s, list}});
        QVERIFY2(!answer.contains("Noor") && answer.contains("\"exit\":"), answer);
    }
    const QByteArray plain = ask(list);
    QVERIFY2(plain.contains("Mira") && !plain.contains("Noor"), plain);
    const QByteArray show = ask({{u"command"_s, u"show-window"_s}});
    QVERIFY2(show.contains("\"exit\":5"), show);
    running->write("\n");
    QCOMPARE(outcomeOf(*running).exit, 0);
}

void TestRunAs::exitCodes_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("exit");
    QTest::newRow("done") << QStringList{u"true"_s} << 0;
    QTest::newRow("its own") << shell(u"exit 7"_s) << 7;
    QTest::newRow("largest") << shell(u"exit 255"_s) << 255;
    QTest::newRow("terminated") << shell(u"kill -TERM $$"_s) << 143;
    QTest::newRow("killed") << shell(u"kill -KILL $$"_s) << 137;
    QTest::newRow("no such program") << QStringList{u"no-such-program-here"_s} << 127;
    QTest::newRow("no such path") << QStringList{u"./no/such/path"_s, u"x"_s} << 127;
    QTest::newRow("a folder") << QStringList{u"/tmp"_s} << 126;
    QTest::newRow("no name") << QStringList{QString()} << 127;
    QTest::newRow("options are its own") << QStringList{u"sh"_s, u"-c"_s, u"exit $#"_s, u"sh"_s, u"--json"_s,
        u"--as"_s, u"--"_s, u"--help"_s} << 4;
}

void TestRunAs::exitCodes()
{
    QFETCH(QStringList, command);
    QFETCH(int, exit);
    const Outcome outcome = m_alone->run(as(u"Mira"_s, command));
    QCOMPARE(outcome.exit, exit);
    QCOMPARE(outcome.err.startsWith("hatstand: "), exit == 127 || exit == 126);
    QVERIFY(foldersOf(*m_alone).isEmpty());
}

void TestRunAs::anUnknownAccountRunsNothing()
{
    for (Program* hatstand : {m_alone.get(), m_served.get()}) {
        const QString mark = hatstand->path(u"mark"_s);
        const Outcome outcome = hatstand->run(as(u"nobody"_s, {u"touch"_s, mark}));
        QCOMPARE(outcome.exit, 3);
        QVERIFY2(outcome.err.endsWith("(not-found)\n"), outcome.err);
        QVERIFY(!QFile::exists(mark));
    }
}

void TestRunAs::howItIsUsed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no account") << QStringList{u"run"_s, u"--"_s, u"true"_s};
    QTest::newRow("no program") << QStringList{u"run"_s, u"--as"_s, u"Mira"_s};
    QTest::newRow("nothing after it") << QStringList{u"run"_s, u"--as"_s, u"Mira"_s, u"--"_s};
    QTest::newRow("a key among its arguments") << as(u"Mira"_s, {u"echo"_s, QString::fromLatin1(kNsec1)});
}

void TestRunAs::howItIsUsed()
{
    QFETCH(QStringList, arguments);
    const Outcome outcome = m_alone->run(arguments);
    QCOMPARE(outcome.exit, 2);
    QVERIFY(outcome.out.isEmpty());
}

void TestRunAs::signalsArePassedOn_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("name");
    QTest::newRow("TERM") << SIGTERM << u"TERM"_s;
    QTest::newRow("INT") << SIGINT << u"INT"_s;
    QTest::newRow("HUP") << SIGHUP << u"HUP"_s;
    QTest::newRow("QUIT") << SIGQUIT << u"QUIT"_s;
    QTest::newRow("USR1") << SIGUSR1 << u"USR1"_s;
}

void TestRunAs::signalsArePassedOn()
{
    QFETCH(int, number);
    QFETCH(QString, name);
    const auto running = m_alone->start(as(u"Mira"_s,
        shell(u"trap 'echo got; exit 9' %1; echo ready; while read line; do :; done; exit 1"_s.arg(name))));
    QTRY_VERIFY_WITH_TIMEOUT(running->canReadLine(), 60'000);
    QCOMPARE(foldersOf(*m_alone).size(), 1);
    ::kill(pid_t(running->processId()), number);
    const Outcome outcome = outcomeOf(*running);
    QCOMPARE(outcome.exit, 9);
    QVERIFY(outcome.out.endsWith("got\n"));
    QVERIFY(foldersOf(*m_alone).isEmpty());
}

void TestRunAs::theSocketIsPrivateAndGoesWithIt()
{
    for (Program* hatstand : {m_alone.get(), m_served.get()}) {
        const Outcome outcome = runAs(*hatstand,
            u"stat -c '%a %F' $HATSTAND_SOCKET; stat -c '%a %u' $(dirname $HATSTAND_SOCKET); echo $HATSTAND_SOCKET"_s);
        const QList<QByteArray> lines = outcome.out.split('\n');
        QCOMPARE(lines[0], "600 socket"_ba);
        QCOMPARE(lines[1], "700 "_ba + QByteArray::number(::geteuid()));
        QVERIFY(lines[2].startsWith(QFileInfo(hatstand->socket()).path().toUtf8() + '/'));
        QVERIFY(!QFile::exists(QString::fromUtf8(lines[2])));
        QVERIFY(foldersOf(*hatstand).isEmpty());
    }
}

void TestRunAs::aKilledOnesSocketIsSweptUp()
{
    {
        const auto running = m_alone->start(as(u"Mira"_s, shell(u"echo ready; read line"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(running->canReadLine(), 60'000);
        running->kill();
        (void)outcomeOf(*running);
    }
    QCOMPARE(foldersOf(*m_alone).size(), 1);
    QCOMPARE(m_alone->run(as(u"Mira"_s, {u"true"_s})).exit, 0);
    QVERIFY(foldersOf(*m_alone).isEmpty());
    // One that is in use stays.
    const auto running = m_alone->start(as(u"Mira"_s, shell(u"echo ready; read line; $H current"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(running->canReadLine(), 60'000);
    QCOMPARE(m_alone->run(as(u"Mira"_s, {u"true"_s})).exit, 0);
    running->write("\n");
    QCOMPARE(outcomeOf(*running).exit, 0);
}

/// Descriptors, limits, signals, file mode mask, process group: what env(1) would hand on, and no more.
void TestRunAs::theProgramStartsAsWithoutUs()
{
    const QString look
        = u"umask; ulimit -Sc; ulimit -Hc; ls /proc/self/fd | tr '\\n' ' '; "
          "grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status; env | grep -v -e ^HATSTAND_SOCKET -e ^_= | sort"_s;
    Program plain;
    plain.environment = m_alone->environment;
    for (const QString& first : {u"umask 022; ulimit -Sc 0; "_s, u"umask 027; trap '' PIPE HUP; "_s}) {
        // The same shell starts it once through us and once by itself.
        m_alone->wrapper = QStringList{u"sh"_s, u"-c"_s, first + u"exec \"$@\""_s, u"sh"_s};
        const Outcome with = m_alone->run(as(u"Mira"_s, shell(look)));
        m_alone->wrapper = QStringList{u"sh"_s, u"-c"_s, first + u"shift; exec sh -c \"$LOOK\""_s, u"sh"_s};
        m_alone->environment.insert(u"LOOK"_s, look);
        const Outcome without = m_alone->run({});
        m_alone->environment.remove(u"LOOK"_s);
        m_alone->wrapper.clear();
        QCOMPARE(with.exit, 0);
        QByteArray expected = without.out;
        const qsizetype at = expected.indexOf("LOOK=");
        expected.remove(at, expected.indexOf('\n', at) + 1 - at);
        QCOMPARE(with.out, expected);
    }
}

void TestRunAs::nothingSecretInItsEnvironment()
{
    m_alone->wrapper = QStringList{
        u"sh"_s, u"-c"_s, u"printf 'correct horse\\n' | { exec 3<&0 </dev/null; exec \"$@\"; }"_s, u"sh"_s};
    const Outcome outcome = m_alone->run(QStringList{u"--passphrase-fd"_s, u"3"_s}
        + as(u"Mira"_s, shell(u"cat /proc/self/environ /proc/self/cmdline; cat <&3"_s)));
    m_alone->wrapper.clear();
    QVERIFY(outcome.out.contains("HATSTAND_SOCKET="));
    QVERIFY(!outcome.out.contains(Program::kPassphrase) && !outcome.out.contains("nsec1"));
    QVERIFY(outcome.exit != 0); // descriptor 3 is not there
}

/// The lock is not held while the program runs: Hatstand can be started for good, and ended, meanwhile.
void TestRunAs::instancesComeAndGo()
{
    const auto running = m_alone->start(
        as(u"Mira"_s, shell(u"while read line; do $H current || echo failed; done; echo end"_s)));
    const auto ask = [&] {
        running->write("\n");
        for (int i = 0; i < 600 && !running->canReadLine(); ++i)
            running->waitForReadyRead(100);
        return QString::fromUtf8(running->readLine().trimmed());
    };
    QCOMPARE(ask(), m_mira);
    {
        const auto instance = m_alone->startHeadless();
        QCOMPARE(instance->state(), QProcess::Running);
        QCOMPARE(ask(), m_mira);
        QCOMPARE(m_alone->run({u"current"_s}).line(), m_noor);
        QCOMPARE(ask(), m_mira);
    }
    QCOMPARE(ask(), m_mira);
    QCOMPARE(m_alone->run({u"current"_s}).line(), m_noor);
    // Many at once, which share the lock.
    QCOMPARE(
        runAs(*m_alone, u"for i in 1 2 3 4 5 6; do $H current & done; wait"_s).out.count(m_mira.toUtf8()), 6);
    running->closeWriteChannel();
    QCOMPARE(outcomeOf(*running).exit, 0);
}

void TestRunAs::afterItsEndNobodyElseIsAsked()
{
    for (const QString& path : {m_served->path(u"gone/sock"_s), u"relative"_s}) {
        m_served->environment.insert(u"HATSTAND_SOCKET"_s, path);
        for (const QStringList& command :
            {QStringList{u"list"_s}, {u"switch"_s, u"Mira"_s}, as(u"Mira"_s, {u"true"_s})}) {
            const Outcome outcome = m_served->run(command);
            QCOMPARE(outcome.exit, 1);
            QVERIFY(outcome.out.isEmpty());
            QVERIFY2(outcome.err.endsWith("(failed)\n"), outcome.err);
        }
        m_served->environment.remove(u"HATSTAND_SOCKET"_s);
    }
    // Nor is another profile a way out.
    QCOMPARE(runAs(*m_served, u"$H list --home /tmp"_s).exit, 2);
    QCOMPARE(
        runAs(*m_served, u"HATSTAND_HOME=%1 $H current"_s.arg(m_served->path(u"other"_s))).line(), m_mira);
}

void TestRunAs::withinAnother()
{
    for (Program* hatstand : {m_alone.get(), m_served.get()}) {
        QCOMPARE(runAs(*hatstand, u"$H run --as Mira -- $H current"_s).line(), m_mira);
        const Outcome other = runAs(*hatstand, u"$H run --as Noor -- $H current"_s);
        QCOMPARE(other.exit, 5);
        QVERIFY(other.out.isEmpty());
        QCOMPARE(runAs(*hatstand, u"$H run --as Mira -- sh -c 'exit 4'"_s).exit, 4);
    }
}

QTEST_GUILESS_MAIN(TestRunAs)
#include "tst_run_as.moc"
