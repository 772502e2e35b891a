// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/ClashLine.h"

#include "ui/theme/Motion.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>
#include <QPainter>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

ClashLine::ClashLine(const QString& buttonText, QWidget* parent)
    : QWidget(parent)
    , m_reason(label({}))
    , m_button(makeButton(buttonText, nullptr, ButtonKind::Normal, {}, ButtonSize::Small))
{
    constexpr int kInset = 12;
    setFixedHeight(grown(44));
    QHBoxLayout* layout = row(this, kInset);
    layout->setContentsMargins(kInset, 0, kInset, 0);
    layout->addWidget(makeIcon(u"error"_s, nullptr, &Theme::danger));
    layout->addWidget(m_reason, 1);
    layout->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &ClashLine::pressed);
    hide();
}

void ClashLine::tell(const QString& reason, bool withButton)
{
    const bool again = m_reason->text() == reason && !isHidden();
    m_reason->setText(reason);
    m_button->setVisible(withButton);
    if (!again)
        unfold(this);
}

void ClashLine::clear()
{
    hide();
    m_reason->clear();
}

/// From edge to edge of the table, unlike a message that stands by itself.
void ClashLine::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::of(this).dangerGround);
}

} // namespace hatstand::ui
