// SPDX-License-Identifier: MIT
#include "app/cli/LocalConsole.h"

#include "app/cli/Input.h"
#include "core/base/Descriptor.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

class Prompts
{
    Q_DECLARE_TR_FUNCTIONS(Prompts)
public:
    static QString ask(Console::Passphrase which, const QString& sessionName);
    static Error usage(const QString& text) { return {.code = ErrorCode::Usage, .detail = text}; }
};

QString Prompts::ask(Console::Passphrase which, const QString& sessionName)
{
    switch (which) {
    case Console::Passphrase::Vault:
        return tr("Hatstand passphrase: ");
    case Console::Passphrase::NewVault:
        return tr("New Hatstand passphrase: ");
    case Console::Passphrase::ExistingKey:
        return sessionName.isEmpty() ? tr("Passphrase of the key: ")
                                     : tr("Passphrase of the key of %1: ").arg(sessionName);
    case Console::Passphrase::NewKey:
        return tr("New passphrase for the exported key: ");
    }
    return {};
}

/// By the process that the person typed into: an instance may stand in another folder.
Result<SecretBuffer> readFile(const QString& path)
{
    const Descriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    auto content = file.isOpen() ? readAll(file.get(), std::size_t(kMaxInput)) : fail(ErrorCode::Usage);
    if (!content && content.error().code == ErrorCode::Usage)
        return fail(Prompts::usage(Prompts::tr("%1 can't be read.").arg(path)));
    return content;
}

bool isNew(Console::Passphrase which)
{
    return which == Console::Passphrase::NewVault || which == Console::Passphrase::NewKey;
}

} // namespace

LocalConsole::LocalConsole(int passphraseFd)
    : m_passphraseFd(passphraseFd)
{
}

void LocalConsole::out(const QByteArray& text)
{
    if (!writeAll(STDOUT_FILENO, bytesOf(text)))
        m_outputFailed = true;
}

void LocalConsole::err(const QByteArray& text)
{
    (void)writeAll(STDERR_FILENO, bytesOf(text));
}

void LocalConsole::readAhead(const Request& request)
{
    m_inputIsEvent = request.command == "sign-event"_L1;
    if (!request.inputFile().isEmpty())
        m_input = readFile(request.inputFile());
    else if (request.readsInput() && !isatty(STDIN_FILENO))
        m_input = input();
    if (request.readsPassphrases() && m_passphraseFd >= 0 && !isatty(m_passphraseFd))
        (void)readDescriptor(); // what is wrong with it is said when it is asked for
}

Result<SecretBuffer> LocalConsole::input()
{
    if (m_input)
        return *std::exchange(m_input, std::nullopt);
    if (!isatty(STDIN_FILENO) || !m_terminal.isThere())
        return readAll(STDIN_FILENO, std::size_t(kMaxInput));
    if (m_inputIsEvent) { // may be pasted in many lines, and is no secret
        m_terminal.say(Prompts::tr("Event (JSON, then Ctrl+D on a line of its own):\n"));
        return readAll(STDIN_FILENO, std::size_t(kMaxInput));
    }
    auto key = m_terminal.askHidden(Prompts::tr("Key: "));
    return key || key.error().code != ErrorCode::Cancelled ? std::move(key) : refuse(Why::Empty);
}

void LocalConsole::readInput(Callback<SharedSecret> done)
{
    auto given = input();
    if (given)
        done(std::make_shared<const SecretBuffer>(std::move(*given)));
    else
        done(fail(given.error()));
}

void LocalConsole::passphrase(Passphrase which, const QString& sessionName, Callback<SharedSecret> done)
{
    auto answer = m_passphraseFd >= 0 ? fromDescriptor(which) : fromTerminal(which, sessionName);
    if (answer && isNew(which) && answer->isEmpty())
        answer = fail(Error{
            ErrorCode::InvalidInput, Why::Unsaid, Prompts::tr("An empty passphrase protects nothing.")});
    if (answer)
        done(std::make_shared<const SecretBuffer>(std::move(*answer)));
    else
        done(fail(answer.error()));
}

Result<void> LocalConsole::readDescriptor()
{
    if (m_lines)
        return {};
    auto lines = readLines(m_passphraseFd);
    if (!lines)
        return fail(lines.error());
    m_lines = std::move(*lines);
    return {};
}

