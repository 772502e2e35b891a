// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/PictureAt.h"
#include "ui/theme/Theme.h"

#include <QIcon>
#include <QPixmap>
#include <QString>

namespace hatstand::ui {

/// What an account's picture is made from (look: Avatar). The same everywhere, at 72, 56, 40, 32, 24, 22
/// and 16.
struct AvatarSpec
{
    QString sessionId; ///< colour and blocks come from its SHA-256
    QString family; ///< "nostr": round badge; "antelope": rounded square
    QString badgeLetter; ///< "N", "W"; empty: no badge
    QString networkName; ///< picks the badge's colour
    PictureAt picture; ///< cropped to a circle; none, or null: blocks
    bool faded = false; ///< not restorable: 45 %
};

[[nodiscard]] AvatarSpec avatarSpec(const QString& sessionId, const QString& networkName);
[[nodiscard]] QColor accountColour(const QString& sessionId);
[[nodiscard]] QColor badgeColour(const QString& family, const QString& networkName);
/// ground: what shows through the gap and the badge's cut-out.
[[nodiscard]] QPixmap avatar(
    const AvatarSpec& spec, int size, qreal devicePixelRatio, const QColor& ground, const Theme& theme);
/// For menus, at any size.
[[nodiscard]] QIcon avatarIcon(const AvatarSpec& spec, const QColor& ground, const Theme& theme);

/// Tray without an account: the hat; locked: the hat at 55 % with a lock; signing stopped: with a bar on a
/// disc.
enum class HatState { NoAccount, Locked, Stopped };
[[nodiscard]] QIcon hatIcon(HatState state, const QColor& ink);

/// 16 px line icons by name ("add", "copy", "lock", …), theme icon first, bundled SVG recoloured as fallback.
[[nodiscard]] QIcon lineIcon(const QString& name, const QColor& ink);

} // namespace hatstand::ui
