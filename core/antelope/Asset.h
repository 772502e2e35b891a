// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QString>
#include <optional>

namespace hatstand::antelope {

/// The code of a token: one to seven letters A to Z, in the low bytes of a number.
[[nodiscard]] std::optional<quint64> symbolCode(const QString& text);
[[nodiscard]] std::optional<QString> symbolCodeText(quint64 code); ///< 0 is ""

/// A token's code and how many decimals its amounts have.
struct Symbol
{
    int precision = 0; ///< 0 to 18
    QString code; ///< "WAX"

    [[nodiscard]] static std::optional<Symbol> parse(const QString& text); ///< "8,WAX"
    [[nodiscard]] static std::optional<Symbol> fromValue(quint64 value);
    [[nodiscard]] quint64 value() const; ///< precision in the lowest byte
    [[nodiscard]] QString text() const; ///< "8,WAX"
    friend bool operator==(const Symbol&, const Symbol&) = default;
};

/// An amount of a token.
struct Asset
{
    qint64 units = 0; ///< of the last decimal
    Symbol symbol;

    [[nodiscard]] static std::optional<Asset> parse(const QString& text); ///< "-1.0000 EOS"
    [[nodiscard]] QString amount() const; ///< "-1.0000"
    [[nodiscard]] QString text() const; ///< "-1.0000 EOS"
    friend bool operator==(const Asset&, const Asset&) = default;
};

} // namespace hatstand::antelope
