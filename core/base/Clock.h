// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>

namespace hatstand {

/// Passed in, so that tests say what time it is.
class Clock
{
public:
    virtual ~Clock() = default;
    /// UTC.
    [[nodiscard]] virtual QDateTime now() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime::currentDateTimeUtc(); }
};

} // namespace hatstand
