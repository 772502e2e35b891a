// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Theme.h"

#include <QFontMetrics>
#include <algorithm>

namespace hatstand::ui {

constexpr int kUsualLine = 18; ///< of the look's heights, at 10 pt

/// One line of a row, at the size that the person reads.
[[nodiscard]] inline int lineHeight()
{
    return std::max(kUsualLine, QFontMetrics(font(TextStyle::Strong)).height() + 2);
}

/// A height of the look, and as much more as this many lines of a larger font need.
[[nodiscard]] inline int grown(int usual, int lines = 1)
{
    return usual + lines * (lineHeight() - kUsualLine);
}

} // namespace hatstand::ui
