// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QMap>
#include <QTimer>
#include <chrono>

namespace hatstand::secrets {

/// The commands that have not been answered: says when a person should be told that something waits, and ends
/// them all when that person has waited enough.
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

    /// The command has begun; it ends when the callback given back is called, or by giveUp(). Only the first
    /// of the two is heard.
    template <class T>
    Callback<T> until(Callback<T> done)
    {
        if (m_open.isEmpty())
            m_timer.start();
        const quint64 number = ++m_last;
        m_open.insert(
            number, [done](Why why) { done(fail(Error{.code = ErrorCode::Cancelled, .why = why})); });
        return [this, number, done = std::move(done)](Result<T> result) {
            if (m_open.remove(number) == 0)
                return;
            rest();
            done(std::move(result));
        };
    }

    /// Rises with each giveUp(): what was asked for in an earlier round is wanted no more.
    [[nodiscard]] quint64 round() const { return m_round; }

    /// Every command that waits is answered with Cancelled. unwind, called first, drops what still works for
    /// them, and answers MayStillHappen where it can't.
    void giveUp(const std::function<Why()>& unwind)
    {
        ++m_round;
        const auto given = std::exchange(m_open, {});
        rest();
        const Why why = unwind();
        for (const auto& answer : given)
            answer(why);
    }

private:
    void rest()
    {
        if (!m_open.isEmpty())
            return;
        m_timer.stop();
        if (std::exchange(m_shown, false))
            m_changed(false);
    }

    std::function<void(bool)> m_changed;
    QTimer m_timer;
    QMap<quint64, std::function<void(Why)>> m_open; ///< by number; what answers Cancelled
    quint64 m_last = 0;
    quint64 m_round = 0;
    bool m_shown = false;
};

} // namespace hatstand::secrets
