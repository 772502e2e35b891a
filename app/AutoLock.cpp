// SPDX-License-Identifier: MIT
#include "app/AutoLock.h"

#include "core/base/Log.h"
#include "core/base/Settings.h"

#include <QCoreApplication>
#include <QEvent>

namespace hatstand::app {

using namespace Qt::Literals::StringLiterals;
using presence::DeskWatcher;
using secrets::VaultState;

namespace {

const QString kIdleMinutes = u"lock.idleMinutes"_s;

} // namespace

AutoLock::AutoLock(secrets::Vault& vault, Settings& settings, std::function<void()> forget, QObject* parent)
    : QObject(parent)
    , m_vault(vault)
    , m_settings(settings)
    , m_forget(std::move(forget))
{
    connect(&vault, &secrets::Vault::stateChanged, this, &AutoLock::arm);
    arm();
}

void AutoLock::follow(DeskWatcher& watcher)
{
    const auto limit = [this, &watcher] {
        watcher.setIdleLimit(std::chrono::minutes(m_settings.value(kIdleMinutes).toInt()));
    };
    connect(&watcher, &DeskWatcher::left, this, &AutoLock::leave);
    connect(this, &AutoLock::armedChanged, &watcher, &DeskWatcher::setArmed);
    connect(this, &AutoLock::used, &watcher, &DeskWatcher::noteUse);
    connect(&m_settings, &Settings::changed, &watcher, [limit](const QString& key) {
        if (key == kIdleMinutes)
            limit();
    });
    limit();
    watcher.setArmed(m_armed);
    qApp->installEventFilter(this);
}

void AutoLock::leave(Reason reason)
{
    if (!isWanted(reason))
        return letGo(reason);
    if (!m_vault.takesPassphrase()) {
        if (m_forget)
            m_forget();
        return letGo(reason);
    }
    if (m_vault.state() == VaultState::Locked)
        return;
    m_vault.lock(guarded(this, [this, reason](const Result<void>& locked) {
        if (!locked)
            qCWarning(lcDesktop) << "leaving the desk did not lock:" << name(locked.error().code);
        letGo(reason);
    }));
}

bool AutoLock::isWanted(Reason reason) const
{
    switch (reason) {
    case Reason::ScreenLocked:
        return m_settings.value(u"lock.onScreenLock"_s) == "true"_L1;
    case Reason::Suspend:
        return m_settings.value(u"lock.onSuspend"_s) == "true"_L1;
    case Reason::UserSwitched:
        return m_settings.value(u"lock.onUserSwitch"_s) == "true"_L1;
    case Reason::Idle:
        break;
    }
    return true;
}

void AutoLock::arm()
{
    const bool armed = m_vault.takesPassphrase() && m_vault.state() == VaultState::Unlocked;
    if (std::exchange(m_armed, armed) != armed)
        Q_EMIT armedChanged(armed);
}

/// What stays open must not hold up the computer's sleep; it counts again for the next time.
void AutoLock::letGo(Reason reason)
{
    if (!m_armed || reason != Reason::Suspend)
        return;
    Q_EMIT armedChanged(false);
    Q_EMIT armedChanged(true);
}

bool AutoLock::eventFilter(QObject*, QEvent* event)
{
    const bool used = event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress;
    if (used && event->spontaneous())
        Q_EMIT this->used();
    return false;
}

} // namespace hatstand::app
