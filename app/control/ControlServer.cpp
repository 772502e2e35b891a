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

using namespace Qt::Literals::StringLiterals;

Error busyHere(const QString& more = {})
{
    return {.code = ErrorCode::Busy,
        .detail = QCoreApplication::translate("InstanceLock", "process %1").arg(::getpid()) + more};
}

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
    : ControlServer(services, Limits{}, parent)
{
}

ControlServer::ControlServer(const Services& services, Limits limits, QObject* parent)
    : ControlServer(
        [&services](const Request& request, std::shared_ptr<Console> console, std::function<void(int)> done) {
            runCommand(services, request, std::move(console), std::move(done));
        },
        limits, parent)
{
}

ControlServer::ControlServer(CarryOut carryOut, Limits limits, QObject* parent)
    : QObject(parent)
    , m_carryOut(std::move(carryOut))
    , m_limits(limits)
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
    if (!Channel::fits(path)) {
        const QString why = QCoreApplication::translate(
            "ControlServer", "the control socket's path is too long (%1 bytes); set XDG_RUNTIME_DIR.");
        return fail(ErrorCode::Failed, why.arg(QFile::encodeName(path).size()));
    }
    QLocalServer::removeServer(path);
    m_socket->setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_socket->listen(path))
        return fail(ErrorCode::Failed, m_socket->errorString() + QLatin1StringView(" ") + path);
    ::chmod(QFile::encodeName(path).constData(), 0600); // Qt also sets the x bit
    return {};
}

void ControlServer::accept(int fd)
{
    auto* channel = new Channel(fd, kFrameLimit, this);
    if (channel->peerUser() != ::geteuid()) {
        qCWarning(lcControl, "a connection is refused: another user's");
        delete channel;
        return;
    }
    if (m_channels.size() >= m_limits.connections)
        return turnAway(channel);
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
    late->start(m_limits.toAsk);
}

/// All places are taken. The answer fits into the socket, so nothing has to be waited for.
void ControlServer::turnAway(Channel* channel)
{
    qCWarning(lcControl, "a connection is refused: one too many");
    channel->send(Frame::json({{u"more"_s, false}, {u"exit"_s, exitCode(ErrorCode::Busy)},
        {u"error"_s, protocol::toJson(busyHere())}}));
    delete channel;
}

void ControlServer::onRequest(Channel* channel, const std::shared_ptr<Frame>& frame)
{
    const auto object = frame->object();
    if (!object)
        return channel->abort();
    channel->send(Frame::json({{u"more"_s, true}, {u"out"_s, QString()}})); // taken
    const auto console = std::make_shared<RemoteConsole>(channel, m_limits.toAnswer);
    // Once all was read that is there: a client that has given up meanwhile wants nothing done any more.
    QMetaObject::invokeMethod(
        channel,
        [this, channel, console, request = Request::fromJson(*object)] {
            if (channel->isOpen())
                carryOut(request, console);
        },
        Qt::QueuedConnection);
}

void ControlServer::carryOut(const Request& request, const std::shared_ptr<RemoteConsole>& console)
{
    Q_EMIT asked();
    const bool isWindow = request.command == protocol::kShowWindow;
    const auto& show = isWindow ? m_showWindow : m_showSwitcher;
    if (show && request.scope.isEmpty() && (isWindow || request.command == protocol::kShowSwitcher)) {
        const bool shown = show();
        const Result<void> result = shown
            ? Result<void>()
            : fail(busyHere(QCoreApplication::translate("ControlServer", ", without a window")));
        return console->finish(report(result, request.json(), *console));
    }
    m_carryOut(request, console, [console](int exitCode) { console->finish(exitCode); });
}

} // namespace hatstand::app
