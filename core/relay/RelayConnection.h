// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/net/NetPolicy.h"
#include "core/net/Reachability.h"
#include "core/nostr/RelayMessage.h"
#include "core/relay/RelayStatus.h"

#include <QObject>
#include <chrono>
#include <memory>

namespace hatstand::relay {

struct RelayLimits
{
    qsizetype message = qsizetype{1024} * 1024; ///< bytes of UTF-8
    qsizetype followList = qsizetype{4} * 1024 * 1024; ///< of a message with an event of kind 3
    int messagesPerSecond
        = 200; ///< over more than 2 s it is taken for a flood: the connection ends, with the longest wait
    int eventsPerSubscription = 100; ///< before its end of stored events
    int subscriptions = 10;
    std::chrono::milliseconds connecting = std::chrono::seconds(10);
    std::chrono::milliseconds firstWait = std::chrono::seconds(1); ///< doubles, with jitter of ±50 %
    std::chrono::milliseconds longestWait = std::chrono::minutes(5);
    std::chrono::milliseconds quiet = std::chrono::seconds(30); ///< without a word from it: then it is pinged
    std::chrono::milliseconds pong = std::chrono::seconds(10); ///< for the answer: then the link is dead
    int challenges = 3; ///< on one connection
    std::chrono::milliseconds answer = std::chrono::seconds(10); ///< to what is published
};

/// What one connection is made with; all of it outlives it. circuit: one account's.
struct RelayContext
{
    net::NetPolicy policy;
    net::Reachability& reachability;
    const Clock& clock;
    Random& random;
    QString circuit;
    RelayLimits limits = {};
};

/// One WebSocket to one relay, for one account alone (NIP-01, NIP-42). Connects when it is told to, tries
/// again with a growing, jittered wait and subscribes anew until closed. A relay that has gone without a word
/// is noticed by a ping that it does not answer. Everything that comes is hostile until it is checked: an
/// event reaches eventReceived() only with its id recomputed, its signature verified, of the author and a
/// kind that its subscription asks for, and not from the future. TLS errors are never ignored. All of it on
/// one thread's event loop.
class RelayConnection final : public QObject
{
    Q_OBJECT
public:
    /// Of a relay about what is published.
    enum class Verdict { Accepted, Refused, NoAnswer };
    Q_ENUM(Verdict)

    /// url: normalised (nostr::normaliseRelay).
    RelayConnection(const QString& url, RelayContext context, QObject* parent = nullptr);
    ~RelayConnection() override;

    [[nodiscard]] QString url() const;
    [[nodiscard]] const RelayStatus& status() const;
    void open(); ///< at once, also where it waits for its next try
    void close(); ///< for good, unless it is opened again; forgets subscriptions
    /// Asks now, or once connected, and again after each reconnect, until it is ended. Also after a CLOSED
    /// with "auth-required:" once authenticated.
    void subscribe(const QByteArray& id, const nostr::Filter& filter);
    void unsubscribe(const QByteArray& id);
    /// Sends now or once connected; answered by published(), also in time without an answer or with the
    /// end of the connection; once more by itself after "auth-required:".
    void publish(const QByteArray& signedEvent);
    /// The signed answer to challenged().
    void authenticate(const QByteArray& signedEvent);
    /// Nobody will: what waits for it on this connection ends as if the relay had refused it.
    void declineAuthentication();
    [[nodiscard]] bool hasDeclined() const; ///< on this connection

Q_SIGNALS:
    void eventReceived(const QByteArray& subscription, const hatstand::nostr::WireEvent& event);
    void endOfStored(const QByteArray& subscription);
    void subscriptionClosed(const QByteArray& subscription, const QString& reason); ///< by the relay
    /// text: the relay's own.
    void published(
        const QString& eventId, hatstand::relay::RelayConnection::Verdict verdict, const QString& text);
    void challenged(const QString& challenge); ///< once for each challenge of a connection
    void statusChanged();
    /// A try to connect has ended without a connection, or it was lost.
    void failed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::relay
