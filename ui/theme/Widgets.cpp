// SPDX-License-Identifier: MIT
#include "ui/theme/Widgets.h"

#include "ui/theme/AvatarPainter.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr QSize kIcon(16, 16);
/// Styles leave 4 px between icon and text; a line icon in a wider box stays at its beginning, which makes
/// it 8.
constexpr QSize kIconBeforeText(20, 16);

void repolish(QWidget* widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->updateGeometry();
    widget->update();
}

void put(QWidget* widget, const char* property, const QVariant& value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    if (widget->testAttribute(Qt::WA_WState_Polished))
        repolish(widget);
}

QString inkName(Ink ink)
{
    switch (ink) {
    case Ink::Secondary:
        return u"secondary"_s;
    case Ink::Warning:
        return u"warning"_s;
    case Ink::Danger:
        return u"danger"_s;
    case Ink::Success:
        return u"success"_s;
    case Ink::Text:
        break;
    }
    return u"text"_s;
}

QString kindName(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Primary:
        return u"primary"_s;
    case ButtonKind::Danger:
        return u"danger"_s;
    case ButtonKind::DangerText:
        return u"dangerText"_s;
    case ButtonKind::Flat:
        return u"flat"_s;
    case ButtonKind::Link:
        return u"link"_s;
    case ButtonKind::Quiet:
        return u"quiet"_s;
    case ButtonKind::Hint:
        return u"hint"_s;
    case ButtonKind::Normal:
        break;
    }
    return u"normal"_s;
}

QColor Theme::*inkOf(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Primary:
        return &Theme::primaryInk;
    case ButtonKind::Danger:
        return &Theme::dangerButtonText;
    case ButtonKind::DangerText:
        return &Theme::danger;
    case ButtonKind::Link:
        return &Theme::link;
    case ButtonKind::Quiet:
    case ButtonKind::Hint:
        return &Theme::secondaryText;
    case ButtonKind::Normal:
    case ButtonKind::Flat:
        break;
    }
    return &Theme::text;
}

QString sizeName(ButtonSize size)
{
    return size == ButtonSize::Small ? u"small"_s : size == ButtonSize::Large ? u"large"_s : u"normal"_s;
}

QString pillName(PillKind kind)
{
    switch (kind) {
    case PillKind::Success:
        return u"success"_s;
    case PillKind::Warning:
        return u"warning"_s;
    case PillKind::Active:
        return u"active"_s;
    case PillKind::Plain:
        break;
    }
    return u"plain"_s;
}

QString panelName(Panel panel)
{
    switch (panel) {
    case Panel::Card:
        return u"card"_s;
    case Panel::Surface:
        return u"surface"_s;
    case Panel::Background:
        return u"background"_s;
    case Panel::Sunken:
        return u"sunken"_s;
    case Panel::Warning:
        return u"warning"_s;
    case Panel::Danger:
        return u"danger"_s;
    case Panel::Success:
        return u"success"_s;
    case Panel::Note:
        break;
    }
    return u"note"_s;
}

/// Shows its icon through the engine at each paint, so that it follows the theme.
class IconLabel final : public QLabel
{
public:
    IconLabel(QIcon icon, QWidget* parent)
        : QLabel(parent)
        , m_icon(std::move(icon))
    {
        setFixedSize(16, 16);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        m_icon.paint(&painter, rect());
    }

private:
    QIcon m_icon;
};

} // namespace

QString plainToolTip(const QString& text)
{
    constexpr qsizetype kOneLine = 60; // rich text is broken much earlier
    return (text.size() <= kOneLine ? u"<span style='white-space:nowrap'>"_s : u"<span>"_s)
        + text.toHtmlEscaped() + u"</span>"_s;
}

QLabel* makeLabel(const QString& text, QWidget* parent, TextStyle style, Ink ink)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(font(style));
    label->setText(text);
    setInk(label, ink);
    return label;
}

void setInk(QLabel* label, Ink ink)
{
    put(label, "ink", inkName(ink));
}

QPushButton* makeButton(
    const QString& text, QWidget* parent, ButtonKind kind, const QString& icon, ButtonSize size)
{
    auto* button = new QPushButton(text, parent);
    QFont face = font(kind == ButtonKind::Quiet ? TextStyle::Caption : TextStyle::Button);
    if (size == ButtonSize::Large)
        face.setPointSizeF(font(TextStyle::Heading).pointSizeF());
    else if (size == ButtonSize::Small)
        face.setPointSizeF(face.pointSizeF() - 0.5);
    button->setFont(face);
    button->setAutoDefault(false);
    button->setProperty("tall", sizeName(size));
    button->setProperty("lineIcon", icon);
    button->setProperty("kind", kindName(kind));
    if (!icon.isEmpty()) {
        button->setIcon(lineIcon(icon, inkOf(kind)));
        button->setIconSize(text.isEmpty() ? kIcon : kIconBeforeText);
    }
    return button;
}

void setKind(QPushButton* button, ButtonKind kind)
{
    put(button, "kind", kindName(kind));
    const QString icon = button->property("lineIcon").toString();
    if (!icon.isEmpty())
        button->setIcon(lineIcon(icon, inkOf(kind)));
}

