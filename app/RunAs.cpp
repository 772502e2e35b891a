// SPDX-License-Identifier: MIT
#include "app/ChildProgram.h"
#include "app/Dispatcher.h"
#include "app/Launch.h"
#include "app/cli/Report.h"
#include "app/cli/SilentConsole.h"
#include "app/control/ControlClient.h"
#include "app/control/ControlServer.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <csignal>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr auto kVariable = "HATSTAND_SOCKET";
const QString kFolders = u"as-"_s; // then the pid, a dash, and what makes it unique

/// Takes what a command says, and has nobody to ask.
class Overheard final : public SilentConsole
{
public:
    void out(const QByteArray& text) override { m_out += text; }
    void err(const QByteArray& text) override { m_err += text; }
    void readInput(Callback<SharedSecret> done) override { done(fail(ErrorCode::ApprovalRequired)); }

    [[nodiscard]] const QByteArray& output() const { return m_out; }
    [[nodiscard]] const QByteArray& errors() const { return m_err; }

private:
    QByteArray m_out;
    QByteArray m_err;
};

/// A folder of this process alone for its socket, gone with it.
class PrivateFolder
{
public:
    explicit PrivateFolder(const QString& parent)
    {
        QByteArray path
            = QFile::encodeName(parent + u'/' + kFolders + QString::number(::getpid()) + "-XXXXXX"_L1);
        if (::mkdtemp(path.data())) // 0700
            m_path = QFile::decodeName(path);
    }
    ~PrivateFolder()
    {
        if (!m_path.isEmpty())
            remove(m_path);
    }
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    [[nodiscard]] bool isThere() const { return !m_path.isEmpty(); }
    [[nodiscard]] QString socket() const { return socketIn(m_path); }

    /// Those of processes that were killed.
    static void sweep(const QString& parent)
    {
        for (const QString& name : QDir(parent).entryList({kFolders + u'*'}, QDir::Dirs | QDir::NoSymLinks)) {
            const pid_t pid = name.section(u'-', 1, 1).toInt();
            const QString path = parent + u'/' + name;
            if (pid <= 0 || ::kill(pid, 0) == 0 || errno != ESRCH)
                continue;
            // A process of another pid namespace may serve it all the same.
            if (const int fd = Channel::connectTo(socketIn(path)); fd >= 0)
                ::close(fd);
            else
                remove(path);
        }
    }

private:
    static QString socketIn(const QString& folder) { return folder + "/sock"_L1; }
    static void remove(const QString& folder)
    {
        ::unlink(QFile::encodeName(socketIn(folder)).constData());
        ::rmdir(QFile::encodeName(folder).constData());
    }
    QString m_path;
};

/// From the session's name to the end of the program that runs as it.
class RunAs final : public QObject
{
public:
    RunAs(const Options& options, LocalConsole& console, const Before& before)
        : m_program(before)
        , m_options(options)
        , m_console(console)
    {
        connect(&m_program, &ChildProgram::ended, qApp, &QCoreApplication::exit, Qt::QueuedConnection);
    }

    Result<void> open()
    {
        if (!m_options.socket.isEmpty())
            return {};
        const auto profile = openProfile(m_options.home, m_options.relocation);
        if (!profile)
            return fail(profile.error());
        m_folders = QFileInfo(profile->socketPath).path();
        m_dispatcher = std::make_unique<Dispatcher>(*profile);
        return {};
    }

    void begin()
    {
        const auto heard = std::make_shared<Overheard>();
        Request who{.command = u"show"_s};
        who.options.insert(u"json"_s, {});
        who.arguments = QStringList{m_options.request.value(u"as"_s)};
        who.canAsk = false;
        const auto known = [this, heard](int code) {
            if (code == 0)
                return launch(QJsonDocument::fromJson(heard->output()).object().value("id"_L1).toString());
            if (m_options.request.json())
                m_console.out(heard->output());
            m_console.err(heard->errors());
            QCoreApplication::exit(code);
        };
        if (m_dispatcher)
            return m_dispatcher->run(who, heard, known);
        // Under another `hatstand run`: its one account is the only one there is, and it goes on serving it.
        const auto fd = connectToScope(m_options.socket);
        if (!fd)
            return fails(fail(fd.error()));
        m_outer = std::make_unique<ControlClient>(std::make_unique<Channel>(*fd), *heard);
        m_outer->run(who, known);
    }

private:
    void launch(const QString& id)
    {
        QString socket = m_options.socket;
        if (m_dispatcher) {
            if (const auto served = serve(id); !served)
                return fails(served);
            socket = m_folder->socket();
        }
        m_program.start(m_options.request.arguments, kVariable, QFile::encodeName(socket));
    }

    Result<void> serve(const QString& id)
    {
        PrivateFolder::sweep(m_folders);
        m_folder = std::make_unique<PrivateFolder>(m_folders);
        if (!m_folder->isThere())
            return fail(ErrorCode::Disk, m_folders);
        m_server = std::make_unique<ControlServer>(
            [this, id](Request request, std::shared_ptr<Console> console, std::function<void(int)> done) {
                request.scope = id; // whatever it says itself
                m_dispatcher->run(request, std::move(console), std::move(done));
            },
            ControlServer::Limits{});
        return m_server->listen(m_folder->socket());
    }

    void fails(const Result<void>& result)
    {
        QCoreApplication::exit(report(result, m_options.request.json(), m_console));
    }

    ChildProgram m_program; // goes last: a signal does not end us before the folder is gone
    const Options& m_options;
    LocalConsole& m_console;
    QString m_folders;
    std::unique_ptr<Dispatcher> m_dispatcher; ///< none under another `hatstand run`
    std::unique_ptr<ControlClient> m_outer;
    std::unique_ptr<PrivateFolder> m_folder; // outlives the server, which unlinks its socket
    std::unique_ptr<ControlServer> m_server;
};

} // namespace

int runAs(const Options& options, LocalConsole& console, const Before& before, int& argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    RunAs run(options, console, before);
    if (const auto opened = run.open(); !opened)
        return report(opened, options.request.json(), console);
    QMetaObject::invokeMethod(
        &run, [&run] { run.begin(); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace hatstand::app
