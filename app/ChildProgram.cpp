// SPDX-License-Identifier: MIT
#include "app/ChildProgram.h"

#include "app/cli/Terminal.h"

#include <QCoreApplication>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kSignals[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};
constexpr int kNotFound = 127;
constexpr int kNotRunnable = 126;

int signalPipe = -1; // all that a signal handler may reach

extern "C" void onSignal(int number, siginfo_t* info, void*)
{
    if (info->si_code == SI_KERNEL) // the terminal's go to its whole process group
        return;
    const int before = errno;
    const auto byte = static_cast<unsigned char>(number);
    (void)!::write(signalPipe, &byte, 1);
    errno = before;
}

/// What exec takes, prepared before the fork: after it nothing may be allocated.
class Vector
{
public:
    explicit Vector(QList<QByteArray> texts)
        : m_texts(std::move(texts))
    {
        for (QByteArray& text : m_texts)
            m_pointers.push_back(text.data());
        m_pointers.push_back(nullptr);
    }
    [[nodiscard]] char* const* data() const { return m_pointers.data(); }

private:
    QList<QByteArray> m_texts;
    std::vector<char*> m_pointers;
};

QList<QByteArray> environmentWith(const QByteArray& variable, const QByteArray& value)
{
    QList<QByteArray> all;
    const QByteArray start = variable + '=';
    for (char** one = environ; *one; ++one) {
        if (!QByteArrayView(*one).startsWith(start))
            all += *one;
    }
    return all << start + value;
}

QByteArray sentence(const QString& text, const QString& program)
{
    return ("hatstand: "_L1 + text.arg(Terminal::escaped(program)) + u'\n').toUtf8();
}

} // namespace

ChildProgram::ChildProgram(const Before& before, QObject* parent)
    : QObject(parent)
    , m_before(before)
{
    if (::pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("no pipe to be had");
    signalPipe = m_pipe[1];
    m_signals = new QSocketNotifier(m_pipe[0], QSocketNotifier::Read, this);
    connect(m_signals, &QSocketNotifier::activated, this, &ChildProgram::passOn);
    struct sigaction action = {};
    action.sa_sigaction = onSignal;
    action.sa_flags = SA_RESTART | SA_SIGINFO;
    for (const int number : kSignals) {
        struct sigaction was = {};
        // What is ignored stays ignored (nohup), by the child too.
        if (::sigaction(number, nullptr, &was) == 0 && was.sa_handler != SIG_IGN)
            ::sigaction(number, &action, nullptr);
    }
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        Q_EMIT ended(status == QProcess::CrashExit ? 128 + code : code);
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) // no process to be had
            Q_EMIT ended(kNotRunnable);
    });
}

ChildProgram::~ChildProgram()
{
    for (const int number : kSignals)
        std::signal(number, SIG_DFL);
    delete m_signals;
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

void ChildProgram::start(const QStringList& command, const QByteArray& variable, const QByteArray& value)
{
    QList<QByteArray> words;
    for (const QString& word : command)
        words += word.toUtf8();
    const QString& program = command.first();
    const QString none = QCoreApplication::translate("ChildProgram", "There is no program “%1”.");
    const QString unfit = QCoreApplication::translate("ChildProgram", "The program “%1” can't be run.");
    const auto arguments = std::make_shared<const Vector>(words);
    const auto environment = std::make_shared<const Vector>(environmentWith(variable, value));
    m_process.setProgram(u"?"_s); // never used, but to be there
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.setInputChannelMode(QProcess::ForwardedInputChannel);
    // exec is done here and not by QProcess, which would not say which error it was.
    m_process.setChildProcessModifier(
        [before = m_before, arguments, environment, notFound = sentence(none, program),
            notRunnable = sentence(unfit, program)] {
            unharden(before);
            ::execvpe(arguments->data()[0], arguments->data(), environment->data());
            const bool missing = errno == ENOENT;
            const QByteArray& said = missing ? notFound : notRunnable;
            (void)!::write(STDERR_FILENO, said.constData(), std::size_t(said.size()));
            ::_exit(missing ? kNotFound : kNotRunnable);
        });
    m_process.start();
}

void ChildProgram::passOn()
{
    unsigned char number = 0;
    while (::read(m_pipe[0], &number, 1) == 1) {
        if (m_process.processId() > 0)
            ::kill(pid_t(m_process.processId()), number);
        else
            Q_EMIT ended(128 + number);
    }
}

} // namespace hatstand::app
