// SPDX-License-Identifier: MIT
#include "core/session/OpQueue.h"

#include <utility>

namespace hatstand::session {

void OpQueue::run(Op op)
{
    m_waiting.append(std::move(op));
    if (!m_busy)
        next();
}

void OpQueue::next()
{
    // A loop, not recursion: thousands of operations may each finish before they return.
    while (!m_busy && !m_waiting.isEmpty()) {
        m_busy = true;
        struct Turn
        {
            bool running = true;
            bool finished = false;
        };
        const auto turn = std::make_shared<Turn>();
        const Op op = m_waiting.dequeue();
        op([this, turn, alive = std::weak_ptr(m_alive)] {
            if (alive.expired() || std::exchange(turn->finished, true))
                return;
            m_busy = false;
            if (!turn->running)
                next();
        });
        turn->running = false;
    }
}

} // namespace hatstand::session
