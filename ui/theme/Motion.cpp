// SPDX-License-Identifier: MIT
#include "ui/theme/Motion.h"

#include <QGraphicsOpacityEffect>
#include <QLayout>
#include <QPropertyAnimation>
#include <QStyle>
#include <QWidget>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kUnfolding = u"unfolding"_s;
const QString kFading = u"fading"_s;

/// One that is under way ends as if its time had come.
void finish(const QWidget* widget, const QString& name)
{
    if (auto* before = widget->findChild<QVariantAnimation*>(name, Qt::FindDirectChildrenOnly)) {
        before->setCurrentTime(before->duration());
        delete before;
    }
}

} // namespace

int motionTime(const QWidget* widget, int milliseconds)
{
    return widget->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, widget) > 0
        ? milliseconds
        : 0;
}

void unfold(QWidget* widget)
{
    finish(widget, kUnfolding);
    widget->show();
    const int time = motionTime(widget, kMoveMs);
    if (time == 0 || !widget->isVisible())
        return;
    if (QLayout* around = widget->parentWidget()->layout())
        around->activate(); // its width decides how high it gets
    const int least = widget->minimumHeight();
    const int most = widget->maximumHeight();
    const int natural
        = widget->hasHeightForWidth() ? widget->heightForWidth(widget->width()) : widget->sizeHint().height();
    auto* growing = new QVariantAnimation(widget);
    growing->setObjectName(kUnfolding);
    growing->setDuration(time);
    growing->setEasingCurve(QEasingCurve::OutCubic);
    growing->setStartValue(0);
    growing->setEndValue(std::clamp(natural, least, std::max(least, most)));
    widget->setMinimumHeight(0);
    widget->setMaximumHeight(0);
    QObject::connect(growing, &QVariantAnimation::valueChanged, widget,
        [widget](const QVariant& height) { widget->setMaximumHeight(height.toInt()); });
    QObject::connect(growing, &QVariantAnimation::finished, widget, [widget, least, most] {
        widget->setMaximumHeight(most);
        widget->setMinimumHeight(least);
    });
    growing->start(QAbstractAnimation::DeleteWhenStopped);
}

void fadeIn(QWidget* widget)
{
    const int time = motionTime(widget, kFadeMs);
    if (time == 0 || !widget->isVisible())
        return;
    finish(widget, kFading);
    auto* effect = new QGraphicsOpacityEffect(widget);
    effect->setOpacity(0);
    widget->setGraphicsEffect(effect);
    auto* appearing = new QPropertyAnimation(effect, "opacity", widget);
    appearing->setObjectName(kFading);
    appearing->setDuration(time);
    appearing->setStartValue(0.0);
    appearing->setEndValue(1.0);
    QObject::connect(appearing, &QVariantAnimation::finished, widget, [widget] {
        widget->setGraphicsEffect(nullptr); // drawing through one is slower and less sharp
    });
    appearing->start(QAbstractAnimation::DeleteWhenStopped);
}

} // namespace hatstand::ui
