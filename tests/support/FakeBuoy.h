// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/Reachability.h"

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>
#include <algorithm>

namespace hatstand::test {

/// Always there, and never tells.
class Online final : public net::Reachability
{
public:
    [[nodiscard]] bool isOnline() const override { return true; }
};

/// A forwarder of version 2 in the test's own process: what is posted to a channel comes out of the
/// websockets that are open there, or waits for one.
class FakeBuoy : public QObject
{
public:
    struct Message
    {
        QString channel;
        QByteArray body;
    };

    FakeBuoy()
        : m_sockets(QString(), QWebSocketServer::NonSecureMode)
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("the buoy does not listen");
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = m_server.nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        connect(&m_sockets, &QWebSocketServer::newConnection, this, [this] { admit(); });
    }

    [[nodiscard]] QString url() const
    {
        return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort());
    }
    [[nodiscard]] qsizetype listeners(const QString& channel) const
    {
        return std::count_if(m_listeners.cbegin(), m_listeners.cend(),
            [&](const auto& listener) { return listener.second && listener.first == channel; });
    }
    /// As if somebody had posted it.
    void deliver(const QString& channel, const QByteArray& body)
    {
        bool isOut = false;
        for (const auto& [name, socket] : std::as_const(m_listeners)) {
            if (name == channel && socket) {
                socket->sendBinaryMessage("BB\x01" + QByteArray(1, char(++m_number)) + body);
                isOut = true;
            }
        }
        if (!isOut)
            m_waiting.append({channel, body});
    }
    /// The bodies that were posted to a channel.
    [[nodiscard]] QList<QByteArray> posted(const QString& channel) const
    {
        QList<QByteArray> bodies;
        for (const Message& message : posts) {
            if (message.channel == channel)
                bodies += message.body;
        }
        return bodies;
    }

    QList<Message> posts;
    QByteArrayList acknowledged;

private:
    void read(QTcpSocket* socket)
    {
        const QByteArray request = socket->peek(qint64{1} << 20);
        const qsizetype head = request.indexOf("\r\n\r\n");
        if (head < 0)
            return;
        const QByteArray fields = request.left(head).toLower();
        if (fields.contains("upgrade: websocket")) {
            socket->disconnect(this);
            m_sockets.handleConnection(socket);
            Q_EMIT socket->readyRead(); // what came already is the handshake
            return;
        }
        const qsizetype at = fields.indexOf("content-length:");
        const qsizetype size
            = at < 0 ? 0 : fields.mid(at + 15, fields.indexOf('\r', at) - at - 15).trimmed().toLongLong();
        if (request.size() < head + 4 + size)
            return;
        socket->readAll();
        const QString channel = QString::fromLatin1(request.split(' ').value(1)).mid(1);
        posts.append({channel, request.mid(head + 4, size)});
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Buoy-Delivery: buffered\r\n\r\nOk");
        socket->disconnectFromHost();
        deliver(channel, posts.constLast().body);
    }
    void admit()
    {
        QWebSocket* socket = m_sockets.nextPendingConnection();
        socket->setParent(this);
        const QString channel = socket->requestUrl().path().mid(1);
        m_listeners.append({channel, socket});
        connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray& message) { acknowledged += message; });
        const QList<Message> waiting = std::exchange(m_waiting, {});
        for (const Message& message : waiting)
            deliver(message.channel, message.body);
    }

    QTcpServer m_server;
    QWebSocketServer m_sockets;
    QList<QPair<QString, QPointer<QWebSocket>>> m_listeners;
    QList<Message> m_waiting;
    quint8 m_number = 0;
};

} // namespace hatstand::test
