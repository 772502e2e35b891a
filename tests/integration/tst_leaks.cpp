// SPDX-License-Identifier: MIT
#include "core/nostr/Keys.h"
#include "tests/support/Program.h"
#include "tests/support/Traces.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTest>
#include <QtEndian>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace hatstand;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// Where a key or a passphrase could lie after it was used: searched for in every form.
/// Run once with a real keyring and once without any bus, on the passphrase vault.
class TestLeaks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void theSearchFindsWhatIsThere();
    void filesAndOutputHoldNoKey();
    void onlySecretFramesCarryTheKey();
    void busTrafficHoldsNoKey();
    void memoryOfAnInstance();
    void memoryOfTheCommandLine();

private:
    [[nodiscard]] Program program() const;
    [[nodiscard]] QStringList vaultOption() const;
    [[nodiscard]] QByteArray passphrases() const { return m_keychain ? QByteArray() : m_passphrase + '\n'; }
    bool m_keychain = false;
    QByteArray m_nsec;
    QByteArray m_passphrase = "a passphrase nobody else has 8dF2";
    QList<Form> m_forms;
};

namespace {

constexpr char kEvent[] = "{\"kind\":1,\"content\":\"hello\"}";

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

/// Between a client and the instance; keeps what passes.
class Proxy : public QObject
{
public:
    Proxy(const QString& front, const QString& back)
    {
        m_server.setSocketOptions(QLocalServer::UserAccessOption);
        m_server.listen(front);
        connect(&m_server, &QLocalServer::newConnection, this, [this, back] {
            auto* client = m_server.nextPendingConnection();
            auto* server = new QLocalSocket(client);
            server->connectToServer(back);
            connect(client, &QLocalSocket::readyRead, this,
                [this, client, server] { pass(client, server, fromClient); });
            connect(server, &QLocalSocket::readyRead, this,
                [this, client, server] { pass(server, client, fromServer); });
            connect(server, &QLocalSocket::disconnected, client, &QLocalSocket::disconnectFromServer);
        });
    }
    QByteArray fromClient;
    QByteArray fromServer;

private:
    static void pass(QLocalSocket* from, QLocalSocket* to, QByteArray& kept)
    {
        const QByteArray data = from->readAll();
        kept += data;
        to->write(data);
        to->flush();
    }
    QLocalServer m_server;
};

/// The payloads of all frames of one type.
QByteArray payloads(QByteArray stream, char type)
{
    QByteArray all;
    while (stream.size() >= 5) {
        const auto size = qsizetype(qFromBigEndian<quint32>(stream.constData()));
        if (stream[4] == type)
            all += stream.mid(5, size) + '\n';
        stream.remove(0, 5 + size);
    }
    return all;
}

} // namespace

void TestLeaks::initTestCase()
{
    m_keychain = qEnvironmentVariable("HATSTAND_TEST_VAULT") == "keychain"_L1;
    QByteArray raw(32, 0);
    SystemRandom random;
    random.fill({reinterpret_cast<std::uint8_t*>(raw.data()), 32});
    const auto key = nostr::SecretKey::fromBytes(SecretBuffer::copyOf(bytesOf(raw)));
    QVERIFY(key.has_value());
    const SecretBuffer text = key->nsec();
    m_nsec = toQByteArray(text.view());
    m_forms = formsOf(raw, {m_nsec, m_nsec.toUpper(), m_passphrase});
}

/// The keychain outlives a home, and the program lists every key it finds there: so each test begins with
/// none.
void TestLeaks::init()
{
    if (!m_keychain)
        return;
    Program before = program();
    QCOMPARE(before.run(words("add nostr --generate --vault keychain")).exit, 0);
    QCOMPARE(before.run(words("list")).exit, 0);
    QCOMPARE(before.run(words("logout --all --yes --forget")).exit, 0);
}

Program TestLeaks::program() const
{
    QProcessEnvironment environment;
    if (m_keychain)
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"));
    return Program(environment);
}

