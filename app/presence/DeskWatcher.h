// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Clock.h"

#include <QObject>
#include <chrono>
#include <memory>

namespace hatstand::presence {

class IdleTimer;
class LogindSession;
class ScreenSavers;

/// Tells when the person leaves the desk, so that what is open can be locked. Asks the desktop:
///
///  - logind (org.freedesktop.login1, system bus): the computer is about to sleep, this login session is told
///    to lock, is locked, or another user's session is in front;
///  - the screen saver (org.freedesktop.ScreenSaver, or that of GNOME, Xfce, MATE, Cinnamon; session bus): it
///    is active;
///  - time without input: Mutter's IdleMonitor, else the X server's MIT-SCREEN-SAVER extension, else
///    org.freedesktop.ScreenSaver, else logind's IdleHint; where none of them is offered, time since the last
///    noteUse().
///
/// Each may be absent, come later, go and come back. Nothing is started by asking, every call is
/// asynchronous, and what does not answer is not waited for.
///
/// How to use it: connect left() to the lock, start() once, setArmed() with whether there is something to
/// lock, setIdleLimit() from the setting lock.idleMinutes, noteUse() at every use of the program.
/// returned() is a courtesy (any program of the user can send what it stands for): never unlock by it.
class DeskWatcher final : public QObject
{
    Q_OBJECT
public:
    enum class Reason { ScreenLocked, Suspend, UserSwitched, Idle };
    Q_ENUM(Reason)

    explicit DeskWatcher(const Clock& clock, QObject* parent = nullptr);
    ~DeskWatcher() override;

    /// Connects to the buses; a later call changes nothing.
    void start();
    /// While armed, time without input is measured, and sleep is delayed (an inhibitor of logind's) until
    /// left(Suspend) was answered by setArmed(false), at most kMostDelay. Off at first.
    void setArmed(bool armed);
    /// Zero: idle never counts as leaving. Zero at first.
    void setIdleLimit(std::chrono::milliseconds limit);
    /// The person used Hatstand just now.
    void noteUse();

    static constexpr std::chrono::milliseconds kMostDelay
        = std::chrono::seconds(3); ///< logind's own limit is 5 s

Q_SIGNALS:
    /// For every word of a source, so perhaps several times for one leave; all but Idle also while not armed.
    void left(hatstand::presence::DeskWatcher::Reason reason);
    /// Once, when no source says any more that the person is away.
    void returned();

private:
    void setAway(Reason reason, bool away);

    std::unique_ptr<LogindSession> m_logind;
    std::unique_ptr<ScreenSavers> m_screenSavers;
    std::unique_ptr<IdleTimer> m_idle;
    unsigned m_away = 0; ///< a bit for each Reason
};

} // namespace hatstand::presence
