// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Avatar.h"
#include "ui/theme/LineIcon.h"
#include "ui/theme/Theme.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>

class QAbstractItemView;
class QKeyEvent;

namespace hatstand::ui {

/// The parts that windows and dialogs are made of, as the stylesheet knows them.

/// A tooltip is guessed to be rich text or plain: so that a stranger's name never is markup, it is always
/// escaped markup.
[[nodiscard]] QString plainToolTip(const QString& text);

enum class Ink { Text, Secondary, Warning, Danger, Success };
/// Plain text always: names come from strangers.
[[nodiscard]] QLabel* makeLabel(
    const QString& text, QWidget* parent, TextStyle style = TextStyle::Body, Ink ink = Ink::Text);
void setInk(QLabel* label, Ink ink);

enum class ButtonKind { Normal, Primary, Danger, DangerText, Flat, Link, Quiet, Hint };
enum class ButtonSize { Normal, Small, Large };
/// icon: a line icon's name, or empty.
[[nodiscard]] QPushButton* makeButton(const QString& text, QWidget* parent,
    ButtonKind kind = ButtonKind::Normal, const QString& icon = {}, ButtonSize size = ButtonSize::Normal);
void setKind(QPushButton* button, ButtonKind kind);
/// Enter presses the button that has the focus. Left to themselves buttons do so under some desktops only,
/// and under the others a dialog presses its default instead of the one that a person has gone to. True if
/// this was such a key; call it first in a window's keyPressEvent().
[[nodiscard]] bool pressFocused(const QWidget& window, const QKeyEvent& event);
/// A square button without text; name is what a screen reader says and the tooltip shows.
[[nodiscard]] QPushButton* makeIconButton(const QString& icon, const QString& name, QWidget* parent,
    ButtonKind kind = ButtonKind::Flat, ButtonSize size = ButtonSize::Normal);
/// Turns a button with text into a square one and back; name says what it does when the text is gone.
void setIconOnly(QPushButton* button, bool iconOnly, const QString& text);

/// A screen reader chooses a row by selecting it, which in Qt leaves the current row where it was: takes it
/// along, and keeps it selected. Call it once the view has its model; for views that select one row.
void followAssistiveSelection(QAbstractItemView* view);

enum class PillKind { Plain, Success, Warning, Active };
[[nodiscard]] QLabel* makePill(const QString& text, QWidget* parent, PillKind kind = PillKind::Plain);
void setPill(QLabel* pill, PillKind kind);
[[nodiscard]] QLabel* makeKeyCap(const QString& keys, QWidget* parent);

enum class Panel { Card, Surface, Background, Sunken, Warning, Danger, Success, Note };
[[nodiscard]] QFrame* makePanel(Panel panel, QWidget* parent);
[[nodiscard]] QFrame* makeLine(Qt::Orientation orientation, QWidget* parent);
/// A line icon that follows the theme; has no name for a screen reader, since text stands beside it.
[[nodiscard]] QLabel* makeIcon(const QString& icon, QWidget* parent, QColor Theme::*ink = &Theme::text);

/// An account's picture as a widget; room for the overhanging badge is its own.
class AvatarLabel final : public QWidget
{
    Q_OBJECT
public:
    AvatarLabel(int size, QWidget* parent, QColor Theme::*ground = &Theme::surface);
    void setSpec(const AvatarSpec& spec);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    AvatarSpec m_spec;
    int m_size;
    QColor Theme::*m_ground;
};

/// A label that shortens its text to fit: in the middle (keys), at the end (names) or at the beginning
/// (addresses, of which the domain counts). Tells the whole in a tooltip.
class ElidedLabel final : public QLabel
{
    Q_OBJECT
public:
    ElidedLabel(
        QWidget* parent, Qt::TextElideMode mode, TextStyle style = TextStyle::Body, Ink ink = Ink::Text);
    /// shortForm: what is shown at most, where the whole would say no more to the eye.
    void setFullText(const QString& text, const QString& shortForm = {});
    [[nodiscard]] QString fullText() const { return m_full; }
    [[nodiscard]] QString shownText() const; ///< what there is room for
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_full;
    QString m_shown;
    Qt::TextElideMode m_mode;
};

} // namespace hatstand::ui
