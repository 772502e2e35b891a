// SPDX-License-Identifier: MIT
#include "app/presence/IdleTimer.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <algorithm>

namespace hatstand::presence {
using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kPatienceMs = 1000;
}

IdleTimer::IdleTimer(const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &IdleTimer::ask);
    connect(&m_mutter, &MutterIdle::offeredChanged, this, &IdleTimer::wait);
    connect(&m_mutter, &MutterIdle::idleChanged, this, &IdleTimer::setIdle);
}

void IdleTimer::start()
{
    m_started = true;
    m_mutter.start();
    wait();
}

void IdleTimer::setArmed(bool armed)
{
    if (armed == m_armed)
        return;
    m_armed = armed;
    if (armed)
        setIdle(false);
    wait();
}

void IdleTimer::setLimit(Time limit)
{
    m_limit = limit;
    wait();
}

void IdleTimer::noteUse()
{
    setIdle(false);
    wait();
}

/// From now on: everything is told by Mutter, or asked when the limit could be reached at the earliest.
void IdleTimer::wait()
{
    ++m_question;
    m_mutter.setLimit(m_armed ? m_limit : Time(0));
    if (isMeasuring())
        m_timer.start(m_limit);
    else
        m_timer.stop();
}

bool IdleTimer::isMeasuring() const
{
    return m_started && m_armed && m_limit.count() > 0 && !m_idle && !m_mutter.isOffered();
}

void IdleTimer::setIdleHint(bool idle, const QDateTime& since)
{
    m_hintIsUsed = true;
    m_hint = idle ? std::optional(since) : std::nullopt;
    if (!idle) {
        setIdle(false);
        wait();
    } else if (isMeasuring()) {
        const Time left = m_limit - Time(since.msecsTo(m_clock.now()));
        m_timer.start(std::clamp(left, Time(0), m_limit));
    }
}

void IdleTimer::ask()
{
    if (const auto idle = m_x11.now())
        return decide(idle);
    askScreenSaver();
}

void IdleTimer::askScreenSaver()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return decide({});
    QDBusMessage message = QDBusMessage::createMethodCall(u"org.freedesktop.ScreenSaver"_s,
        u"/org/freedesktop/ScreenSaver"_s, u"org.freedesktop.ScreenSaver"_s, u"GetSessionIdleTime"_s);
    message.setAutoStartService(false);
    auto* call = new QDBusPendingCallWatcher(bus.asyncCall(message, kPatienceMs), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, question = ++m_question] {
        call->deleteLater();
        if (question != m_question)
            return; // the person was there meanwhile
        const QDBusPendingReply<uint> reply = *call;
        // KDE's, the one that measures, counts milliseconds, whatever the draft of the specification says.
        decide(reply.isValid() ? std::optional(Time(reply.value())) : std::nullopt);
    });
}

void IdleTimer::decide(std::optional<Time> withoutInput)
{
    if (!withoutInput && m_hint)
        withoutInput = Time(m_hint->msecsTo(m_clock.now()));
    else if (!withoutInput && m_hintIsUsed)
        return; // not idle by the desktop's measure: it will say
    if (!withoutInput || *withoutInput >= m_limit)
        setIdle(true);
    else
        m_timer.start(std::clamp(m_limit - *withoutInput, Time(1), m_limit));
}

void IdleTimer::setIdle(bool idle)
{
    if (idle == m_idle)
        return;
    m_idle = idle;
    if (idle)
        m_timer.stop();
    Q_EMIT idleChanged(idle);
    if (!idle)
        wait();
}

} // namespace hatstand::presence