bool pressFocused(const QWidget& window, const QKeyEvent& event)
{
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    auto* button = qobject_cast<QPushButton*>(window.focusWidget());
    if (!enter || (event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier || !button
        || !button->isEnabled())
        return false;
    if (!event.isAutoRepeat()) // a key that is held down has pressed it once
        button->click();
    return true;
}

QPushButton* makeIconButton(
    const QString& icon, const QString& name, QWidget* parent, ButtonKind kind, ButtonSize size)
{
    QPushButton* button = makeButton({}, parent, kind, icon, size);
    button->setProperty("iconOnly", true);
    button->setAccessibleName(name);
    button->setToolTip(plainToolTip(name));
    return button;
}

void followAssistiveSelection(QAbstractItemView* view)
{
    // Queued: on the usual way, too, the selection changes before the current row.
    QObject::connect(
        view->selectionModel(), &QItemSelectionModel::selectionChanged, view,
        [view] {
            const QModelIndexList selected = view->selectionModel()->selectedIndexes();
            const QModelIndex current = view->currentIndex();
            if (selected.size() == 1 && selected.constFirst() != current)
                view->setCurrentIndex(selected.constFirst());
            else if (selected.isEmpty() && current.isValid())
                view->selectionModel()->select(current, QItemSelectionModel::ClearAndSelect);
        },
        Qt::QueuedConnection);
}

void setIconOnly(QPushButton* button, bool iconOnly, const QString& text)
{
    put(button, "iconOnly", iconOnly);
    button->setText(iconOnly ? QString() : text);
    button->setIconSize(iconOnly ? kIcon : kIconBeforeText);
    button->setToolTip(iconOnly ? plainToolTip(text) : QString());
    button->setAccessibleName(text);
}

QLabel* makePill(const QString& text, QWidget* parent, PillKind kind)
{
    QLabel* pill = makeLabel(text, parent, TextStyle::Badge);
    QFont face = pill->font();
    if (kind != PillKind::Active) {
        face.setPointSizeF(face.pointSizeF() + 0.5);
        face.setWeight(QFont::Medium);
    }
    pill->setFont(face);
    pill->setAlignment(Qt::AlignCenter);
    pill->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    pill->setProperty("pill", pillName(kind));
    return pill;
}

void setPill(QLabel* pill, PillKind kind)
{
    put(pill, "pill", pillName(kind));
}

QLabel* makeKeyCap(const QString& keys, QWidget* parent)
{
    QLabel* cap = makeLabel(keys, parent, TextStyle::Caption);
    cap->setProperty("keycap", true);
    cap->setAlignment(Qt::AlignCenter);
    cap->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return cap;
}

QFrame* makePanel(Panel panel, QWidget* parent)
{
    auto* frame = new QFrame(parent);
    frame->setProperty("panel", panelName(panel));
    return frame;
}

QFrame* makeLine(Qt::Orientation orientation, QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setProperty("line", true);
    if (orientation == Qt::Horizontal)
        line->setFixedHeight(1);
    else
        line->setFixedWidth(1);
    return line;
}

QLabel* makeIcon(const QString& icon, QWidget* parent, QColor Theme::*ink)
{
    return new IconLabel(lineIcon(icon, ink), parent);
}

AvatarLabel::AvatarLabel(int size, QWidget* parent, QColor Theme::*ground)
    : QWidget(parent)
    , m_size(size)
    , m_ground(ground)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void AvatarLabel::setSpec(const AvatarSpec& spec)
{
    m_spec = spec;
    update();
}

QSize AvatarLabel::sizeHint() const
{
    return {m_size + 4, m_size + 4};
}

void AvatarLabel::paintEvent(QPaintEvent*)
{
    if (m_spec.sessionId.isEmpty())
        return;
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    paintAvatar(painter, {0, 0}, m_spec, m_size, theme.*m_ground, theme);
}

ElidedLabel::ElidedLabel(QWidget* parent, Qt::TextElideMode mode, TextStyle style, Ink ink)
    : QLabel(parent)
    , m_mode(mode)
{
    setTextFormat(Qt::PlainText);
    setFont(ui::font(style));
    setInk(this, ink);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString& text, const QString& shortForm)
{
    m_full = text;
    m_shown = shortForm.isEmpty() ? text : shortForm;
    setAccessibleName(text);
    setToolTip(plainToolTip(text));
    updateGeometry();
    update();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(fontMetrics().horizontalAdvance(m_shown), 48), fontMetrics().height()};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_shown) + 1, fontMetrics().height()};
}

QString ElidedLabel::shownText() const
{
    // The short form has an ellipsis of its own; where even that does not fit, there must not be two.
    const bool fits = fontMetrics().horizontalAdvance(m_shown) <= width();
    return fits ? m_shown : fontMetrics().elidedText(m_full, m_mode, width());
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    style()->drawItemText(&painter, rect(), static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading), palette(),
        isEnabled(), shownText(), foregroundRole());
}

} // namespace hatstand::ui
