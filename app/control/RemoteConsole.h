// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Console.h"
#include "app/control/Channel.h"

#include <QPointer>
#include <QTimer>

namespace hatstand::app {

/// The streams and terminal of a process at the other end of the control socket. Once that has gone away,
/// every question is answered with Cancelled; one that nobody answers within the limit with Expired, so that
/// no connection is held for ever.
class RemoteConsole final : public QObject, public Console
{
    Q_OBJECT
public:
    /// limit: for each answer; after it the question is Expired.
    RemoteConsole(Channel* channel, std::chrono::milliseconds limit);

    void out(const QByteArray& text) override;
    void err(const QByteArray& text) override;
    void readInput(Callback<SharedSecret> done) override;
    void passphrase(Passphrase which, const QString& sessionName, Callback<SharedSecret> done) override;
    void confirm(const QString& text, Callback<void> done) override;
    void checkDestination(const Destination& destination, Callback<void> done) override;
    void deliver(const Destination& destination, SharedSecret content, Callback<void> done) override;
    [[nodiscard]] bool isGone() const override { return !m_channel || !m_channel->isOpen(); }

    void finish(int exitCode);

private:
    using Answer = Callback<SharedSecret>; ///< null for a plain yes
    void ask(QJsonObject question, const SecretBuffer* secret, Answer done);
    void onFrame(const std::shared_ptr<Frame>& frame);
    void answer(Result<SharedSecret> result);

    QPointer<Channel> m_channel;
    Answer m_waiting;
    QTimer m_limit;
};

} // namespace hatstand::app
