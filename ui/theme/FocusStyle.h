// SPDX-License-Identifier: MIT
#pragma once

#include <QPointer>
#include <QProxyStyle>

class QFocusFrame;

namespace hatstand::ui {

/// Fusion, with one ring for the keyboard's focus: 2 px wide, 2 px outside the control, over everything.
class FocusStyle final : public QProxyStyle
{
    Q_OBJECT
public:
    FocusStyle();
    /// Nothing moves by itself then: SH_Widget_Animation_Duration is 0.
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
        QStyleHintReturn* data) const override;

private:
    bool m_reducedMotion;
};

/// Moves the ring to whatever the keyboard focuses. Text fields and lists show their focus themselves.
class FocusRing final : public QObject
{
    Q_OBJECT
public:
    explicit FocusRing(QObject* parent = nullptr);
    ~FocusRing() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void surround(QWidget* widget);
    QPointer<QFocusFrame> m_frame;
};

} // namespace hatstand::ui
