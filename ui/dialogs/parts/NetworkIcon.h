// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>

namespace hatstand::ui {

/// A network's badge alone: round for Nostr, a rounded square for Antelope, with a letter where there is
/// room. width: of a wider box, at whose beginning it stands.
[[nodiscard]] QIcon networkIcon(
    const QString& family, const QString& networkName, const QString& letter, int size = 16, int width = 0);

} // namespace hatstand::ui
