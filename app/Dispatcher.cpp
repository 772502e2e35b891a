// SPDX-License-Identifier: MIT
#include "app/Dispatcher.h"

#include "app/cli/Commands.h"
#include "app/cli/Report.h"
#include "app/control/ControlClient.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <sys/socket.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kLook = 50ms;

} // namespace

/// The store, opened under the lock.
class Dispatcher::Here
{
public:
    Here(const Profile& profile, std::unique_ptr<InstanceLock> lock)
        : m_lock(std::move(lock))
        , m_composition(profile)
    {
    }
    [[nodiscard]] Result<void> open() { return m_composition.open(); }
    [[nodiscard]] const Services& services() const { return m_composition.services(); }
    int underWay = 0;

private:
    std::unique_ptr<InstanceLock> m_lock; // freed once the store is closed
    Composition m_composition;
};

Dispatcher::Dispatcher(const Profile& profile, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
{
    m_again.setSingleShot(true);
    m_again.setInterval(kLook);
    connect(&m_again, &QTimer::timeout, this, &Dispatcher::look);
}

Dispatcher::~Dispatcher() = default;

void Dispatcher::run(const Request& request, std::shared_ptr<Console> console, std::function<void(int)> done)
{
    m_waiting.push_back({request, std::move(console), std::move(done), QDeadlineTimer(kLongestWait)});
    QMetaObject::invokeMethod(this, &Dispatcher::look, Qt::QueuedConnection);
}

void Dispatcher::look()
{
    Result<void> locked = fail(ErrorCode::Busy);
    if (!m_here && !m_waiting.empty()) {
        while (!m_waiting.empty()) { // each needs a connection of its own
            const int fd = Channel::connectTo(m_profile.socketPath);
            if (fd < 0)
                break;
            Errand errand = std::move(m_waiting.front());
            m_waiting.pop_front();
            runThere(fd, std::move(errand));
        }
        if (m_waiting.empty())
            return;
        auto lock = std::make_unique<InstanceLock>(m_profile.lockFile());
        locked = lock->take(0ms);
        if (locked) {
            m_here = std::make_unique<Here>(m_profile, std::move(lock));
            locked = m_here->open();
            if (!locked)
                m_here.reset();
        }
    }
    std::list<Errand> again;
    for (Errand& errand : std::exchange(m_waiting, {})) {
        if (m_here)
            runHere(std::move(errand));
        else if (locked.error().code == ErrorCode::Busy && !errand.deadline.hasExpired())
            again.push_back(std::move(errand));
        else
            errand.done(report(fail(locked.error()), errand.request.json(), *errand.console));
    }
    m_waiting.splice(m_waiting.end(), again);
    if (!m_waiting.empty())
        m_again.start();
}

void Dispatcher::runThere(int fd, Errand errand)
{
    auto* client = new ControlClient(std::make_unique<Channel>(fd), *errand.console, kLongestWait, this);
    client->run(errand.request, [client, console = errand.console, done = std::move(errand.done)](int code) {
        client->deleteLater();
        done(code);
    });
}

void Dispatcher::runHere(Errand errand)
{
    ++m_here->underWay;
    // From the event loop, since a command may answer before it has returned.
    const auto finished = [this, done = std::move(errand.done)](int code) {
        QMetaObject::invokeMethod(
            this,
            [this, done, code] {
                if (--m_here->underWay == 0)
                    release();
                done(code);
            },
            Qt::QueuedConnection);
    };
    runCommand(m_here->services(), errand.request, std::move(errand.console), finished);
}

void Dispatcher::release()
{
    m_here.reset();
}

Result<int> connectToScope(const QString& path)
{
    const int fd = QDir::isAbsolutePath(path) ? Channel::connectTo(path) : -1;
    ucred peer = {};
    socklen_t size = sizeof peer;
    if (fd >= 0 && ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid())
        return fd;
    if (fd >= 0)
        ::close(fd);
    return fail(ErrorCode::Failed,
        QCoreApplication::translate("Dispatcher",
            "HATSTAND_SOCKET says that this runs as one account, and nobody answers there. Has its “hatstand "
            "run” "
            "ended?"));
}

} // namespace hatstand::app
