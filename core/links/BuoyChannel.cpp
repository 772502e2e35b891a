// SPDX-License-Identifier: MIT
#include "core/links/BuoyChannel.h"

#include "core/net/Lookup.h"
#include "core/relay/Pace.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QUrlQuery>
#include <QWebSocket>
#include <utility>

namespace hatstand::links {
namespace {

using namespace Qt::Literals::StringLiterals;

const QStringList kSchemes{u"wss"_s, u"ws"_s};
constexpr qint64 kAboveTheLimit = qint64{16} * 1024; // a frame's head, and the next message's begin

// Version 2: a message begins with BB 1 and a number, and is acknowledged by BB 2 and that number.
const QByteArray kDelivery = "BB\x01"_ba;
const QByteArray kAcknowledgement = "BB\x02"_ba;
constexpr qsizetype kHead = 4;

QUrl socketUrl(const QString& channel)
{
    QUrl url(channel);
    url.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    QUrlQuery query(url);
    query.addQueryItem(u"v"_s, u"2"_s);
    url.setQuery(query);
    return url;
}

} // namespace

class BuoyChannel::Private
{
public:
    Private(BuoyChannel* channel, const QString& address, BuoyContext given)
        : q(channel)
        , url(socketUrl(address))
        , context(std::move(given))
        , backoff(context.limits.firstWait, context.limits.longestWait, context.random)
        , rate(context.limits.messagesPerSecond)
    {
        for (QTimer* timer : {&connecting, &retry, &alive})
            timer->setSingleShot(true);
        QObject::connect(&connecting, &QTimer::timeout, q, [this] { lost(); });
        QObject::connect(&retry, &QTimer::timeout, q, [this] { tryNow(); });
        QObject::connect(&alive, &QTimer::timeout, q, [this] { silent(); });
        QObject::connect(&context.reachability, &net::Reachability::changed, q, [this] {
            if (wanted && !isOnline())
                lost();
            else if (!socket)
                tryNow();
        });
    }

    void tryNow();
    void openSocket();
    void connected();
    void took(const QByteArray& message);
    void heard();
    void silent();
    void lost();
    void flood();
    void dropSocket();
    void setConnected(bool is);
    /// A host that the person named may be nearer than the internet.
    [[nodiscard]] bool isOnline() const
    {
        return context.reachability.isOnline() || context.policy.isNamed(url.host());
    }

    BuoyChannel* q;
    QUrl url;
    BuoyContext context;
    relay::Backoff backoff;
    relay::RateLimit rate;
    QWebSocket* socket = nullptr;
    QTimer connecting;
    QTimer retry;
    QTimer alive;
    QElapsedTimer lasting;
    quint64 attempt = 0;
    bool wanted = false;
    bool isPinged = false;
    bool isConnected = false;
};

void BuoyChannel::Private::tryNow()
{
    if (!wanted || socket || !isOnline())
        return;
    retry.stop();
    const quint64 mine = ++attempt;
    connecting.start(context.limits.connecting);
    net::checkReachable(context.policy, url, kSchemes, q, [this, mine](const Result<void>& allowed) {
        if (mine != attempt || !wanted || socket)
            return;
        if (allowed)
            return openSocket();
        if (allowed.error().why == Why::AddressRefused) // may be a hotel's answer: asked again, but not often
            backoff.toLongest();
        lost();
    });
}

void BuoyChannel::Private::openSocket()
{
    const auto most = static_cast<quint64>(context.limits.message);
    socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, q);
    socket->setProxy(context.policy.proxy(context.circuit));
    socket->setMaxAllowedIncomingMessageSize(most);
    socket->setMaxAllowedIncomingFrameSize(most);
    socket->setReadBufferSize(context.limits.message + kAboveTheLimit);
    QObject::connect(socket, &QWebSocket::connected, q, [this] { connected(); });
    QObject::connect(
        socket, &QWebSocket::binaryMessageReceived, q, [this](const QByteArray& message) { took(message); });
    QObject::connect(socket, &QWebSocket::textMessageReceived, q,
        [this](const QString& message) { took(message.toUtf8()); });
    QObject::connect(socket, &QWebSocket::pong, q, [this] {
        const bool wasAsked = isPinged;
        heard();
        if (!wasAsked && !rate.take())
            flood();
    });
    QObject::connect(socket, &QWebSocket::disconnected, q, [this] { lost(); });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(socket, &QWebSocket::errorOccurred, q, [this] { lost(); });
#else
    QObject::connect(
        socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), q, [this] { lost(); });
#endif
    socket->open(url);
    if (!socket) // it failed at once
        return;
    // Pings are answered unseen. Who sends many and reads no answer would have them pile up here.
    if (const auto* const wire = socket->findChild<QAbstractSocket*>()) {
        QObject::connect(wire, &QAbstractSocket::readyRead, q, [this] {
            if (socket && socket->bytesToWrite() > context.limits.message + kAboveTheLimit)
                flood();
        });
    }
}

void BuoyChannel::Private::connected()
{
    // The name may have been answered anew since it was checked.
    if (!context.policy.hasProxy() && !context.policy.check(url.host(), {socket->peerAddress()})) {
        backoff.toLongest();
        return lost();
    }
    connecting.stop();
    alive.start(context.limits.quiet);
    lasting.start();
    setConnected(true);
}

void BuoyChannel::Private::took(const QByteArray& message)
{
    heard();
    if (!rate.take())
        return flood();
    if (!message.startsWith(kDelivery) || message.size() < kHead) {
        Q_EMIT q->received(message);
        return;
    }
    socket->sendBinaryMessage(kAcknowledgement + message.at(kHead - 1));
    if (socket) // it may have been lost with that
        socket->flush(); // whoever is given it may have no more use for the channel
    Q_EMIT q->received(message.sliced(kHead));
}

void BuoyChannel::Private::heard()
{
    isPinged = false;
    alive.start(context.limits.quiet);
}

void BuoyChannel::Private::silent()
{
    if (std::exchange(isPinged, true))
        return lost();
    socket->ping();
    alive.start(context.limits.pong);
}

void BuoyChannel::Private::flood()
{
    backoff.toLongest();
    lasting.invalidate();
    lost();
}

void BuoyChannel::Private::lost()
{
    // A service lets go by itself now and then; one that does so at once is waited for longer each time.
    if (lasting.isValid() && std::chrono::milliseconds(lasting.elapsed()) >= context.limits.quiet)
        backoff.reset();
    dropSocket();
    if (wanted && isOnline())
        retry.start(backoff.next());
    setConnected(false);
}

void BuoyChannel::Private::dropSocket()
{
    ++attempt;
    connecting.stop();
    retry.stop();
    alive.stop();
    lasting.invalidate();
    isPinged = false;
    if (!socket)
        return;
    socket->disconnect(q); // also from within its own signals, and nothing that it still has is read
    socket->abort();
    socket->deleteLater();
    socket = nullptr;
}

void BuoyChannel::Private::setConnected(bool is)
{
    if (std::exchange(isConnected, is) != is)
        Q_EMIT q->connectedChanged(is);
}

BuoyChannel::BuoyChannel(const QString& url, BuoyContext context, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, url, std::move(context)))
{
}

BuoyChannel::~BuoyChannel()
{
    d->wanted = false;
    d->dropSocket();
}

void BuoyChannel::open()
{
    if (std::exchange(d->wanted, true))
        return;
    d->tryNow();
}

void BuoyChannel::close()
{
    d->wanted = false;
    d->dropSocket();
    d->backoff.reset();
    d->setConnected(false);
}

bool BuoyChannel::isConnected() const
{
    return d->isConnected;
}

} // namespace hatstand::links
