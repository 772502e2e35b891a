// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/KeyRecorder.h"

#include "ui/shortcuts/DigitKey.h"
#include "ui/theme/LineIcon.h"
#include "ui/theme/Theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

bool isModifier(int key)
{
    switch (key) {
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_Super_L:
    case Qt::Key_Super_R:
    case Qt::Key_CapsLock:
    case Qt::Key_NumLock:
    case Qt::Key_unknown:
    case 0:
        return true;
    default:
        return false;
    }
}

/// The keys as a shortcut writes them: digits by their place, Tab for Backtab, and Shift only where it does
/// more than reach the symbol.
QKeySequence keysOf(const QKeyEvent& event)
{
    Qt::KeyboardModifiers modifiers
        = event.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (const auto digit = digitOf(event); digit && modifiers & ~Qt::ShiftModifier) {
        return QKeySequence(
            QKeyCombination(modifiers & ~Qt::ShiftModifier, static_cast<Qt::Key>(Qt::Key_0 + *digit)));
    }
    int key = event.key();
    if (key == Qt::Key_Backtab)
        key = Qt::Key_Tab;
    const QString text = event.text();
    const bool symbol
        = !text.isEmpty() && text[0].isPrint() && !text[0].isLetterOrNumber() && !text[0].isSpace();
    if (symbol)
        modifiers &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key)));
}

} // namespace

KeyRecorder::KeyRecorder(QWidget* parent)
    : QPushButton(parent)
{
    setAutoDefault(false);
    setFlat(true);
    setProperty("ownRing", true); // drawn inside, and only one of them
    setCursor(Qt::PointingHandCursor);
    connect(this, &QPushButton::clicked, this, [this] { setRecording(true); });
}

void KeyRecorder::setKeysText(const QString& text)
{
    m_keys = text;
    setAccessibleDescription(text.isEmpty() ? tr("None") : text);
    update();
}

void KeyRecorder::setTroubled(bool troubled)
{
    m_troubled = troubled;
    update();
}

void KeyRecorder::setRecording(bool on)
{
    if (m_recording == on)
        return;
    m_recording = on;
    update();
    Q_EMIT recordingChanged(on);
}

bool KeyRecorder::event(QEvent* event)
{
    if (m_recording) {
        if (event->type() == QEvent::ShortcutOverride) {
            event->accept();
            return true;
        }
        if (event->type() == QEvent::KeyPress) { // here, since Tab never reaches keyPressEvent
            take(*static_cast<QKeyEvent*>(event));
            return true;
        }
    }
    return QPushButton::event(event);
}

void KeyRecorder::take(const QKeyEvent& event)
{
    if (isModifier(event.key()))
        return;
    const bool plain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    setRecording(false);
    if (plain && event.key() == Qt::Key_Escape)
        return;
    if (plain && event.key() == Qt::Key_Backspace) {
        Q_EMIT recorded({});
        return;
    }
    Q_EMIT recorded(keysOf(event));
}

void KeyRecorder::focusOutEvent(QFocusEvent* event)
{
    setRecording(false);
    QPushButton::focusOutEvent(event);
}

void KeyRecorder::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr int kPadding = 10;
    constexpr int kRadius = 6;
    if (m_recording || hasFocus()) {
        painter.setPen(QPen(theme.focusRing, 2));
        painter.setBrush(m_recording ? QBrush(theme.dark ? theme.sunken : theme.surface) : Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
    } else if (underMouse()) {
        painter.setPen(QPen(theme.controlBorder, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    }
    const bool dim = m_recording || m_keys.isEmpty();
    const bool troubled = m_troubled && !dim;
    painter.setPen(troubled ? theme.danger : dim ? theme.secondaryText : theme.text);
    painter.setFont(ui::font(dim ? TextStyle::Body : TextStyle::Button));
    // Keys are written from left to right in every language.
    const QString keys = QChar(0x2066) + m_keys + QChar(0x2069);
    const QString shown = m_recording ? tr("Press keys…") : m_keys.isEmpty() ? tr("None") : keys;
    QRect area = rect().adjusted(kPadding, 0, -kPadding, 0);
    if (troubled) {
        constexpr int kIcon = 14;
        constexpr int kGap = 8;
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        const QRect place(
            mirrored ? area.right() - kIcon + 1 : area.left(), (height() - kIcon) / 2, kIcon, kIcon);
        lineIcon(u"error"_s, &Theme::danger).paint(&painter, place);
        area.adjust(mirrored ? 0 : kIcon + kGap, 0, mirrored ? -(kIcon + kGap) : 0, 0);
    }
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeading, shown);
}

} // namespace hatstand::ui
