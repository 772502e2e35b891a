// SPDX-License-Identifier: MIT
#include "ui/windows/EmptyPage.h"

#include "ui/theme/Widgets.h"

#include <QBoxLayout>
#include <QPainter>
#include <QPainterPath>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kPicture = 200;

/// A stand without a hat; the hat that is missing is dotted.
class StandPicture final : public QWidget
{
public:
    explicit StandPicture(QWidget* parent)
        : QWidget(parent)
    {
        setMinimumSize(80, 80); // low windows show a smaller one
        setMaximumSize(kPicture, kPicture);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    }
    [[nodiscard]] QSize sizeHint() const override { return {kPicture, kPicture}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        const qreal scale = std::min(width(), height()) / qreal(kPicture);
        p.translate((width() - kPicture * scale) / 2, (height() - kPicture * scale) / 2);
        p.scale(scale, scale);
        p.setPen(Qt::NoPen);
        p.setBrush(theme.sunken);
        p.drawEllipse(QPointF(100, 188), 70, 7);

        const QColor wood = theme.dark ? QColor(0x5D6775) : QColor(0xA9B4C3);
        p.setPen(QPen(wood, 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        p.setBrush(Qt::NoBrush);
        QPainterPath stand;
        stand.moveTo(100, 78);
        stand.lineTo(100, 184);
        stand.moveTo(68, 186);
        stand.lineTo(132, 186);
        stand.moveTo(100, 122);
        stand.cubicTo(78, 122, 60, 114, 52, 92);
        stand.moveTo(100, 122);
        stand.cubicTo(122, 122, 140, 114, 148, 92);
        stand.moveTo(100, 150);
        stand.cubicTo(86, 150, 75, 146, 69, 132);
        stand.moveTo(100, 150);
        stand.cubicTo(114, 150, 125, 146, 131, 132);
        p.drawPath(stand);
        p.setPen(Qt::NoPen);
        p.setBrush(wood);
        p.drawEllipse(QPointF(51, 90), 7, 7);
        p.drawEllipse(QPointF(149, 90), 7, 7);
        p.drawEllipse(QPointF(68, 130), 6, 6);
        p.drawEllipse(QPointF(132, 130), 6, 6);

        QPen dots(theme.accent, 3, Qt::CustomDashLine, Qt::RoundCap, Qt::RoundJoin);
        dots.setDashPattern({0.4, 2.3}); // in units of the width
        p.setPen(dots);
        p.setBrush(Qt::NoBrush);
        QPainterPath hat;
        hat.moveTo(70, 54);
        hat.cubicTo(70, 24, 79, 8, 88, 8);
        hat.cubicTo(94, 8, 96, 13, 100, 13);
        hat.cubicTo(104, 13, 106, 8, 112, 8);
        hat.cubicTo(121, 8, 130, 24, 130, 54);
        hat.moveTo(48, 54);
        hat.cubicTo(64, 60, 136, 60, 152, 54);
        hat.cubicTo(156, 66, 132, 73, 100, 73);
        hat.cubicTo(68, 73, 44, 66, 48, 54);
        p.drawPath(hat);
    }
};

} // namespace

EmptyPage::EmptyPage(QWidget* parent)
    : QWidget(parent)
    , m_add(makeButton(tr("Add account"), this, ButtonKind::Primary, u"add"_s, ButtonSize::Large))
{
    QLabel* title = makeLabel(tr("No accounts yet"), this, TextStyle::Display);
    QLabel* text
        = makeLabel(tr("Add your Nostr and Antelope accounts once. Then switch with a click or a key, "
                       "and keep every key in the system keychain."),
            this, TextStyle::Body, Ink::Secondary);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignHCenter);
    text->setFixedWidth(420);
    text->setMinimumHeight(text->heightForWidth(420));

    QPushButton* privateKey = makeButton(tr("Use a private key…"), this, ButtonKind::Link);
    QPushButton* watch = makeButton(tr("Watch an account…"), this, ButtonKind::Link);
    auto* links = new QHBoxLayout;
    links->setSpacing(8);
    links->addStretch();
    links->addWidget(privateKey);
    links->addWidget(makeLabel(u"·"_s, this, TextStyle::Body, Ink::Secondary));
    links->addWidget(watch);
    links->addStretch();

    auto* paste = new QHBoxLayout;
    paste->setSpacing(8);
    paste->addStretch();
    paste->addWidget(makeLabel(
        tr("Or paste a key or an npub anywhere in this window"), this, TextStyle::Caption, Ink::Secondary));
    paste->addWidget(makeKeyCap(QKeySequence(QKeySequence::Paste).toString(QKeySequence::NativeText), this));
    paste->addStretch();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(0);
    layout->addStretch(3);
    layout->addWidget(new StandPicture(this), 0, Qt::AlignHCenter);
    layout->addSpacing(16);
    layout->addWidget(title, 0, Qt::AlignHCenter);
    layout->addSpacing(4);
    layout->addWidget(text, 0, Qt::AlignHCenter);
    layout->addSpacing(24);
    layout->addWidget(m_add, 0, Qt::AlignHCenter);
    layout->addSpacing(16);
    layout->addLayout(links);
    layout->addStretch(1);
    layout->addLayout(paste);
    layout->addStretch(3);
    connect(m_add, &QPushButton::clicked, this, &EmptyPage::addRequested);
    connect(privateKey, &QPushButton::clicked, this, &EmptyPage::privateKeyRequested);
    connect(watch, &QPushButton::clicked, this, &EmptyPage::watchRequested);
}

void EmptyPage::focusAdd()
{
    m_add->setFocus(Qt::OtherFocusReason);
}

} // namespace hatstand::ui
