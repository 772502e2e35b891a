// SPDX-License-Identifier: MIT
#pragma once

class QWidget;

namespace hatstand::ui {

/// The little that moves. Whoever asks the desktop for less motion gets none: everything is then there at
/// once.

constexpr int kFadeMs = 100;
constexpr int kMoveMs = 150; ///< folds and rows

/// As long as wanted, or 0: nothing moves (QStyle::SH_Widget_Animation_Duration is 0).
[[nodiscard]] int motionTime(const QWidget* widget, int milliseconds);
/// Shows it, growing from nothing to its height. Of use in a layout only.
void unfold(QWidget* widget);
/// What it shows has changed: lets it appear, and leaves nothing of itself behind.
void fadeIn(QWidget* widget);

} // namespace hatstand::ui
