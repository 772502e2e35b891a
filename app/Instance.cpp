// SPDX-License-Identifier: MIT
#include "app/Instance.h"

#include "core/base/Log.h"
#include "core/session/SessionManager.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>
#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace std::chrono_literals;

} // namespace

Instance::Instance(const Profile& profile, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_lock(profile.lockFile())
    , m_composition(profile)
{
}

Instance::~Instance() = default;

Result<void> Instance::open()
{
    if (auto taken = m_lock.take(3s); !taken)
        return taken;
    if (auto opened = m_composition.open(); !opened)
        return opened;
    if (const QString aside = m_composition.setAside(); !aside.isEmpty())
        qCWarning(lcSession, "the stored accounts were damaged; the file is kept as %s", qPrintable(aside));
    return {};
}

Result<void> Instance::serve(Person& person)
{
    m_control = std::make_unique<ControlServer>(services());
    m_control->setShowWindow([&person] { return person.showWindow(); });
    if (auto listening = m_control->listen(m_profile.socketPath); !listening)
        return listening;
    m_bus = std::make_unique<BusService>(services(), person, m_profile.serviceName());
    services().whenSettled(0s, [] {}); // in the background: what is known of secrets, what a kill left
    auto* daily = new QTimer(this);
    connect(daily, &QTimer::timeout, this,
        [this] { services().sessions.settle(); }); // what rested long enough goes
    daily->start(24h);
    return {};
}

void quitOnSignals(QObject* parent)
{
    sigset_t endings;
    sigemptyset(&endings);
    for (int ending : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&endings, ending);
    pthread_sigmask(SIG_BLOCK, &endings, nullptr);
    const int fd = signalfd(-1, &endings, SFD_CLOEXEC | SFD_NONBLOCK);
    auto* notifier = new QSocketNotifier(fd, QSocketNotifier::Read, parent);
    QObject::connect(notifier, &QSocketNotifier::activated, parent, [] { QCoreApplication::quit(); });
}

} // namespace hatstand::app
