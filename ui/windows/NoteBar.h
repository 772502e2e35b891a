// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Widgets.h"

namespace hatstand::ui {

/// A message across the window, until it is dismissed.
[[nodiscard]] QFrame* makeNoteBar(Panel panel, const QString& icon, const QString& text, QWidget* parent);
/// The same for what lasts: with what ends it in the place of the cross. action becomes the bar's.
[[nodiscard]] QFrame* makeNoteBar(
    Panel panel, const QString& icon, const QString& text, QPushButton* action, QWidget* parent);

} // namespace hatstand::ui
