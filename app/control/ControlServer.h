// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Services.h"
#include "core/base/Result.h"

#include <QObject>
#include <QSet>

namespace hatstand::app {

class Channel;
class Console;
class RemoteConsole;
struct Frame;
struct Request;

/// What the command line talks to: a socket that only this user opens. Commands of several clients may be
/// under way at once; the core puts them in order.
class ControlServer final : public QObject
{
    Q_OBJECT
public:
    struct Limits
    {
        qsizetype connections = 64; ///< one more is told that it is busy here
        std::chrono::milliseconds toAsk{10'000}; ///< from connecting to a whole request
        std::chrono::milliseconds toAnswer{120'000}; ///< a question, by a person or a program's output
    };
    /// How a request is done: done gets the exit code once.
    using CarryOut = std::function<void(
        const Request& request, std::shared_ptr<Console> console, std::function<void(int)> done)>;
    explicit ControlServer(const Services& services, QObject* parent = nullptr);
    ControlServer(const Services& services, Limits limits, QObject* parent = nullptr);
    ControlServer(CarryOut carryOut, Limits limits, QObject* parent = nullptr);
    ~ControlServer() override;
    /// path: absolute. Whoever calls holds the profile's lock, so a socket that is there is a dead one.
    /// Failed.
    [[nodiscard]] Result<void> listen(const QString& path);
    /// What a second start asks for; answers whether there is a window. Unset, it is a request like others.
    void setShowWindow(std::function<bool()> show) { m_showWindow = std::move(show); }
    void setShowSwitcher(std::function<bool()> show) { m_showSwitcher = std::move(show); }

Q_SIGNALS:
    void asked(); ///< for a command, which begins now

private:
    class Socket;
    void accept(int fd);
    void turnAway(Channel* channel);
    void onRequest(Channel* channel, const std::shared_ptr<Frame>& frame);
    void carryOut(const Request& request, const std::shared_ptr<RemoteConsole>& console);

    const CarryOut m_carryOut;
    const Limits m_limits;
    std::unique_ptr<Socket> m_socket;
    std::function<bool()> m_showWindow;
    std::function<bool()> m_showSwitcher;
    QSet<Channel*> m_channels;
};

} // namespace hatstand::app
