// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Widgets.h"

class QHBoxLayout;
class QVBoxLayout;

namespace hatstand::ui {

/// What dialogs are made of, on top of the theme's widgets.

[[nodiscard]] QLabel* label(const QString& text, TextStyle style = TextStyle::Body, Ink ink = Ink::Text);
/// A word that is wider than any dialog, a name of 64 letters for example, may be broken: with marks of no
/// width.
[[nodiscard]] QString breakable(const QString& text);
/// As label, over several lines where needed.
[[nodiscard]] QLabel* paragraph(const QString& text, TextStyle style = TextStyle::Body, Ink ink = Ink::Text);
[[nodiscard]] QPushButton* button(
    const QString& text, ButtonKind kind = ButtonKind::Normal, const QString& icon = {});

/// Icon, bold line and text on a ground that says how grave it is: Panel::Note, Warning, Danger or Success.
class Notice final : public QFrame
{
    Q_OBJECT
public:
    Notice(ui::Panel panel, const QString& title, const QString& text, QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& text);
    [[nodiscard]] QString title() const { return m_title->text(); }
    [[nodiscard]] QString text() const { return m_text->text(); }

private:
    QLabel* m_title;
    QLabel* m_text;
};

/// Icon and one line: what goes (cross) and what stays (tick).
[[nodiscard]] QWidget* consequence(bool stays, const QString& text);

[[nodiscard]] QVBoxLayout* column(QWidget* parent, int margin, int gap);
[[nodiscard]] QHBoxLayout* row(QWidget* parent, int gap);

} // namespace hatstand::ui
