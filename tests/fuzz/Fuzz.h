// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace hatstand::fuzz {

/// What must hold for every input: otherwise the fuzzer has found something.
inline void must(bool holds, int line = __builtin_LINE())
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: line %d\n", line);
    std::abort();
}

inline std::string_view textOf(Bytes input)
{
    return {reinterpret_cast<const char*>(input.data()), input.size()};
}

/// The same bytes each time, so that a finding can be played again.
class Repeatable final : public Random
{
public:
    void fill(MutableBytes out) override
    {
        for (std::uint8_t& byte : out)
            byte = static_cast<std::uint8_t>(m_next += 41);
    }

private:
    unsigned m_next = 1;
};

} // namespace hatstand::fuzz
