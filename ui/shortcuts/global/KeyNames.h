// SPDX-License-Identifier: MIT
#pragma once

#include <QKeyCombination>
#include <QString>
#include <cstdint>

namespace hatstand::ui {

/// The X11 keysym of a key without modifiers (X11 protocol, appendix A): letters in lower case, Unicode
/// beyond Latin-1 as 0x01000000 + code point. 0 where there is none.
[[nodiscard]] std::uint32_t keysymOf(Qt::Key key);

/// As the portal wants it (freedesktop.org shortcuts specification): "CTRL+ALT+k". Empty where the key has no
/// such name.
[[nodiscard]] QString portalTrigger(QKeyCombination keys);

} // namespace hatstand::ui
