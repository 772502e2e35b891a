// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/links/Channels.h"
#include "core/net/Reachability.h"

#include <QObject>
#include <chrono>
#include <memory>

namespace hatstand::links {

struct BuoyLimits
{
    qsizetype message = qsizetype{64} * 1024; ///< bytes
    int messagesPerSecond = 5; ///< over more than 2 s: the connection ends, with the longest wait
    std::chrono::milliseconds connecting = std::chrono::seconds(10);
    std::chrono::milliseconds firstWait = std::chrono::seconds(1); ///< doubles, with jitter of ±50 %
    std::chrono::milliseconds longestWait = std::chrono::minutes(2);
    std::chrono::milliseconds quiet = std::chrono::seconds(30); ///< without a word from it: then it is pinged
    std::chrono::milliseconds pong = std::chrono::seconds(10); ///< for the answer: then it is dead
};

/// What one channel is listened to with; all of it outlives it.
struct BuoyContext
{
    net::NetPolicy policy;
    net::Reachability& reachability;
    Random& random;
    QString circuit; ///< of this channel alone
    BuoyLimits limits = {};
};

/// Listens to one channel until it is closed, and tries again with a growing wait. Messages are acknowledged
/// as version 2 of the protocol wants it; a service of version 1 does not ask for it. Who wrote a message,
/// and how often it comes, is for the receiver to see to.
class BuoyChannel final : public QObject
{
    Q_OBJECT
public:
    /// url: SERVICE/CHANNEL, https or http.
    BuoyChannel(const QString& url, BuoyContext context, QObject* parent = nullptr);
    ~BuoyChannel() override;

    void open();
    void close(); ///< for good, unless it is opened again
    [[nodiscard]] bool isConnected() const;

Q_SIGNALS:
    void received(const QByteArray& message);
    void connectedChanged(bool connected);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Ends a channel that may be giving out a message just now.
struct LetGo
{
    void operator()(BuoyChannel* channel) const
    {
        channel->disconnect();
        channel->close();
        channel->deleteLater();
    }
};
using BuoyPtr = std::unique_ptr<BuoyChannel, LetGo>;

} // namespace hatstand::links
