// SPDX-License-Identifier: MIT
#include "app/cli/Terminal.h"

#include <QCoreApplication>
#include <array>
#include <cerrno>
#include <csignal>
#include <cwchar>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

// A signal handler reaches only globals: what to put back when the person breaks off with echo off.
termios savedState;
int savedFd = -1;

extern "C" void restoreAndEnd(int signal)
{
    if (savedFd >= 0)
        tcsetattr(savedFd, TCSANOW, &savedState);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

constexpr std::array kEndings{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

class EchoOff
{
public:
    explicit EchoOff(int fd)
    {
        if (tcgetattr(fd, &savedState) != 0)
            return;
        savedFd = fd;
        for (std::size_t i = 0; i < kEndings.size(); ++i)
            m_before[i] = std::signal(kEndings[i], restoreAndEnd);
        termios hidden = savedState;
        hidden.c_lflag &= ~tcflag_t(ECHO);
        hidden.c_lflag |= ECHONL;
        tcsetattr(fd, TCSAFLUSH, &hidden);
    }
    ~EchoOff()
    {
        if (savedFd < 0)
            return;
        tcsetattr(savedFd, TCSAFLUSH, &savedState);
        savedFd = -1;
        for (std::size_t i = 0; i < kEndings.size(); ++i)
            std::signal(kEndings[i], m_before[i]);
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;

private:
    std::array<void (*)(int), kEndings.size()> m_before{};
};

/// Where the locale does not know a character, as much as any takes.
int cellsOf(char32_t c)
{
    const int cells = ::wcwidth(wchar_t(c));
    return cells < 0 ? 2 : cells;
}

} // namespace

Terminal::Terminal()
    : m_fd(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY))
{
}

Terminal::~Terminal()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Result<SecretBuffer> Terminal::askHidden(const QString& prompt)
{
    const EchoOff echoOff(m_fd);
    write(prompt);
    bool ended = false;
    SecretBuffer line = readLine(ended);
    if (ended && line.isEmpty())
        return fail(ErrorCode::Cancelled);
    return line;
}

bool Terminal::confirm(const QString& text)
{
    tcflush(m_fd, TCIFLUSH); // what was typed before the question is no answer to it
    write(wrapped(escaped(text), columns()) + " [y/N] "_L1);
    bool ended = false;
    const SecretBuffer line = readLine(ended);
    const auto answer = QString::fromUtf8(line.text().data(), qsizetype(line.size())).trimmed().toLower();
    return !ended && (answer == "y"_L1 || answer == "yes"_L1);
}

QString Terminal::escaped(const QString& text)
{
    QString safe;
    for (const char32_t c : text.toUcs4()) {
        const bool harmful = !QChar::isPrint(c) || QChar::category(c) == QChar::Other_Format
            || QChar::category(c) == QChar::Separator_Line
            || QChar::category(c) == QChar::Separator_Paragraph;
        if (harmful && c != U'\n')
            safe += u"\\u{%1}"_s.arg(uint(c), 0, 16);
        else
            safe += QString::fromUcs4(&c, 1);
    }
    return safe;
}

QString Terminal::wrapped(const QString& text, int columns)
{
    QStringList rows;
    for (const QString& line : text.split(u'\n')) {
        const QString start = line.startsWith("| "_L1) ? u"| "_s : u"  "_s;
        QString row;
        int width = 0;
        for (const char32_t c : line.toUcs4()) {
            const int cells = cellsOf(c);
            if (width + cells > columns && width > start.size()) {
                rows += row;
                row = start;
                width = int(start.size());
            }
            row += QString::fromUcs4(&c, 1);
            width += cells;
        }
        rows += row;
    }
    return rows.join(u'\n');
}

int Terminal::columns() const
{
    constexpr int kUsual = 80;
    winsize size = {};
    const bool known = ::ioctl(m_fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= kUsual / 4;
    return known ? size.ws_col : kUsual;
}

SecretBuffer Terminal::readLine(bool& ended)
{
    SecretBuffer line(4096); // a terminal's longest line
    std::size_t size = 0;
    while (size < line.size()) {
        const ssize_t got = ::read(m_fd, line.edit().data() + size, 1);
        if (got < 0 && errno == EINTR)
            continue;
        ended = got <= 0;
        if (ended || line.view()[size] == '\n')
            break;
        ++size;
    }
    line.truncate(size);
    return line;
}

void Terminal::write(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t put = ::write(m_fd, bytes.constData() + done, std::size_t(bytes.size() - done));
        if (put < 0 && errno != EINTR)
            return;
        done += qMax(put, ssize_t(0));
    }
}

} // namespace hatstand::app
