// SPDX-License-Identifier: MIT
#include "ui/switcher/SwitcherPlace.h"

#include <algorithm>

namespace hatstand::ui {
namespace {

constexpr int kMostRows = 8;
constexpr int kLeastRows = 3;
constexpr int kGap = 4; ///< to the icon

int standardTop(const QRect& screen, const QRect& available)
{
    return std::max(screen.top() + screen.height() / 5, available.top());
}

} // namespace

QRect switcherPlace(const QRect& screen, const QRect& available, const QSize& size, const QRect& icon)
{
    QRect place(QPoint(0, 0), size);
    if (icon.isEmpty()) {
        place.moveLeft(available.left() + (available.width() - size.width()) / 2);
        place.moveTop(standardTop(screen, available));
    } else {
        place.moveLeft(icon.center().x() - size.width() / 2);
        const bool above = icon.center().y() > screen.center().y();
        if (above)
            place.moveBottom(icon.top() - 1 - kGap);
        else
            place.moveTop(icon.bottom() + 1 + kGap);
    }
    place.moveLeft(std::clamp(
        place.left(), available.left(), std::max(available.left(), available.right() + 1 - size.width())));
    place.moveTop(std::clamp(
        place.top(), available.top(), std::max(available.top(), available.bottom() + 1 - size.height())));
    return place;
}

int switcherRows(const QRect& screen, const QRect& available, int rowHeight, int rest)
{
    const int room = available.bottom() + 1 - standardTop(screen, available) - rest;
    return std::clamp(room / std::max(1, rowHeight), kLeastRows, kMostRows);
}

} // namespace hatstand::ui
