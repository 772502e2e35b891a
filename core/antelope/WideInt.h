// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <optional>

namespace hatstand::antelope {

/// A number of 128 bits in two's complement.
struct WideInt
{
    quint64 low = 0;
    quint64 high = 0;
    friend bool operator==(const WideInt&, const WideInt&) = default;
};

[[nodiscard]] QString wideText(WideInt value, bool isSigned); ///< decimal
/// Of decimal digits, with a minus where signed; nullopt for anything else and what does not fit.
[[nodiscard]] std::optional<WideInt> parseWide(const QString& text, bool isSigned);

} // namespace hatstand::antelope
