// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QLocalSocket>
#include <QTest>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace hatstand::test {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kPatience = 60'000; ///< ms; a bound for hangs, not a measure

QByteArray readAvailable(int fd, int wait)
{
    QByteArray all;
    pollfd ready{fd, POLLIN, 0};
    while (::poll(&ready, 1, wait) > 0 && (ready.revents & POLLIN)) {
        char buffer[4096];
        const ssize_t got = ::read(fd, buffer, sizeof buffer);
        if (got <= 0)
            break;
        all.append(buffer, int(got));
        wait = 0;
    }
    return all;
}

} // namespace

Program::Program()
    : Program(QProcessEnvironment())
{
}

Program::Program(const QProcessEnvironment& more)
    : environment(more)
    , m_dir(u"/tmp/hat-XXXXXX"_s) // sockets' paths end at 108 characters
{
    for (const QString& dir : {u"home"_s, u"data"_s, u"config"_s, u"cache"_s, u"run"_s, u"tmp"_s})
        QDir(m_dir.path()).mkdir(dir);
    QFile::setPermissions(path(u"run"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"HOME"_s, path(u"home"_s));
    environment.insert(u"TMPDIR"_s, path(u"tmp"_s));
    environment.insert(u"XDG_DATA_HOME"_s, path(u"data"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, path(u"config"_s));
    environment.insert(u"XDG_CACHE_HOME"_s, path(u"cache"_s));
    environment.insert(u"XDG_RUNTIME_DIR"_s, path(u"run"_s));
    // Nothing of a test leaves this machine, and what it brings up here is not behind a proxy: a test that
    // has relays of its own takes this out and names them.
    environment.insert(u"ALL_PROXY"_s, u"socks5://127.0.0.1:9"_s);
    if (!environment.contains(u"DBUS_SESSION_BUS_ADDRESS"_s))
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
}

void Program::prepare(QProcess& process, const QStringList& arguments) const
{
    QStringList words = wrapper;
    words += QStringLiteral(HATSTAND_BINARY);
    words += arguments;
    process.setProgram(words.takeFirst());
    process.setArguments(words);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(path(u"home"_s));
}

Outcome Program::run(const QStringList& arguments, const QByteArray& input, const QByteArray& passphrases)
{
    const Running process = start(arguments, passphrases);
    process->write(input);
    process->closeWriteChannel();
    return outcomeOf(*process);
}

Program::Running Program::start(const QStringList& arguments, const QByteArray& passphrases)
{
    Running process(new QProcess);
    QStringList words = arguments;
    int pipe[2] = {-1, -1};
    if (!passphrases.isEmpty()) {
        words += {u"--passphrase-fd"_s, u"3"_s};
        if (::pipe2(pipe, O_CLOEXEC) != 0
            || ::write(pipe[1], passphrases.constData(), std::size_t(passphrases.size())) < 0)
            qFatal("no pipe");
        ::close(pipe[1]);
    }
    prepare(*process, words);
    process->setChildProcessModifier([fd = pipe[0]] {
        ::setsid(); // no terminal to ask on
        if (fd >= 0)
            ::dup2(fd, 3);
    });
    process->start();
    if (pipe[0] >= 0)
        ::close(pipe[0]); // the child has its own since it was forked
    return process;
}

Outcome outcomeOf(QProcess& process)
{
    const bool ended = process.state() == QProcess::NotRunning || process.waitForFinished(kPatience);
    Outcome outcome;
    outcome.exit = ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    return outcome;
}

Outcome Program::runOnTerminal(
    const QStringList& arguments, const QList<Typed>& dialogue, const QByteArray& input)
{
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0)
        qFatal("no terminal");
    const QByteArray slaveName = ::ptsname(master);
    // Held open here too: a terminal that nobody has open forgets what was typed.
    const int slave = ::open(slaveName.constData(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    QProcess process;
    prepare(process, arguments);
    process.setChildProcessModifier([slaveName] {
        ::setsid();
        const int fd = ::open(slaveName.constData(), O_RDWR);
        ::ioctl(fd, TIOCSCTTY, 0);
        ::close(fd);
    });
    process.start();
    process.write(input);
    process.closeWriteChannel();
    Outcome outcome;
    const QDeadlineTimer deadline(kPatience);
    for (const Typed& typed : dialogue) {
        qsizetype from = outcome.terminal.size();
        while (!outcome.terminal.mid(from).contains(typed.prompt) && process.state() != QProcess::NotRunning
            && !deadline.hasExpired()) {
            outcome.terminal += readAvailable(master, 20);
            process.waitForReadyRead(0);
        }
        (void)::write(master, typed.answer.constData(), std::size_t(typed.answer.size()));
    }
    while (process.state() != QProcess::NotRunning && !deadline.hasExpired()) {
        outcome.terminal += readAvailable(master, 20);
        process.waitForFinished(20);
    }
    outcome.terminal += readAvailable(master, 0);
    ::close(slave);
    ::close(master);
    outcome.exit = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    if (outcome.exit < 0)
        qWarning("ended by signal %d after \"%s\" and \"%s\"", process.exitCode(),
            outcome.terminal.constData(), outcome.err.constData());
    return outcome;
}

void Program::End::operator()(QProcess* process) const
{
    if (process->state() != QProcess::NotRunning) {
        process->terminate();
        if (!process->waitForFinished(kPatience))
            process->kill();
    }
    delete process;
}

Program::Running Program::startHeadless(const QStringList& arguments)
{
    return startInstance(QStringList{u"--headless"_s} + arguments);
}

Program::Running Program::startInstance(const QStringList& arguments)
{
    Running process = start(arguments);
    const QDeadlineTimer deadline(kPatience);
    QLocalSocket socket;
    while (!deadline.hasExpired() && process->state() != QProcess::NotRunning) {
        socket.connectToServer(this->socket());
        if (socket.waitForConnected(1000))
            return process;
        process->waitForReadyRead(20);
    }
    qWarning("the instance did not start: %s", process->readAllStandardError().constData());
    return process;
}

QString Program::addGenerated(const QStringList& more)
{
    return run(QStringList{u"add"_s, u"nostr"_s, u"--generate"_s, u"--vault"_s, u"passphrase"_s} + more, {},
        QByteArray(kPassphrase) + '\n')
        .line();
}

QString Program::addKey(const QByteArray& nsec, const QStringList& more)
{
    return run(QStringList{u"add"_s, u"nostr"_s, u"--nsec-stdin"_s, u"--vault"_s, u"passphrase"_s} + more,
        nsec, QByteArray(kPassphrase) + '\n')
        .line();
}

QByteArray storeFingerprint(const QString& database)
{
    QProcess sqlite;
    sqlite.start(u"sqlite3"_s, {u"-readonly"_s, database, u".dump"_s});
    sqlite.waitForFinished(kPatience);
    return sqlite.readAllStandardOutput();
}

} // namespace hatstand::test
