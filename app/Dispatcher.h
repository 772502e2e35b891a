// SPDX-License-Identifier: MIT
#pragma once

#include "app/Composition.h"
#include "app/InstanceOrLock.h"
#include "app/cli/Console.h"
#include "app/cli/Request.h"

#include <QTimer>
#include <list>

namespace hatstand::app {

/// Has one command after another done for a process that stays: by the instance that runs at that moment, or
/// here, under the profile's lock, which is held only while commands are under way: whoever wants to start
/// Hatstand for good meanwhile can.
class Dispatcher final : public QObject
{
    Q_OBJECT
public:
    explicit Dispatcher(const Profile& profile, QObject* parent = nullptr);
    ~Dispatcher() override;
    /// done gets the exit code once, from the event loop. Busy where neither an instance nor the lock is to
    /// be had within kLongestWait.
    void run(const Request& request, std::shared_ptr<Console> console, std::function<void(int)> done);

private:
    struct Errand
    {
        Request request;
        std::shared_ptr<Console> console;
        std::function<void(int)> done;
        QDeadlineTimer deadline;
    };
    class Here;

    void look();
    void runThere(int fd, Errand errand);
    void runHere(Errand errand);
    void release();

    const Profile m_profile;
    std::list<Errand> m_waiting;
    QTimer m_again;
    std::unique_ptr<Here> m_here;
};

/// A connection (a descriptor) to what `hatstand run` serves at this path. Failed where it does not, or
/// somebody else does.
[[nodiscard]] Result<int> connectToScope(const QString& path);

} // namespace hatstand::app
