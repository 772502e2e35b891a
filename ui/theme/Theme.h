// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QWidget;

namespace hatstand::ui {

/// The colours of the look, one value for light and one for dark; palette, stylesheet and delegates read only
/// from here.
struct Theme
{
    bool dark = false;
    bool highContrast = false; ///< the desktop's own palette: marks are drawn, not only coloured
    QColor background, surface, raised, sunken, hover, selection, border, controlBorder, text, secondaryText;
    QColor accent, accentText, accentHover, accentPressed, link, focusRing;
    QColor success, successGround, warning, warningGround, danger, dangerGround, dangerButton,
        dangerButtonText;
    QColor nostrText, requestDot;
    QColor primaryInk; ///< icons on the primary button

    [[nodiscard]] static const Theme& light();
    [[nodiscard]] static const Theme& darkTheme();
    /// The one whose palette this is.
    [[nodiscard]] static const Theme& of(const QPalette& palette);
    [[nodiscard]] static const Theme& of(const QWidget* widget);
    [[nodiscard]] QPalette palette() const;
};

/// The steps of the type scale, relative to the application's font.
enum class TextStyle { Display, Title, Heading, Body, Strong, Button, Caption, Badge, Fixed };
[[nodiscard]] QFont font(TextStyle style);

} // namespace hatstand::ui
