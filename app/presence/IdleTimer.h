// SPDX-License-Identifier: MIT
#pragma once

#include "app/presence/MutterIdle.h"
#include "app/presence/X11IdleTime.h"
#include "core/base/Clock.h"

#include <QObject>
#include <QTimer>
#include <chrono>
#include <optional>

namespace hatstand::presence {

/// Says when the person gave no input for as long as the limit, from the best source there is: Mutter's own
/// watch; else one question when the limit could be reached at the earliest (X server, screen saver, logind's
/// hint); else the time since the last use of Hatstand.
class IdleTimer final : public QObject
{
    Q_OBJECT
public:
    explicit IdleTimer(const Clock& clock, QObject* parent = nullptr);
    void start();
    void setArmed(bool armed); ///< arming counts as a use
    void setLimit(std::chrono::milliseconds limit); ///< zero: never idle
    void noteUse();
    void setIdleHint(bool idle, const QDateTime& since); ///< logind's, since in UTC

Q_SIGNALS:
    void idleChanged(bool idle);

private:
    using Time = std::chrono::milliseconds;
    void wait();
    [[nodiscard]] bool isMeasuring() const; ///< by the timer
    void ask();
    void askScreenSaver();
    void decide(std::optional<Time> withoutInput);
    void setIdle(bool idle);

    const Clock& m_clock;
    MutterIdle m_mutter;
    X11IdleTime m_x11;
    QTimer m_timer;
    Time m_limit{0};
    bool m_armed = false;
    bool m_started = false;
    bool m_idle = false;
    std::optional<QDateTime> m_hint; ///< idle since then, by logind
    bool m_hintIsUsed = false; ///< somebody on this desktop sets it
    unsigned m_question = 0;
};

} // namespace hatstand::presence
