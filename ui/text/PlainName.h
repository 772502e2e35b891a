// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hatstand::ui {

/// What strangers wrote, as plain text: control characters and those that turn its direction or hide in it
/// are dropped, and it is cut at the end, with an ellipsis, when it is long.

/// A name for where others draw it: one line, 48 characters.
[[nodiscard]] QString plainName(const QString& name);
/// One line of at most so many characters.
[[nodiscard]] QString plainLine(const QString& text, qsizetype most);
/// Line breaks stay, one empty line at most between two others.
[[nodiscard]] QString plainText(const QString& text, qsizetype most, qsizetype lines);

} // namespace hatstand::ui
