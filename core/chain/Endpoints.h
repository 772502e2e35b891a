// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QHash>
#include <QStringList>
#include <chrono>

namespace hatstand::chain {

/// What was learned of endpoints since the start: which ones failed and rest, and of which chain each one
/// said to be. Times are passed in; a clock that was set back ends rests and trust.
class Endpoints
{
public:
    Endpoints(std::chrono::milliseconds rest, std::chrono::milliseconds trust)
        : m_rest(rest)
        , m_trust(trust)
    {
    }

    /// In the order to ask them: as given, those that rest behind the others, first the one whose rest ends
    /// first. Where all rest they are tried all the same.
    [[nodiscard]] QStringList order(const QStringList& urls, const QDateTime& now) const;
    [[nodiscard]] bool isResting(const QString& url, const QDateTime& now) const;
    void failed(const QString& url, const QDateTime& now); ///< rests, and is compared anew after that
    void answered(const QString& url); ///< rests no longer

    /// It said, a short while ago, that it is of that chain.
    [[nodiscard]] bool isOf(const QString& url, const QString& chainId, const QDateTime& now) const;
    void compared(const QString& url, const QString& chainId, const QDateTime& now);

private:
    struct Compared
    {
        QString chainId;
        QDateTime at;
    };

    std::chrono::milliseconds m_rest;
    std::chrono::milliseconds m_trust;
    QHash<QString, QDateTime> m_failed; ///< when
    QHash<QString, Compared> m_compared;
};

} // namespace hatstand::chain
