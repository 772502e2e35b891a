// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QPointer>
#include <QWebSocket>
#include <QWebSocketServer>

namespace hatstand::test {

/// A relay of one account on this machine (NIP-01): keeps the newest event of each kind, gives them out, and
/// takes new ones unless it is told to refuse.
class LocalRelay final : public QObject
{
public:
    LocalRelay()
        : m_server(QStringLiteral("relay"), QWebSocketServer::NonSecureMode)
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no port for a relay");
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
    void keep(const QByteArray& event)
    {
        const QJsonObject object = QJsonDocument::fromJson(event).object();
        m_events.insert(object[QStringLiteral("kind")].toInt(), object);
    }
    [[nodiscard]] QJsonObject newest(int kind) const { return m_events.value(kind); }

    /// Answers what was asked while it was slow.
    void wake()
    {
        isSlow = false;
        for (const auto& [peer, text] : std::exchange(m_waiting, {})) {
            if (peer)
                answer(*peer, text);
        }
    }

    bool isSlow = false; ///< takes every message, and answers none
    QString refusal; ///< not empty: what every new event is refused with
    int taken = 0;

private:
    void answer(QWebSocket& peer, const QString& text)
    {
        if (isSlow) {
            m_waiting.append({&peer, text});
            return;
        }
        const QJsonArray message = QJsonDocument::fromJson(text.toUtf8()).array();
        const QString type = message.at(0).toString();
        if (type == QStringLiteral("REQ")) {
            for (const QJsonObject& event : std::as_const(m_events))
                say(peer, {QStringLiteral("EVENT"), message.at(1), event});
            say(peer, {QStringLiteral("EOSE"), message.at(1)});
        } else if (type == QStringLiteral("EVENT")) {
            const QJsonObject event = message.at(1).toObject();
            const bool isTaken = refusal.isEmpty();
            if (isTaken) {
                m_events.insert(event[QStringLiteral("kind")].toInt(), event);
                ++taken;
            }
            say(peer, {QStringLiteral("OK"), event[QStringLiteral("id")], isTaken, refusal});
        }
    }
    static void say(QWebSocket& peer, const QJsonArray& message)
    {
        peer.sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
    }

    QWebSocketServer m_server;
    QMap<int, QJsonObject> m_events;
    QList<std::pair<QPointer<QWebSocket>, QString>> m_waiting;
};

} // namespace hatstand::test
