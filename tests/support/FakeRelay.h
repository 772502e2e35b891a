// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QWebSocket>
#include <QWebSocketServer>
#include <functional>

namespace hatstand::test {

/// A relay in the test's own process (NIP-01, NIP-42), on 127.0.0.1, that can be told to misbehave.
class FakeRelay : public QObject
{
public:
    /// What a peer said, and who it was: the number of its connection, from 0.
    struct Said
    {
        int peer = 0;
        QJsonArray message;
    };

    FakeRelay() { start(); }
    ~FakeRelay() override { stop(); }

    [[nodiscard]] QString url() const { return QStringLiteral("ws://127.0.0.1:%1").arg(m_port); }
    void start() ///< on the port that it had
    {
        m_server = std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode);
        if (!m_server->listen(QHostAddress::LocalHost, m_port))
            qFatal("the relay does not listen");
        m_port = m_server->serverPort();
        connect(m_server.get(), &QWebSocketServer::newConnection, this, [this] { admit(); });
    }
    void stop() ///< as a relay that dies: without a word
    {
        m_server.reset();
        drop();
    }
    void drop()
    {
        for (QWebSocket* peer : m_peers) {
            if (peer) {
                peer->disconnect(this);
                peer->abort();
                peer->deleteLater();
            }
        }
        std::fill(m_peers.begin(), m_peers.end(), nullptr);
    }

    /// Keeps a signed event, for whoever asks for its author and kind, and tells those who follow.
    void hold(const QByteArray& event)
    {
        m_events += event;
        for (const Follower& follower : std::as_const(m_followers)) {
            if (matches(follower.filter, event))
                say(follower.peer, "[\"EVENT\"," + quoted(follower.subscription) + ',' + event + ']');
        }
    }
    void say(int peer, const QByteArray& text) const
    {
        if (QWebSocket* socket = m_peers.value(peer))
            socket->sendTextMessage(QString::fromUtf8(text));
    }
    void sayToAll(const QByteArray& text) const
    {
        for (int peer = 0; peer < m_peers.size(); ++peer)
            say(peer, text);
    }

    [[nodiscard]] int connections() const { return int(m_peers.size()); } ///< ever
    [[nodiscard]] qsizetype followers() const { return m_followers.size(); } ///< open subscriptions
    [[nodiscard]] qsizetype count(QLatin1StringView type) const
    {
        return std::count_if(got.cbegin(), got.cend(),
            [&](const Said& said) { return said.message.at(0).toString() == type; });
    }
    [[nodiscard]] QList<QByteArray> events() const { return m_events; }

    QList<Said> got;
    bool endsStored = true; ///< says EOSE
    bool takes = true; ///< what is published
    QByteArray refusal = "blocked: not here"; ///< its words where it does not
    bool answers = true; ///< says OK
    bool echoesFirst = false; ///< sends what is published to its followers before the OK
    /// Called before a REQ is answered; true: and that was the answer.
    std::function<bool(int peer, const QByteArray& subscription)> onRequest;
    /// Called for each message of a type that is not REQ, CLOSE or EVENT.
    std::function<void(const Said& said)> onOther;

private:
    struct Follower
    {
        int peer;
        QByteArray subscription;
        QJsonObject filter;
    };
    static QByteArray quoted(const QByteArray& text) { return '"' + text + '"'; }
    static bool matches(const QJsonObject& filter, const QByteArray& event)
    {
        const QJsonObject object = QJsonDocument::fromJson(event).object();
        return filter[QStringLiteral("authors")].toArray().contains(object[QStringLiteral("pubkey")])
            && filter[QStringLiteral("kinds")].toArray().contains(object[QStringLiteral("kind")]);
    }
    void admit()
    {
        QWebSocket* socket = m_server->nextPendingConnection();
        socket->setParent(this);
        const int peer = connections();
        m_peers += socket;
        connect(socket, &QWebSocket::textMessageReceived, this, [this, peer](const QString& text) {
            take({peer, QJsonDocument::fromJson(text.toUtf8()).array()}, text.toUtf8());
        });
        connect(socket, &QWebSocket::disconnected, this, [this, peer] {
            m_followers.removeIf([&](const Follower& follower) { return follower.peer == peer; });
        });
    }
    void take(const Said& said, const QByteArray& text)
    {
        got += said;
        const QString type = said.message.at(0).toString();
        const QByteArray subscription = said.message.at(1).toString().toUtf8();
        if (type == QLatin1StringView("REQ"))
            request(said.peer, subscription, said.message.at(2).toObject());
        else if (type == QLatin1StringView("CLOSE"))
            m_followers.removeIf([&](const Follower& follower) {
                return follower.peer == said.peer && follower.subscription == subscription;
            });
        else if (type == QLatin1StringView("EVENT"))
            publish(said.peer, text.sliced(9, text.size() - 10), said.message.at(1).toObject());
        else if (onOther)
            onOther(said);
    }
    void request(int peer, const QByteArray& subscription, const QJsonObject& filter)
    {
        if (onRequest && onRequest(peer, subscription))
            return;
        m_followers += Follower{peer, subscription, filter};
        for (const QByteArray& event : std::as_const(m_events)) {
            if (matches(filter, event))
                say(peer, "[\"EVENT\"," + quoted(subscription) + ',' + event + ']');
        }
        if (endsStored)
            say(peer, "[\"EOSE\"," + quoted(subscription) + ']');
    }
    void publish(int peer, const QByteArray& event, const QJsonObject& object)
    {
        const QByteArray id = object[QStringLiteral("id")].toString().toLatin1();
        if (takes && echoesFirst)
            hold(event);
        if (answers)
            say(peer, "[\"OK\"," + quoted(id) + (takes ? ",true,\"\"]" : ",false,\"" + refusal + "\"]"));
        if (takes && !echoesFirst)
            hold(event);
    }

    std::unique_ptr<QWebSocketServer> m_server;
    quint16 m_port = 0;
    QList<QWebSocket*> m_peers; ///< by their numbers; null once dropped
    QList<Follower> m_followers;
    QList<QByteArray> m_events;
};

} // namespace hatstand::test
