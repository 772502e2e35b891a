// SPDX-License-Identifier: MIT
#pragma once

#include "app/InstanceOrLock.h"
#include "app/cli/Console.h"
#include "app/cli/Request.h"
#include "app/control/Channel.h"

#include <QTimer>

namespace hatstand::app {

/// Has a running instance do a command, and answers its questions from this process's streams and terminal.
class ControlClient final : public QObject
{
    Q_OBJECT
public:
    /// patience: for the instance to take the request; what it then waits for has limits of its own.
    ControlClient(std::unique_ptr<Channel> channel, Console& console,
        std::chrono::milliseconds patience = kLongestWait, QObject* parent = nullptr);
    /// done gets the exit code; 1 when the instance goes away in between, or does not take the request
    /// (busy).
    void run(const Request& request, std::function<void(int exitCode)> done);

private:
    void giveUp();
    void onFrame(const std::shared_ptr<Frame>& frame);
    void serve(const QJsonObject& question);
    void sendSecret(const Result<SharedSecret>& answer);
    void sendPlain(const Result<void>& answer);
    void finish(int exitCode);

    std::unique_ptr<Channel> m_channel;
    Console& m_console;
    std::function<void(int)> m_done;
    std::optional<Console::Destination> m_deliverTo; ///< the next frame is what goes there
    QTimer m_patience;
    bool m_json = false;
};

} // namespace hatstand::app
