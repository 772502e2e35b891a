// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

namespace hatstand::session {

constexpr qsizetype kLabelLimit = 64; ///< characters (code points)

/// A label in NFC without white space at its ends. BadLabel: too long, nothing to see in it, or with control,
/// bidi or line-breaking characters, by which a list could be made to show another name than it holds.
/// LabelLooksLikeAnId for what has the form of a key.
[[nodiscard]] Result<QString> normaliseLabel(const QString& label);
/// next, previous and last are taken by the command line.
[[nodiscard]] bool isReservedWord(const QString& text);

/// Whether a private key in one of its written forms is somewhere in text: nsec1…, ncryptsec1…, PVT_…, WIF.
/// By form alone, so that one with a typing error, which still gives most of it away, counts too.
[[nodiscard]] bool holdsPrivateKey(const QString& text);
/// 64 hexadecimal digits: a key, and nobody can see whether the private or the public one.
[[nodiscard]] bool isHexKey(const QString& text);

} // namespace hatstand::session
