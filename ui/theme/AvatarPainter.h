// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Avatar.h"

class QPainter;

namespace hatstand::ui {

/// In rows and headers the badge stands out of the circle's box by 2 px (1 px under 32); in an icon there is
/// no room.
enum class BadgePlace { Overhanging, Inside };

/// Straight onto a widget. ground: what the badge is cut out with; transparent cuts a hole.
void paintAvatar(QPainter& painter, QPointF topLeft, const AvatarSpec& spec, int size, const QColor& ground,
    const Theme& theme, BadgePlace place = BadgePlace::Overhanging);

} // namespace hatstand::ui
