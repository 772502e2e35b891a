// SPDX-License-Identifier: MIT
#include "core/chain/Endpoints.h"

#include <algorithm>

namespace hatstand::chain {
namespace {

bool isWithin(std::chrono::milliseconds time, const QDateTime& since, const QDateTime& now)
{
    const qint64 passed = since.msecsTo(now);
    return since.isValid() && passed >= 0 && passed < time.count();
}

} // namespace

QStringList Endpoints::order(const QStringList& urls, const QDateTime& now) const
{
    QStringList first;
    QStringList resting;
    for (const QString& url : urls)
        (isResting(url, now) ? resting : first) += url;
    std::stable_sort(resting.begin(), resting.end(),
        [this](const QString& a, const QString& b) { return m_failed.value(a) < m_failed.value(b); });
    return first + resting;
}

bool Endpoints::isResting(const QString& url, const QDateTime& now) const
{
    return isWithin(m_rest, m_failed.value(url), now);
}

void Endpoints::failed(const QString& url, const QDateTime& now)
{
    m_failed.insert(url, now);
    m_compared.remove(url);
}

void Endpoints::answered(const QString& url)
{
    m_failed.remove(url);
}

bool Endpoints::isOf(const QString& url, const QString& chainId, const QDateTime& now) const
{
    const auto found = m_compared.constFind(url);
    return found != m_compared.cend() && found->chainId == chainId && isWithin(m_trust, found->at, now);
}

void Endpoints::compared(const QString& url, const QString& chainId, const QDateTime& now)
{
    m_compared.insert(url, {.chainId = chainId, .at = now});
}

} // namespace hatstand::chain
