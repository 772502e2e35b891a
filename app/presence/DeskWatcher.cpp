// SPDX-License-Identifier: MIT
#include "app/presence/DeskWatcher.h"

#include "app/presence/IdleTimer.h"
#include "app/presence/LogindSession.h"
#include "app/presence/ScreenSavers.h"

namespace hatstand::presence {

DeskWatcher::DeskWatcher(const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_logind(std::make_unique<LogindSession>())
    , m_screenSavers(std::make_unique<ScreenSavers>())
    , m_idle(std::make_unique<IdleTimer>(clock))
{
    connect(m_logind.get(), &LogindSession::sleepChanged, this,
        [this](bool sleeping) { setAway(Reason::Suspend, sleeping); });
    connect(m_logind.get(), &LogindSession::lockedChanged, this,
        [this](bool locked) { setAway(Reason::ScreenLocked, locked); });
    connect(m_logind.get(), &LogindSession::inFrontChanged, this,
        [this](bool inFront) { setAway(Reason::UserSwitched, !inFront); });
    connect(m_logind.get(), &LogindSession::idleHintChanged, m_idle.get(), &IdleTimer::setIdleHint);
    connect(m_screenSavers.get(), &ScreenSavers::activeChanged, this,
        [this](bool active) { setAway(Reason::ScreenLocked, active); });
    connect(m_idle.get(), &IdleTimer::idleChanged, this, [this](bool idle) { setAway(Reason::Idle, idle); });
}

DeskWatcher::~DeskWatcher() = default;

void DeskWatcher::start()
{
    m_logind->start();
    m_screenSavers->start();
    m_idle->start();
}

void DeskWatcher::setArmed(bool armed)
{
    m_logind->setDelaying(armed);
    m_idle->setArmed(armed);
}

void DeskWatcher::setIdleLimit(std::chrono::milliseconds limit)
{
    m_idle->setLimit(limit);
}

void DeskWatcher::noteUse()
{
    m_idle->noteUse();
}

void DeskWatcher::setAway(Reason reason, bool away)
{
    const unsigned bit = 1U << static_cast<unsigned>(reason);
    if (away) {
        m_away |= bit;
        Q_EMIT left(reason);
    } else if (m_away & bit) {
        m_away &= ~bit;
        if (m_away == 0)
            Q_EMIT returned();
    }
}

} // namespace hatstand::presence