QStringList TestLeaks::vaultOption() const
{
    return {u"--vault"_s, m_keychain ? u"keychain"_s : u"passphrase"_s};
}

/// A search that finds nothing is worth something only if it would find.
void TestLeaks::theSearchFindsWhatIsThere()
{
    QVERIFY(findInMemory(m_forms, ::getpid()).size() >= 3);
    QCOMPARE(findForms(m_forms, "x" + m_nsec + "y").size(), 1);
}

void TestLeaks::filesAndOutputHoldNoKey()
{
    Program hatstand = program();
    hatstand.environment.insert(u"QT_LOGGING_RULES"_s, u"hatstand.*=true"_s);
    const auto instance = hatstand.startHeadless();
    const Outcome added = hatstand.run(
        words("add nostr --nsec-stdin --label Mira") + vaultOption(), m_nsec + '\n', passphrases());
    QCOMPARE(added.exit, 0);
    const Outcome signed_ = hatstand.runOnTerminal(words("sign-event"), {{"[y/N] ", "y\n"}}, kEvent);
    QCOMPARE(signed_.exit, 0);
    QCOMPARE(hatstand.run(words("logout Mira --yes"), {}, passphrases()).exit, 0);
    QCOMPARE(hatstand.run(words("untrash Mira"), {}, passphrases()).exit, 0);
    QCOMPARE(findInFiles(m_forms, hatstand.path(QString())), QStringList());
    QCOMPARE(findForms(m_forms, added.out + added.err + signed_.out + signed_.err + signed_.terminal),
        QStringList());
    const QString proc = u"/proc/%1/"_s.arg(instance->processId());
    for (const QString& name : {u"cmdline"_s, u"environ"_s}) {
        QFile file(proc + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(findForms(m_forms, file.readAll()), QStringList());
    }
    QCOMPARE(findForms(m_forms, instance->readAllStandardError() + instance->readAllStandardOutput()),
        QStringList());
}

void TestLeaks::onlySecretFramesCarryTheKey()
{
    Program hatstand = program();
    const auto instance = hatstand.startHeadless();
    const QString real = hatstand.socket() + ".real"_L1;
    QVERIFY(QFile::rename(hatstand.socket(), real));
    Proxy proxy(hatstand.socket(), real);
    // The program waits for the proxy, which runs in this thread: so it is not waited for without the event
    // loop.
    const auto runSeen = [&](const QStringList& arguments, const QByteArray& input) {
        QProcess process;
        process.setProcessEnvironment(hatstand.environment);
        QStringList words = arguments;
        int pipe[2] = {-1, -1};
        if (!m_keychain && ::pipe2(pipe, O_CLOEXEC) == 0) {
            (void)!::write(pipe[1], passphrases().constData(), std::size_t(passphrases().size()));
            ::close(pipe[1]);
            words += {u"--passphrase-fd"_s, u"3"_s};
        }
        process.setChildProcessModifier([fd = pipe[0]] {
            ::setsid();
            if (fd >= 0)
                ::dup2(fd, 3);
        });
        process.start(QStringLiteral(HATSTAND_BINARY), words);
        process.write(input);
        process.closeWriteChannel();
        const bool ended = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000);
        if (pipe[0] >= 0)
            ::close(pipe[0]);
        return ended ? process.exitCode() : -1;
    };
    QCOMPARE(runSeen(words("add nostr --nsec-stdin --label Mira") + vaultOption(), m_nsec), 0);
    QCOMPARE(runSeen(words("show Mira --json"), {}), 0);
    QVERIFY(payloads(proxy.fromClient, 'S').contains(m_nsec)); // it did pass here
    QCOMPARE(
        findForms(m_forms, payloads(proxy.fromClient, 'J') + payloads(proxy.fromServer, 'J')), QStringList());
    QCOMPARE(findForms(m_forms, payloads(proxy.fromServer, 'S')), QStringList());
}

