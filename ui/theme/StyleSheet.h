// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Theme.h"

namespace hatstand::ui {

/// hatstand.qss with the tokens of this theme in place of its @names.
[[nodiscard]] QString styleSheet(const Theme& theme);
/// For a desktop in high contrast, whose controls stay its own: only what would have no shape without it.
[[nodiscard]] QString contrastSheet(const Theme& theme);

} // namespace hatstand::ui
