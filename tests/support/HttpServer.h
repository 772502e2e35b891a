// SPDX-License-Identifier: MIT
#pragma once

#include <QMap>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace hatstand::test {

/// Answers by the path that is asked for, and keeps what it was asked. A path that it does not know is never
/// answered.
class HttpServer : public QTcpServer
{
public:
    explicit HttpServer(const QHostAddress& address = QHostAddress::LocalHost)
    {
        listen(address);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* socket = nextPendingConnection();
            socket->setParent(this);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                const QByteArray request = socket->peek(65536);
                if (!request.contains("\r\n\r\n"))
                    return;
                socket->readAll();
                requests += request;
                const QByteArray path = request.split(' ').value(1);
                if (!answers.contains(path))
                    return;
                socket->write(answers.value(path));
                socket->disconnectFromHost();
            });
            connect(socket, &QTcpSocket::disconnected, this, [this] { ++disconnects; });
        });
    }
    [[nodiscard]] QUrl url(const QString& path, const QString& host = QStringLiteral("127.0.0.1")) const
    {
        return QUrl(QStringLiteral("http://%1:%2%3").arg(host).arg(serverPort()).arg(path));
    }

    QMap<QByteArray, QByteArray> answers;
    QByteArrayList requests;
    int disconnects = 0;
};

inline QByteArray ok(
    const QByteArray& body, const QByteArray& type = "text/plain", const QByteArray& more = {})
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + more + "\r\n" + body;
}

} // namespace hatstand::test
