// SPDX-License-Identifier: MIT
#include "core/relay/RelayConnection.h"

#include "core/net/Lookup.h"
#include "core/relay/RelayConnection_p.h"

#include <QSslError>
#include <QUrl>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace hatstand::relay {

namespace {

const QStringList kSchemes{u"wss"_s, u"ws"_s};
constexpr qint64 kAboveTheLimit = qint64{64} * 1024; // a frame's head, and the next message's begin

} // namespace

RelayConnection::Private::Private(RelayConnection* connection, const QString& url, RelayContext given)
    : q(connection)
    , context(std::move(given))
    , backoff(context.limits.firstWait, context.limits.longestWait, context.random)
    , rate(context.limits.messagesPerSecond)
{
    status.url = url;
    connecting.setSingleShot(true);
    retry.setSingleShot(true);
    alive.setSingleShot(true);
    QObject::connect(&alive, &QTimer::timeout, q, [this] { silent(); });
    QObject::connect(&connecting, &QTimer::timeout, q, [this] { lost(); });
    QObject::connect(&retry, &QTimer::timeout, q, [this] { tryNow(); });
    QObject::connect(&context.reachability, &net::Reachability::changed, q,
        [this](bool online) { reachabilityChanged(online); });
}

void RelayConnection::Private::tryNow()
{
    if (!wanted || socket)
        return;
    retry.stop();
    const quint64 mine = ++attempt;
    if (!isOnline()) {
        setState(RelayState::Offline);
        Q_EMIT q->failed();
        return;
    }
    connecting.start(context.limits.connecting);
    setState(RelayState::Connecting);
    net::checkReachable(
        context.policy, QUrl(status.url), kSchemes, q, [this, mine](const Result<void>& allowed) {
            if (mine != attempt || !wanted || socket)
                return;
            if (allowed) {
                openSocket();
                return;
            }
            if (allowed.error().code == ErrorCode::Network && allowed.error().why != Why::AddressRefused) {
                lost();
                return;
            }
            // Such an answer may be a hotel's: asked again, but not often.
            connecting.stop();
            if (allowed.error().code == ErrorCode::Network)
                retry.start(context.limits.longestWait);
            setState(RelayState::NotAllowed);
            Q_EMIT q->failed();
        });
}

void RelayConnection::Private::openSocket()
{
    const auto most = static_cast<quint64>(context.limits.followList);
    socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, q);
    socket->setProxy(context.policy.proxy(context.circuit));
    socket->setMaxAllowedIncomingMessageSize(most);
    socket->setMaxAllowedIncomingFrameSize(most);
    // A frame is read once the whole of it is there, so less than the limit would wait for ever.
    socket->setReadBufferSize(context.limits.followList + kAboveTheLimit);
    QObject::connect(socket, &QWebSocket::connected, q, [this] { connected(); });
    QObject::connect(
        socket, &QWebSocket::textMessageReceived, q, [this](const QString& text) { received(text); });
    QObject::connect(socket, &QWebSocket::binaryMessageReceived, q, [this] {
        heard();
        if (rate.take())
            refuse(Refusal::NotAMessage);
        else
            flood();
    });
    QObject::connect(socket, &QWebSocket::pong, q, [this] {
        const bool wasAsked = isPinged;
        heard();
        if (!wasAsked && !rate.take())
            flood();
    });
    QObject::connect(socket, &QWebSocket::sslErrors, q, [this](const QList<QSslError>& errors) {
        if (!errors.isEmpty())
            status.text = errors.first().errorString().simplified();
    });
    QObject::connect(socket, &QWebSocket::disconnected, q, [this] { socketEnded(); });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(socket, &QWebSocket::errorOccurred, q, [this] { socketEnded(); });
#else
    QObject::connect(socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), q,
        [this] { socketEnded(); });
#endif
    socket->open(QUrl(status.url));
    // Pings are answered unseen. Who sends many and reads no answer would have them pile up here.
    if (const auto* const wire = socket->findChild<QAbstractSocket*>()) {
        QObject::connect(wire, &QAbstractSocket::readyRead, q, [this] {
            if (socket && socket->bytesToWrite() > context.limits.followList + kAboveTheLimit)
                flood();
        });
    }
}

