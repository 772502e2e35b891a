// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QTimer>
#include <chrono>

namespace hatstand::secrets {

/// Counts the commands that have not been answered, and says when a person should be told that something
/// waits.
class Waiting final
{
public:
    explicit Waiting(std::function<void(bool)> changed)
        : m_changed(std::move(changed))
    {
        m_timer.setSingleShot(true);
        m_timer.setInterval(std::chrono::milliseconds(300));
        m_timer.callOnTimeout(&m_timer, [this] { m_changed(m_shown = true); });
    }

    /// The command has begun; it ends when the callback given back is called.
    template <class T>
    Callback<T> until(Callback<T> done)
    {
        if (m_count++ == 0)
            m_timer.start();
        return [this, done = std::move(done)](Result<T> result) {
            leave();
            done(std::move(result));
        };
    }

private:
    void leave()
    {
        if (--m_count > 0)
            return;
        m_timer.stop();
        if (std::exchange(m_shown, false))
            m_changed(false);
    }

    std::function<void(bool)> m_changed;
    QTimer m_timer;
    int m_count = 0;
    bool m_shown = false;
};

} // namespace hatstand::secrets
