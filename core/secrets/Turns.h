// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>
#include <deque>
#include <functional>

namespace hatstand::secrets {

/// Changes of the vault, one after another: what reads an entry to write it anew must not meet another write
/// in between.
class Turns final : public QObject
{
public:
    using Next = std::function<void()>;

    /// work begins when all before it have called their Next; it calls its own when it has ended.
    void take(std::function<void(Next)> work)
    {
        m_queue.push_back(std::move(work));
        advance();
    }

    /// Those that have not begun are dropped.
    void dropWaiting() { m_queue.clear(); }

private:
    void advance()
    {
        if (m_advancing)
            return;
        m_advancing = true;
        const QPointer<Turns> self(this);
        while (self && !m_busy && !m_queue.empty()) {
            const auto work = std::move(m_queue.front());
            m_queue.pop_front();
            m_busy = true;
            work([self] {
                if (!self)
                    return;
                self->m_busy = false;
                self->advance();
            });
        }
        if (self)
            m_advancing = false;
    }

    std::deque<std::function<void(Next)>> m_queue;
    bool m_busy = false;
    bool m_advancing = false; ///< an answer that comes at once does not go a level deeper
};

} // namespace hatstand::secrets
