// SPDX-License-Identifier: MIT
#include "core/relay/Pace.h"

#include <algorithm>

namespace hatstand::relay {

bool RateLimit::take()
{
    if (m_last.isValid())
        m_level -= static_cast<double>(m_last.nsecsElapsed()) * 1e-9 * m_perSecond;
    m_last.start();
    m_level = std::max(m_level, 0.0) + 1;
    return m_level <= 2.0 * m_perSecond;
}

std::chrono::milliseconds Backoff::next()
{
    ByteArray<2> drawn{};
    m_random.fill(drawn);
    const double factor = 0.5 + (drawn[0] * 256 + drawn[1]) / 65536.0;
    const auto jittered = static_cast<qint64>(static_cast<double>(m_wait.count()) * factor);
    m_wait = std::min(m_wait * 2, m_longest);
    return std::min(std::chrono::milliseconds(jittered), m_longest);
}

} // namespace hatstand::relay