void TestLeaks::busTrafficHoldsNoKey()
{
    if (!m_keychain)
        return; // there is no bus
    QProcess monitor;
    monitor.start(u"dbus-monitor"_s, {u"--session"_s, u"--binary"_s});
    QVERIFY(monitor.waitForReadyRead());
    Program hatstand = program();
    const auto instance = hatstand.startHeadless();
    QCOMPARE(hatstand.run(words("add nostr --nsec-stdin --label Mira --vault keychain"), m_nsec).exit, 0);
    QCOMPARE(hatstand.runOnTerminal(words("sign-event"), {{"[y/N] ", "y\n"}}, kEvent).exit, 0);
    QCOMPARE(hatstand.run(words("logout Mira --yes")).exit, 0);
    QByteArray traffic;
    QTRY_VERIFY((traffic += monitor.readAll()).contains("SessionRemoved"));
    monitor.terminate();
    monitor.waitForFinished();
    QVERIFY(traffic.contains("org.freedesktop.Secret")); // it did pass here, sealed
    QCOMPARE(findForms(m_forms, traffic), QStringList());
}

void TestLeaks::memoryOfAnInstance()
{
#ifdef HATSTAND_SANITIZED
    QSKIP("a sanitizer's allocator does not wipe");
#endif
    Program hatstand = program();
    const auto instance = hatstand.startHeadless();
    QCOMPARE(hatstand.run(words("add nostr --nsec-stdin --label Mira") + vaultOption(), m_nsec, passphrases())
                 .exit,
        0);
    QCOMPARE(hatstand.runOnTerminal(words("sign-event"), {{"[y/N] ", "y\n"}}, kEvent).exit, 0);
    QCOMPARE(hatstand.run(words("list")).exit, 0); // what was deleted later is deleted now
    const QStringList found = findInMemory(m_forms, pid_t(instance->processId()));
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u", "_s)));
}

/// Stopped in its last moment, when everything of its own has been given back.
void TestLeaks::memoryOfTheCommandLine()
{
#ifdef HATSTAND_SANITIZED
    QSKIP("a sanitizer's allocator does not wipe");
#endif
    Program hatstand = program();
    int in[2];
    int fd3[2];
    QVERIFY(::pipe2(in, O_CLOEXEC) == 0 && ::pipe2(fd3, O_CLOEXEC) == 0);
    (void)!::write(in[1], m_nsec.constData(), std::size_t(m_nsec.size()));
    const QByteArray line = m_passphrase + '\n';
    (void)!::write(fd3[1], line.constData(), std::size_t(line.size()));
    ::close(in[1]);
    ::close(fd3[1]);
    QList<QByteArray> strings{HATSTAND_BINARY, "add", "nostr", "--nsec-stdin", "--passphrase-fd", "3"};
    for (const QString& option : vaultOption())
        strings += option.toLatin1();
    std::vector<char*> arguments;
    for (QByteArray& text : strings)
        arguments.push_back(text.data());
    arguments.push_back(nullptr);
    QList<QByteArray> variables;
    for (const QString& variable : hatstand.environment.toStringList())
        variables += variable.toLocal8Bit();
    std::vector<char*> environment;
    for (QByteArray& text : variables)
        environment.push_back(text.data());
    environment.push_back(nullptr);

    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(in[0], 0);
        ::dup2(fd3[0], 3);
        ::setsid();
        ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        ::execve(HATSTAND_BINARY, arguments.data(), environment.data());
        ::_exit(127);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSTOPPED(status));
    QCOMPARE(::ptrace(PTRACE_SETOPTIONS, child, nullptr,
                 reinterpret_cast<void*>(PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL)),
        0L);
    int signal = 0;
    for (;;) {
        ::ptrace(PTRACE_CONT, child, nullptr, reinterpret_cast<void*>(quintptr(signal)));
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSTOPPED(status));
        if (status >> 8 == (SIGTRAP | (PTRACE_EVENT_EXIT << 8)))
            break;
        signal = WSTOPSIG(status);
    }
    const QStringList found = findInMemory(m_forms, child);
    ::ptrace(PTRACE_CONT, child, nullptr, nullptr);
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestLeaks)
#include "tst_leaks.moc"
