// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

namespace hatstand::session {

constexpr qsizetype kLabelLimit = 64; ///< characters (code points)

/// A label in NFC without white space at its ends. BadLabel: too long, or with control, bidi or line-breaking
/// characters, by which a list could be made to show another name than it holds.
[[nodiscard]] Result<QString> normaliseLabel(const QString& label);
/// next, previous and last are taken by the command line.
[[nodiscard]] bool isReservedWord(const QString& text);

} // namespace hatstand::session
