// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QWebSocket>
#include <QWebSocketServer>

namespace hatstand::test {

/// A relay that has nothing and does with events as it is told: takes them, refuses them, or never answers.
class RelayStandIn : public QObject
{
public:
    enum class Mood { Takes, Refuses, IsSilent };
    explicit RelayStandIn(Mood given = Mood::Takes)
        : mood(given)
        , m_server(QStringLiteral("relay"), QWebSocketServer::NonSecureMode)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
            QWebSocket* peer = m_server.nextPendingConnection();
            peer->setParent(this);
            connect(peer, &QWebSocket::textMessageReceived, this,
                [this, peer](const QString& text) { answer(*peer, text); });
        });
    }
    [[nodiscard]] QString url() const
    {
        return QStringLiteral("ws://127.0.0.1:%1").arg(m_server.serverPort());
    }
    [[nodiscard]] QList<int> kinds() const
    {
        QList<int> kinds;
        for (const QJsonObject& event : events)
            kinds += event.value(QStringLiteral("kind")).toInt();
        return kinds;
    }

    Mood mood;
    QList<QJsonObject> events; ///< that it was given, whatever it said

private:
    void answer(QWebSocket& peer, const QString& text)
    {
        const QJsonArray message = QJsonDocument::fromJson(text.toUtf8()).array();
        const QString what = message.at(0).toString();
        if (what == QStringLiteral("REQ"))
            say(peer, {QStringLiteral("EOSE"), message.at(1)});
        if (what != QStringLiteral("EVENT"))
            return;
        const QJsonObject event = message.at(1).toObject();
        events += event;
        const bool isTaken = mood == Mood::Takes;
        if (mood != Mood::IsSilent)
            say(peer,
                {QStringLiteral("OK"), event.value(QStringLiteral("id")), isTaken,
                    isTaken ? QString() : QStringLiteral("blocked: members only")});
    }
    static void say(QWebSocket& peer, const QJsonArray& message)
    {
        peer.sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
    }

    QWebSocketServer m_server;
};

} // namespace hatstand::test
