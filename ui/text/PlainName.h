// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hatstand::ui {

/// A name as plain text of one line, for where others draw it: control and bidi characters dropped, cut at
/// the end when long.
[[nodiscard]] QString plainName(const QString& name);

} // namespace hatstand::ui
