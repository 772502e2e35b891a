// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Theme.h"

namespace hatstand::ui {

/// hatstand.qss with the tokens of this theme in place of its @names.
[[nodiscard]] QString styleSheet(const Theme& theme);

} // namespace hatstand::ui
