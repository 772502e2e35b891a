// SPDX-License-Identifier: MIT
#include "app/Instance.h"

#include "core/accounts/AccountDirectory.h"
#include "core/accounts/ChainAccounts.h"
#include "core/base/Log.h"
#include "core/links/LinkHost.h"
#include "core/session/SessionManager.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace std::chrono_literals;

int wakeFd = -1; // all that a signal handler may reach

extern "C" void wake(int)
{
    const int before = errno;
    const std::uint64_t one = 1;
    (void)!::write(wakeFd, &one, sizeof one);
    errno = before;
}

} // namespace

Instance::Instance(const Profile& profile, std::unique_ptr<InstanceLock> lock, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_lock(std::move(lock))
    , m_composition(profile)
    , m_desk(services().clock)
    , m_autoLock(services().vault, services().settings, [this] { m_composition.forgetKeys(); })
{
}

Instance::~Instance() = default;

Result<void> Instance::open()
{
    if (auto opened = m_composition.open(); !opened)
        return opened;
    if (const QString aside = m_composition.setAside(); !aside.isEmpty())
        qCWarning(lcSession, "the stored accounts were damaged; the file is kept as %s", qPrintable(aside));
    return {};
}

Result<void> Instance::serve(Person& person)
{
    m_composition.setPerson(person);
    m_control = std::make_unique<ControlServer>(services());
    m_control->setShowWindow([&person] { return person.showWindow(); });
    m_control->setShowSwitcher([&person] { return person.showSwitcher(); });
    if (auto listening = m_control->listen(m_profile.socketPath); !listening)
        return listening;
    m_bus = std::make_unique<BusService>(services(), person, m_profile.serviceName());
    connect(m_control.get(), &ControlServer::asked, &m_desk, &presence::DeskWatcher::noteUse);
    m_autoLock.follow(m_desk);
    m_desk.start();
    // After the icon: nobody waits for relays.
    QTimer::singleShot(0, this, [this] {
        services().accounts.start();
        services().chainAccounts.start();
        Person& asked = *services().person;
        services().linkHost->start(asked.approver(), &m_noPassphrases, [this, &asked](Callback<void> done) {
            if (services().vault.takesPassphrase())
                asked.unlockForApp(std::move(done));
            else
                services().vault.unlock({}, std::move(done)); // the desktop asks
        });
    });
    services().whenSettled(0s, [] {}); // in the background: what is known of secrets, what a kill left
    auto* daily = new QTimer(this);
    connect(daily, &QTimer::timeout, this,
        [this] { services().sessions.settle(); }); // what rested long enough goes
    daily->start(24h);
    return {};
}

void quitOnSignals(QObject* parent)
{
    // A handler serves all threads, those of Qt's own among them; blocking and signalfd would miss those that
    // exist.
    wakeFd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    auto* notifier = new QSocketNotifier(wakeFd, QSocketNotifier::Read, parent);
    QObject::connect(notifier, &QSocketNotifier::activated, parent, [] { QCoreApplication::quit(); });
    struct sigaction action = {};
    action.sa_handler = wake;
    action.sa_flags = SA_RESTART;
    for (int ending : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(ending, &action, nullptr);
}

} // namespace hatstand::app