/// The vault's passphrase is the first line. A key's is the line after it, whether or not the vault had to be
/// asked (one that is unlocked already is not), so the same descriptor serves with and without a running
/// instance. The passphrase that follows the vault's own is a line of its own too, the last. No line serves
/// two purposes: a new vault is not to be sealed with what was meant for a key.
Result<SecretBuffer> LocalConsole::fromDescriptor(Passphrase which)
{
    if (auto read = readDescriptor(); !read)
        return fail(read.error());
    const bool replaces = which == Passphrase::NewVault && m_vaultAsked;
    const bool forVault = !replaces && (which == Passphrase::Vault || which == Passphrase::NewVault);
    m_vaultAsked |= which == Passphrase::Vault;
    std::size_t line = 0;
    if (!forVault && m_lines->size() >= 2)
        line = m_lines->size() >= 3 && which != Passphrase::ExistingKey ? 2 : 1;
    const Passphrase purpose = forVault ? Passphrase::Vault : which;
    if (line >= m_lines->size() || m_lineUsedFor.value(line, purpose) != purpose)
        return fail(ErrorCode::PassphraseRequired);
    m_lineUsedFor.insert(line, purpose);
    return (*m_lines)[line].clone();
}

Result<SecretBuffer> LocalConsole::fromTerminal(Passphrase which, const QString& sessionName)
{
    if (!m_terminal.isThere())
        return fail(ErrorCode::PassphraseRequired);
    // Ctrl+D: there is somebody, who gives none.
    auto first = m_terminal.askHidden(Terminal::escaped(Prompts::ask(which, sessionName)));
    if (!first)
        return fail(ErrorCode::PassphraseRequired);
    if (!isNew(which) || first->isEmpty())
        return first;
    const auto second = m_terminal.askHidden(Prompts::tr("Again: "));
    if (!second)
        return fail(ErrorCode::PassphraseRequired);
    if (!first->equals(*second))
        return fail(Error{ErrorCode::InvalidInput, Why::Unsaid, Prompts::tr("The two passphrases differ.")});
    return first;
}

void LocalConsole::confirm(const QString& text, Callback<void> done)
{
    if (!m_terminal.isThere())
        done(fail(ErrorCode::ApprovalRequired));
    else if (m_terminal.confirm(text))
        done({});
    else
        done(fail(ErrorCode::Denied));
}

void LocalConsole::checkDestination(const Destination& destination, Callback<void> done)
{
    struct stat info = {};
    const QByteArray folder = QFile::encodeName(QFileInfo(destination.file).path());
    if (!destination.file.isEmpty() && ::lstat(QFile::encodeName(destination.file).constData(), &info) == 0)
        done(
            fail(Prompts::usage(Prompts::tr("This file is there already. A key goes only into a new one."))));
    else if (!destination.file.isEmpty() && ::access(folder.constData(), W_OK | X_OK) != 0)
        done(fail(Prompts::usage(
            Prompts::tr("No file can be made in the folder %1.").arg(QFile::decodeName(folder)))));
    else if (destination.file.isEmpty() && destination.secret && !isatty(STDOUT_FILENO))
        done(fail(
            Prompts::usage(Prompts::tr("A key goes only to a terminal or, with --to, into a new file."))));
    else
        done({});
}

void LocalConsole::deliver(const Destination& destination, SharedSecret content, Callback<void> done)
{
    const SecretBuffer line = SecretBuffer::concat({content->view(), bytesOf("\n"_ba)});
    if (destination.file.isEmpty()) {
        const bool allowed = !destination.secret || isatty(STDOUT_FILENO);
        const bool written = allowed && writeAll(STDOUT_FILENO, line.view());
        return written ? done({}) : done(fail(allowed ? ErrorCode::Disk : ErrorCode::Usage));
    }
    const QByteArray path = QFile::encodeName(destination.file);
    const int fd = ::open(path.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST ? done(fail(Prompts::usage(
                   Prompts::tr("This file is there already. A key goes only into a new one."))))
                               : done(fail(ErrorCode::Disk, destination.file));
    }
    const bool written = writeAll(fd, line.view()) && ::fsync(fd) == 0;
    ::close(fd);
    if (!written)
        ::unlink(path.constData());
    return written ? done({}) : done(fail(ErrorCode::Disk, destination.file));
}

} // namespace hatstand::app