void RelayConnection::Private::connected()
{
    // The name may have been answered anew since it was checked.
    if (!context.policy.hasProxy()
        && !context.policy.check(QUrl(status.url).host(), {socket->peerAddress()})) {
        dropSocket();
        retry.start(context.limits.longestWait);
        setState(RelayState::NotAllowed);
        Q_EMIT q->failed();
        return;
    }
    connecting.stop();
    alive.start(context.limits.quiet);
    lasting.start();
    rate = RateLimit(context.limits.messagesPerSecond);
    sendWaiting();
    setState(RelayState::Connected);
}

void RelayConnection::Private::socketEnded()
{
    if (!socket)
        return;
    const auto code = socket->closeCode();
    if (code == QWebSocketProtocol::CloseCodeTooMuchData)
        ++status.refusals[Refusal::TooLarge];
    else if (code == QWebSocketProtocol::CloseCodeWrongDatatype)
        ++status.refusals[Refusal::NotAMessage];
    lost();
}

void RelayConnection::Private::heard()
{
    isPinged = false;
    alive.start(context.limits.quiet);
}

void RelayConnection::Private::silent()
{
    if (std::exchange(isPinged, true)) {
        lost();
        return;
    }
    socket->ping();
    alive.start(context.limits.pong);
}

void RelayConnection::Private::lost()
{
    // Whoever lets go again at once waits longer each time, whatever was said in between.
    if (lasting.isValid() && std::chrono::milliseconds(lasting.elapsed()) >= context.limits.quiet)
        backoff.reset();
    dropSocket();
    if (!wanted)
        return;
    const bool online = isOnline();
    if (online)
        retry.start(backoff.next());
    setState(online ? RelayState::Waiting : RelayState::Offline);
    endPublications(false);
    Q_EMIT q->failed();
}

void RelayConnection::Private::dropSocket()
{
    ++attempt;
    connecting.stop();
    alive.stop();
    lasting.invalidate();
    isPinged = false;
    if (socket) {
        // Also from within its own signals, and nothing that it still has is read.
        socket->disconnect(q);
        socket->abort();
        socket->deleteLater();
        socket = nullptr;
    }
    status.isAuthenticated = false;
    authId.clear();
    challenge.clear();
    challenges = 0;
    isAuthDeclined = false;
    ended.clear();
    for (auto& [id, subscription] : subscriptions)
        subscription = {.filter = subscription.filter};
}

/// The system tells whether there is a way to the internet; a host that the person named may be nearer.
bool RelayConnection::Private::isOnline() const
{
    return context.reachability.isOnline() || context.policy.isNamed(QUrl(status.url).host());
}

void RelayConnection::Private::reachabilityChanged(bool online)
{
    if (!wanted)
        return;
    if (!isOnline()) {
        retry.stop();
        lost();
    } else if (online && (status.state == RelayState::Offline || status.state == RelayState::Waiting)) {
        tryNow();
    }
}

void RelayConnection::Private::setState(RelayState state)
{
    status.state = state;
    Q_EMIT q->statusChanged();
}

void RelayConnection::Private::send(const QByteArray& utf8)
{
    socket->sendTextMessage(QString::fromUtf8(utf8));
}

RelayConnection::RelayConnection(const QString& url, RelayContext context, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, url, std::move(context)))
{
}

RelayConnection::~RelayConnection()
{
    d->wanted = false;
    d->dropSocket();
}

QString RelayConnection::url() const
{
    return d->status.url;
}

const RelayStatus& RelayConnection::status() const
{
    return d->status;
}

void RelayConnection::open()
{
    const bool waits = d->status.state == RelayState::NotAllowed || d->status.state == RelayState::Waiting
        || d->status.state == RelayState::Offline;
    if (d->wanted && !waits)
        return;
    d->wanted = true;
    d->tryNow();
}

void RelayConnection::close()
{
    d->wanted = false;
    d->retry.stop();
    d->subscriptions.clear();
    if (d->socket && d->status.state == RelayState::Connected)
        d->socket->close();
    d->dropSocket();
    d->backoff.reset();
    d->setState(RelayState::Idle);
    d->endPublications(true);
}

} // namespace hatstand::relay
