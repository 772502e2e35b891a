// SPDX-License-Identifier: MIT
#include "app/control/ControlServer.h"

#include "app/cli/Commands.h"
#include "app/cli/Report.h"
#include "app/control/Channel.h"
#include "app/control/Protocol.h"
#include "app/control/RemoteConsole.h"
#include "core/base/Log.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocalServer>
#include <QTimer>
#include <sys/stat.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace std::chrono_literals;

constexpr qsizetype kMostConnections = 64;
constexpr auto kTimeToAsk = 10s;

} // namespace

/// Hands over descriptors instead of QLocalSockets.
class ControlServer::Socket final : public QLocalServer
{
public:
    explicit Socket(ControlServer& server)
        : m_server(server)
    {
    }

protected:
    void incomingConnection(quintptr fd) override { m_server.accept(int(fd)); }

private:
    ControlServer& m_server;
};

ControlServer::ControlServer(const Services& services, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_socket(std::make_unique<Socket>(*this))
{
}

ControlServer::~ControlServer()
{
    // Calls under way keep their consoles; those find no connection any more.
    const QSet<Channel*> channels = std::exchange(m_channels, {});
    qDeleteAll(channels);
}

Result<void> ControlServer::listen(const QString& path)
{
    QLocalServer::removeServer(path);
    m_socket->setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_socket->listen(path))
        return fail(ErrorCode::Failed, m_socket->errorString() + QLatin1StringView(" ") + path);
    ::chmod(QFile::encodeName(path).constData(), 0600); // Qt also sets the x bit
    return {};
}

void ControlServer::accept(int fd)
{
    auto* channel = new Channel(fd, this);
    if (channel->peerUser() != ::geteuid() || m_channels.size() >= kMostConnections) {
        qCWarning(lcControl, "a connection is refused: another user's, or one too many");
        delete channel;
        return;
    }
    m_channels += channel;
    connect(channel, &Channel::closed, this, [this, channel] {
        m_channels.remove(channel);
        channel->deleteLater();
    });
    const auto first = std::make_shared<QMetaObject::Connection>();
    *first = connect(
        channel, &Channel::received, this, [this, channel, first](const std::shared_ptr<Frame>& frame) {
            disconnect(*first); // what follows are answers, for the console
            onRequest(channel, frame);
        });
    auto* late = new QTimer(channel);
    late->setSingleShot(true);
    connect(channel, &Channel::received, late, &QTimer::stop);
    connect(late, &QTimer::timeout, channel, &Channel::abort);
    late->start(kTimeToAsk);
}

void ControlServer::onRequest(Channel* channel, const std::shared_ptr<Frame>& frame)
{
    const auto object = frame->object();
    if (!object)
        return channel->abort();
    const auto console = std::make_shared<RemoteConsole>(channel);
    Request request = Request::fromJson(*object);
    if (request.command == protocol::kShowWindow) {
        const bool shown = m_showWindow && m_showWindow();
        const Result<void> result = shown
            ? Result<void>()
            : fail(ErrorCode::Busy,
                QCoreApplication::translate("ControlServer", "process %1, without a window").arg(::getpid()));
        return console->finish(report(result, request.json(), *console));
    }
    runCommand(
        m_services, std::move(request), console, [console](int exitCode) { console->finish(exitCode); });
}

} // namespace hatstand::app
