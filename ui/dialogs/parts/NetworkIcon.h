// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>

namespace hatstand::ui {

/// A network's badge alone: round for Nostr, a rounded square for Antelope, with a letter where there is
/// room.
[[nodiscard]] QIcon networkIcon(
    const QString& family, const QString& networkName, const QString& letter, int size = 16);

} // namespace hatstand::ui
