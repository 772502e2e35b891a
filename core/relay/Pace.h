// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"

#include <QElapsedTimer>
#include <chrono>

namespace hatstand::relay {

/// A leaky count: a peer may send so many messages a second, and be ahead by two seconds' worth.
class RateLimit
{
public:
    explicit RateLimit(int perSecond)
        : m_perSecond(perSecond)
    {
    }
    /// Counts one message; false where it is one of a flood.
    [[nodiscard]] bool take();

private:
    int m_perSecond;
    double m_level = 0;
    QElapsedTimer m_last;
};

/// How long to wait before the next try: doubles from first up to longest, each ±50 %, so that the clients of
/// a relay that went away do not all come back at once.
class Backoff
{
public:
    Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest, Random& random)
        : m_first(first)
        , m_longest(longest)
        , m_wait(first)
        , m_random(random)
    {
    }
    [[nodiscard]] std::chrono::milliseconds next();
    void reset() { m_wait = m_first; }
    void toLongest() { m_wait = m_longest; }

private:
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_longest;
    std::chrono::milliseconds m_wait;
    Random& m_random;
};

} // namespace hatstand::relay
