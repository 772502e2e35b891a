// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/parts/Parts.h"

namespace hatstand::ui::columns {

constexpr int kInset = 12; ///< before and after a row
constexpr int kTextInset = 10; ///< of text in a column, as in a KeyRecorder

/// Of a column of keys, where there are two of them or one.
[[nodiscard]] constexpr int width(bool two)
{
    constexpr int kOfTwo = 166;
    constexpr int kAlone = 200;
    return two ? kOfTwo : kAlone;
}

/// A column's title.
[[nodiscard]] inline QLabel* head(const QString& text)
{
    QLabel* made = label(text, TextStyle::Caption, Ink::Secondary);
    QFont face = made->font();
    face.setWeight(QFont::DemiBold);
    made->setFont(face);
    return made;
}

/// Where there are no keys to choose.
[[nodiscard]] inline QLabel* word(const QString& text)
{
    QLabel* made = label(text, TextStyle::Body, Ink::Secondary);
    made->setFixedWidth(width(true));
    made->setContentsMargins(kTextInset, 0, 0, 0);
    return made;
}

} // namespace hatstand::ui::columns
