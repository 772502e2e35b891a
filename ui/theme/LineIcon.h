// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Theme.h"

#include <QIcon>

namespace hatstand::ui {

/// A 16 px line icon in a colour of whichever theme is in force when it is painted: what a button is given,
/// so that it follows a change of theme by itself. Names as in resources/icons/line.
[[nodiscard]] QIcon lineIcon(const QString& name, QColor Theme::*ink = &Theme::text);

} // namespace hatstand::ui
