// SPDX-License-Identifier: MIT
#include "tests/integration/leaks/LastMoment.h"

#include <atomic>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace hatstand::test {
namespace {

/// The reading end of a pipe that holds the text and nothing more.
int filledPipe(const QByteArray& text)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0 || ::write(ends[1], text.constData(), std::size_t(text.size())) < 0)
        qFatal("no pipe");
    ::close(ends[1]);
    return ends[0];
}

/// A person at a terminal: types each answer when its prompt has come. On a thread of their own, since
/// whoever traces a process waits for it.
class Typist
{
public:
    explicit Typist(QList<Program::Typed> dialogue)
        : m_dialogue(std::move(dialogue))
        , m_master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC))
    {
        if (m_master < 0 || ::grantpt(m_master) != 0 || ::unlockpt(m_master) != 0)
            qFatal("no terminal");
        m_name = ::ptsname(m_master);
        // Held open here too: a terminal that nobody has open forgets what was typed.
        m_slave = ::open(m_name.constData(), O_RDWR | O_NOCTTY | O_CLOEXEC);
        m_thread = std::thread([this] { type(); });
    }
    ~Typist()
    {
        ::close(m_slave);
        ::close(m_master);
    }
    Typist(const Typist&) = delete;
    Typist& operator=(const Typist&) = delete;

    [[nodiscard]] const char* terminal() const { return m_name.constData(); }
    QByteArray leave() ///< once nobody types any more; what was to be seen
    {
        m_over = true;
        m_thread.join();
        return m_seen;
    }

private:
    void type()
    {
        qsizetype from = 0;
        while (!m_over) {
            pollfd ready{m_master, POLLIN, 0};
            char buffer[4096];
            if (::poll(&ready, 1, 50) > 0) {
                const ssize_t got = ::read(m_master, buffer, sizeof buffer);
                if (got > 0)
                    m_seen.append(buffer, got);
            }
            if (m_dialogue.isEmpty() || !m_seen.mid(from).contains(m_dialogue.first().prompt))
                continue;
            from = m_seen.size();
            const QByteArray answer = m_dialogue.takeFirst().answer;
            (void)!::write(m_master, answer.constData(), std::size_t(answer.size()));
        }
    }

    QList<Program::Typed> m_dialogue;
    QByteArray m_seen;
    QByteArray m_name;
    int m_master = -1;
    int m_slave = -1;
    std::atomic_bool m_over = false;
    std::thread m_thread;
};

std::vector<char*> pointers(QList<QByteArray>& texts)
{
    std::vector<char*> all;
    for (QByteArray& text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

} // namespace

Outcome runToItsLastMoment(const Program& program, const QStringList& arguments, const QByteArray& input,
    const QByteArray& passphrases, const QList<Program::Typed>& dialogue,
    const std::function<void(pid_t)>& look)
{
    QList<QByteArray> words{HATSTAND_BINARY};
    for (const QString& argument : arguments)
        words += argument.toLocal8Bit();
    if (!passphrases.isEmpty())
        words += {"--passphrase-fd", "3"};
    QList<QByteArray> variables;
    for (const QString& variable : program.environment.toStringList())
        variables += variable.toLocal8Bit();
    const std::vector<char*> argv = pointers(words);
    const std::vector<char*> environment = pointers(variables);
    const int in = filledPipe(input);
    const int third = filledPipe(passphrases);
    int out[2];
    int err[2];
    if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0)
        qFatal("no pipe");
    std::unique_ptr<Typist> typist;
    if (!dialogue.isEmpty())
        typist = std::make_unique<Typist>(dialogue);

    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(in, 0);
        ::dup2(out[1], 1);
        ::dup2(err[1], 2);
        ::dup2(third, 3);
        ::setsid();
        if (typist)
            ::ioctl(::open(typist->terminal(), O_RDWR | O_CLOEXEC), TIOCSCTTY, 0);
        ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        ::execve(HATSTAND_BINARY, argv.data(), environment.data());
        ::_exit(127);
    }
    for (const int fd : {in, third, out[1], err[1]})
        ::close(fd);
    int status = 0;
    bool stopped = ::waitpid(child, &status, 0) == child && WIFSTOPPED(status);
    ::ptrace(
        PTRACE_SETOPTIONS, child, nullptr, reinterpret_cast<void*>(PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL));
    for (int signal = 0; stopped; signal = WSTOPSIG(status)) {
        ::ptrace(PTRACE_CONT, child, nullptr, reinterpret_cast<void*>(quintptr(signal)));
        stopped = ::waitpid(child, &status, 0) == child && WIFSTOPPED(status);
        if (stopped && status >> 8 == (SIGTRAP | (PTRACE_EVENT_EXIT << 8))) {
            look(child);
            ::ptrace(PTRACE_CONT, child, nullptr, nullptr);
            ::waitpid(child, &status, 0);
            break;
        }
    }
    Outcome outcome;
    outcome.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    const auto all = [](int fd) {
        QByteArray text;
        char buffer[4096];
        for (ssize_t got = 0; (got = ::read(fd, buffer, sizeof buffer)) > 0;)
            text.append(buffer, got);
        ::close(fd);
        return text;
    };
    outcome.out = all(out[0]);
    outcome.err = all(err[0]);
    if (typist)
        outcome.terminal = typist->leave();
    return outcome;
}

} // namespace hatstand::test
