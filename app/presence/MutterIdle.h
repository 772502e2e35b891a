// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <chrono>

namespace hatstand::presence {

/// Time without input as GNOME's compositor has it (org.gnome.Mutter.IdleMonitor, session bus): it tells when
/// a limit is reached and when the person is back, so nobody has to ask again and again.
class MutterIdle final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    void start();
    void setLimit(std::chrono::milliseconds limit); ///< zero: watch nothing
    [[nodiscard]] bool isOffered() const { return m_idleWatch != 0; } ///< the limit is being watched

Q_SIGNALS:
    void offeredChanged();
    void idleChanged(bool idle);

private:
    Q_SLOT void onWatchFired(uint watch);
    void watchIdle();
    void watchReturn();
    void forget();

    bool m_started = false;
    std::chrono::milliseconds m_limit{0};
    uint m_idleWatch = 0; ///< Mutter's numbers; 0: none
    uint m_returnWatch = 0;
    unsigned m_question = 0; ///< an answer to an older question is of no interest
};

} // namespace hatstand::presence
