// SPDX-License-Identifier: MIT
#include "ui/theme/FocusStyle.h"

#include "ui/theme/Motion.h"
#include "ui/theme/Theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QFocusEvent>
#include <QFocusFrame>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStyleFactory>
#include <QTextEdit>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kRing = 2;
constexpr int kGap = 2;

bool showsFocusItself(const QWidget* widget)
{
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QPlainTextEdit*>(widget)
        || qobject_cast<const QTextEdit*>(widget) || qobject_cast<const QAbstractItemView*>(widget)
        || qobject_cast<const QAbstractSpinBox*>(widget) || widget->isWindow()
        || widget->property("ownRing").toBool();
}

bool isTheKeyboards(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
        || reason == Qt::ShortcutFocusReason || reason == Qt::OtherFocusReason
        || reason == Qt::ActiveWindowFocusReason;
}

} // namespace

FocusStyle::FocusStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    , m_reducedMotion(QGuiApplication::platformName() == "offscreen"_L1) // for nobody's eyes
{
}

void FocusStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    // A combo box takes the frame off its list, and with it the border that the style sheet gives it.
    auto* list = qobject_cast<QAbstractItemView*>(widget);
    if (list && list->parentWidget() && list->parentWidget()->inherits("QComboBoxPrivateContainer"))
        list->setFrameShape(QFrame::StyledPanel);
}

void FocusStyle::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    if (element != CE_FocusFrame) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(Theme::of(option->palette).focusRing, kRing));
    const qreal half = kRing / 2.0;
    painter->drawRoundedRect(QRectF(option->rect).adjusted(half, half, -half, -half), 8, 8);
    painter->restore();
}

void FocusStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    if (element != PE_FrameFocusRect)
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

int FocusStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return kRing + kGap;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FocusStyle::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_FocusFrame_AboveWidget:
        return 1;
    case SH_FocusFrame_Mask:
    case SH_ComboBox_Popup: // below the box, as a list
        return 0;
    case SH_Widget_Animation_Duration:
        return m_reducedMotion ? 0 : kMoveMs; // what Qt's themes say of it is the same on every desktop
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

FocusRing::FocusRing(QObject* parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

FocusRing::~FocusRing()
{
    delete m_frame.data();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::FocusIn && event->type() != QEvent::FocusOut)
        return false;
    auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget)
        return false;
    if (event->type() == QEvent::FocusOut) {
        if (m_frame && m_frame->widget() == widget)
            m_frame->setWidget(nullptr);
        return false;
    }
    if (!isTheKeyboards(static_cast<QFocusEvent*>(event)->reason()) || showsFocusItself(widget))
        return false;
    surround(widget);
    if (!m_frame->isVisible()) {
        // Given the focus before it was laid out, a widget has no place yet, and the frame never looks again.
        QMetaObject::invokeMethod(
            widget,
            [this, widget, ring = QPointer<FocusRing>(this)] {
                if (!ring || !m_frame || m_frame->widget() != widget)
                    return;
                m_frame->setWidget(nullptr);
                surround(widget);
            },
            Qt::QueuedConnection);
    }
    return false;
}

void FocusRing::surround(QWidget* widget)
{
    // The frame goes with the window it is in; a new window gets a new one.
    if (!m_frame)
        m_frame = new QFocusFrame(widget->window());
    m_frame->setWidget(widget);
}

} // namespace hatstand::ui
