// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QString>

namespace hatstand::ui {

/// "3 May 2026", in local time.
[[nodiscard]] QString dayText(const QDateTime& time);
/// "Today, 18:42", "Yesterday, 18:42", otherwise the day.
[[nodiscard]] QString whenText(const QDateTime& time, const QDateTime& now);

} // namespace hatstand::ui
