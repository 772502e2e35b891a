// SPDX-License-Identifier: MIT
#pragma once

#include <QRect>

namespace hatstand::ui {

/// Where the quick switcher goes. screen and available (without panels) are those of the screen that it is to
/// be on, icon the tray icon's place, or empty where that is not known: then the middle, its top at 20 % of
/// the screen's height. Always inside what is available, as far as it fits. All in device-independent pixels.
[[nodiscard]] QRect switcherPlace(
    const QRect& screen, const QRect& available, const QSize& size, const QRect& icon = {});

/// How many rows fit below the standard place, at least 3 and at most 8. rest: height of all but the rows.
[[nodiscard]] int switcherRows(const QRect& screen, const QRect& available, int rowHeight, int rest);

} // namespace hatstand::ui
