// SPDX-License-Identifier: MIT
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QHash>
#include <QWidget>

namespace hatstand::ui {
namespace {

Theme makeLight()
{
    Theme t;
    t.dark = false;
    t.background = QColor(0xF5F6F8);
    t.surface = QColor(0xFFFFFF);
    t.raised = QColor(0xFFFFFF);
    t.sunken = QColor(0xEDEFF3);
    t.hover = QColor(0xF0F2F5);
    t.selection = QColor(0xE6F0FB);
    t.border = QColor(0xD8DCE3);
    t.controlBorder = QColor(0x7F8896);
    t.text = QColor(0x1A1E26);
    t.secondaryText = QColor(0x555D6B);
    t.accent = QColor(0x0066CC);
    t.accentText = QColor(0xFFFFFF);
    t.accentHover = QColor(0x0058B0);
    t.accentPressed = QColor(0x004A94);
    t.link = QColor(0x005BB8);
    t.focusRing = QColor(0x0066CC);
    t.success = QColor(0x17764A);
    t.successGround = QColor(0xE3F4EA);
    t.warning = QColor(0x8A5300);
    t.warningGround = QColor(0xFDF2DC);
    t.danger = QColor(0xBE2330);
    t.dangerGround = QColor(0xFCE9EA);
    t.dangerButton = QColor(0xBE2330);
    t.dangerButtonText = QColor(0xFFFFFF);
    t.nostrText = QColor(0x7440D8);
    t.requestDot = QColor(0xD4701A);
    t.primaryInk = t.accentText;
    return t;
}

Theme makeDark()
{
    Theme t;
    t.dark = true;
    t.background = QColor(0x1B1E23);
    t.surface = QColor(0x23272E);
    t.raised = QColor(0x2C313A);
    t.sunken = QColor(0x16181C);
    t.hover = QColor(0x2A2F37);
    t.selection = QColor(0x21354F);
    t.border = QColor(0x3B424D);
    t.controlBorder = QColor(0x7C8594);
    t.text = QColor(0xF0F2F5);
    t.secondaryText = QColor(0xAFB7C3);
    t.accent = QColor(0x2A74D2);
    t.accentText = QColor(0xFFFFFF);
    t.accentHover = QColor(0x2468BF);
    t.accentPressed = QColor(0x1C57A3);
    t.link = QColor(0x80BAFF);
    t.focusRing = QColor(0x80BAFF);
    t.success = QColor(0x6BD39B);
    t.successGround = QColor(0x1D3529);
    t.warning = QColor(0xF0B95A);
    t.warningGround = QColor(0x3A2F1B);
    t.danger = QColor(0xFF8A8F);
    t.dangerGround = QColor(0x43262A);
    t.dangerButton = QColor(0xCC3D47);
    t.dangerButtonText = QColor(0xFFFFFF);
    t.nostrText = QColor(0xB498FF);
    t.requestDot = QColor(0xD4701A);
    t.primaryInk = t.accentText;
    return t;
}

/// A palette that is not ours: a desktop in high contrast. Its colours stand; only what it has none for is
/// ours.
Theme fromForeign(const QPalette& p)
{
    Theme t = p.color(QPalette::Window).lightness() < 128 ? makeDark() : makeLight();
    t.highContrast = true;
    t.background = p.color(QPalette::Window);
    t.surface = t.raised = p.color(QPalette::Base);
    t.sunken = t.hover = p.color(QPalette::AlternateBase);
    t.text = t.secondaryText = t.border = t.controlBorder = p.color(QPalette::WindowText);
    t.link = p.color(QPalette::Link);
    t.accent = t.accentHover = t.accentPressed = p.color(QPalette::Highlight);
    t.accentText = p.color(QPalette::HighlightedText);
    t.primaryInk = p.color(QPalette::ButtonText); // there it is a button like any other
    t.dangerButtonText = t.primaryInk;
    t.focusRing = t.text;
    t.success = t.warning = t.danger = t.nostrText = t.text;
    t.successGround = t.warningGround = t.dangerGround = t.selection = t.surface;
    return t;
}

} // namespace

const Theme& Theme::light()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme& Theme::darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme& Theme::of(const QPalette& palette)
{
    // The tooltip's ground is the one colour no stylesheet of ours ever changes in a widget's own palette.
    const QColor mark = palette.color(QPalette::ToolTipText);
    const QColor ground = palette.color(QPalette::ToolTipBase);
    if (mark == light().text && ground == light().raised)
        return light();
    if (mark == darkTheme().text && ground == darkTheme().raised)
        return darkTheme();
    static QHash<qint64, Theme> foreign;
    const auto known = foreign.constFind(palette.cacheKey());
    if (known != foreign.cend())
        return *known;
    return *foreign.insert(palette.cacheKey(), fromForeign(palette));
}

const Theme& Theme::of(const QWidget* widget)
{
    return of(widget ? widget->palette() : QApplication::palette());
}

QPalette Theme::palette() const
{
    QPalette p;
    const auto disabled = [this](const QColor& ground) {
        const auto mix = [](int a, int b) { return (a * 11 + b * 9) / 20; };
        return QColor(mix(text.red(), ground.red()), mix(text.green(), ground.green()),
            mix(text.blue(), ground.blue()));
    };
    p.setColor(QPalette::Window, background);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, sunken);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, secondaryText);
    p.setColor(QPalette::Button, raised);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, accentText);
    p.setColor(QPalette::ToolTipBase, raised);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, accentText);
    p.setColor(QPalette::Link, link);
    p.setColor(QPalette::LinkVisited, link);
    p.setColor(QPalette::Light, dark ? raised : surface);
    p.setColor(QPalette::Midlight, hover);
    p.setColor(QPalette::Mid, border);
    p.setColor(QPalette::Dark, controlBorder);
    p.setColor(QPalette::Shadow, dark ? QColor(0, 0, 0) : controlBorder);
    p.setColor(QPalette::Disabled, QPalette::WindowText, disabled(background));
    p.setColor(QPalette::Disabled, QPalette::Text, disabled(surface));
    p.setColor(QPalette::Disabled, QPalette::ButtonText, disabled(raised));
    p.setColor(QPalette::Disabled, QPalette::Highlight, border);
    return p;
}

QFont font(TextStyle style)
{
    if (style == TextStyle::Fixed) {
        QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        fixed.setPointSizeF(QFontInfo(QApplication::font()).pointSizeF() - 1);
        return fixed;
    }
    struct Step
    {
        qreal points;
        QFont::Weight weight;
    };
    const auto step = [style]() -> Step {
        switch (style) {
        case TextStyle::Display:
            return {8, QFont::DemiBold};
        case TextStyle::Title:
            return {4, QFont::DemiBold};
        case TextStyle::Heading:
            return {1, QFont::DemiBold};
        case TextStyle::Strong:
            return {0, QFont::DemiBold};
        case TextStyle::Button:
            return {0, QFont::Medium};
        case TextStyle::Caption:
            return {-1, QFont::Normal};
        case TextStyle::Badge:
            return {-2, QFont::DemiBold};
        case TextStyle::Body:
        case TextStyle::Fixed:
            break;
        }
        return {0, QFont::Normal};
    }();
    QFont result = QApplication::font();
    result.setPointSizeF(QFontInfo(result).pointSizeF() + step.points);
    result.setWeight(step.weight);
    return result;
}

} // namespace hatstand::ui
