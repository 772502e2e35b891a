// SPDX-License-Identifier: MIT
#pragma once

#include <QKeyCombination>
#include <optional>

class QKeyEvent;

namespace hatstand::ui {

/// 0 to 9 where the key stands in the digit row or on the keypad, whatever the layout makes of it: the key
/// under "1" is 1 on a French keyboard too, where it types "&" and needs Shift for the digit. By evdev's key
/// codes, which X11 and Wayland both hand on raised by 8; without a code (a made-up event) by the key's own
/// meaning.
[[nodiscard]] std::optional<int> digitOf(const QKeyEvent& event);

/// Whether the event means a digit with exactly these modifiers; Shift counts as pressed only to reach the
/// digit where the layout has it there.
[[nodiscard]] std::optional<int> digitWith(const QKeyEvent& event, Qt::KeyboardModifiers modifiers);

} // namespace hatstand::ui
