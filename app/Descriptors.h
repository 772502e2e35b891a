// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <array>

namespace hatstand::app {

/// The descriptors that whoever started the program gave it. Made before anything is opened: a number that
/// was not given would soon be that of our own lock or database, and be read or written in their place.
class Descriptors
{
public:
    /// Fills standard streams that are closed with something on which every use fails.
    Descriptors();

    /// A descriptor of our own for the one that was given, which is then closed unless it is a standard
    /// stream. Usage where none was given under this number, or one that can't be read.
    [[nodiscard]] Result<int> adopt(int given) const;

private:
    std::array<bool, 3> m_filled{};
};

} // namespace hatstand::app
