// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/SecretBuffer.h"

namespace hatstand::ui {

/// How hard a passphrase is to guess, roughly and on the safe side: repeated words and characters don't
/// count.
struct Strength
{
    enum class Level { TooShort, Weak, Fair, Strong };
    Level level = Level::TooShort;
    int words = 0; ///< distinct; 0 where it is no row of words
    int characters = 0; ///< of UTF-8's code points
};

constexpr int kFewestCharacters = 8;

[[nodiscard]] Strength strengthOf(const SecretBuffer& passphrase);
/// "Strong: 5 words", "Weak: 9 characters", "At least 8 characters."
[[nodiscard]] QString strengthText(const Strength& strength);

} // namespace hatstand::ui
