// SPDX-License-Identifier: MIT
#pragma once

#include "core/relay/Pace.h"
#include "core/relay/RelayConnection.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>
#include <QWebSocket>
#include <map>

namespace hatstand::relay {

class RelayConnection::Private
{
public:
    struct Subscription
    {
        nostr::Filter filter;
        bool asked = false; ///< on this connection
        bool ended = false; ///< its stored events
        bool waitsForAuth = false;
        bool askedWithAuth = false;
        int events = 0;
    };
    struct Publication
    {
        QByteArray json;
        bool sent = false;
        bool waitsForAuth = false;
        bool sentWithAuth = false;
        std::unique_ptr<QTimer> timer = {};
    };

    Private(RelayConnection* connection, const QString& url, RelayContext given);

    // The connection itself: RelayConnection.cpp
    void tryNow();
    void openSocket();
    void connected();
    void socketEnded();
    void lost();
    void dropSocket();
    [[nodiscard]] bool isOnline() const;
    void reachabilityChanged(bool online);
    void setState(RelayState state);
    void send(const QByteArray& utf8);
    void heard();
    void silent();

    // What comes in: RelayIntake.cpp
    void received(const QString& text);
    void refuse(Refusal refusal);
    void take(const nostr::RelayMessage& message);
    void takeEvent(const QByteArray& subscription, const nostr::WireEvent& event);
    void takeOk(const nostr::RelayMessage& message);
    void takeClosed(const nostr::RelayMessage& message);
    void takeChallenge(const QString& challenge);
    void flood();

    // What is asked for: RelayRequests.cpp
    void sendWaiting();
    void authAnswered(bool accepted, const QString& text);
    void endPublication(const QString& id, Verdict verdict, const QString& text);
    void endPublications(bool alsoUnsent);

    using Verdict = RelayConnection::Verdict;
    RelayConnection* const q;
    const RelayContext context;
    RelayStatus status;
    QWebSocket* socket = nullptr;
    QTimer connecting;
    QTimer retry;
    QTimer alive; ///< since it was last heard of
    bool isPinged = false;
    QElapsedTimer lasting; ///< since it was connected
    Backoff backoff;
    RateLimit rate;
    quint64 attempt = 0; ///< tells the answer to a look-up that is not waited for any more
    bool wanted = false;
    QString challenge; ///< the last one
    int challenges = 0; ///< on this connection
    bool isAuthDeclined = false; ///< on this connection
    QString authId; ///< of the event that was sent as an answer to a challenge
    std::map<QByteArray, Subscription> subscriptions;
    QSet<QByteArray> ended; ///< on this connection, by us: what still comes for them is no offence
    std::map<QString, Publication> publications;
};

} // namespace hatstand::relay
