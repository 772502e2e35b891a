// SPDX-License-Identifier: MIT
#include "ui/windows/detail/DetailSection.h"

#include <QBoxLayout>

namespace hatstand::ui {

DetailSection::DetailSection(const QString& title, int rowHeight, QWidget* parent)
    : QWidget(parent)
    , m_heading(new QHBoxLayout)
    , m_card(new Card(rowHeight, this))
{
    m_heading->setSpacing(8);
    m_heading->addWidget(makeLabel(title, this, TextStyle::Heading));
    m_heading->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(m_heading);
    layout->addWidget(m_card);
}

void DetailSection::addToHeading(QWidget* widget)
{
    m_heading->addWidget(widget);
}

void DetailSection::addAboveCard(QWidget* widget)
{
    auto* all = static_cast<QVBoxLayout*>(layout());
    all->insertWidget(all->indexOf(m_card), widget);
}

} // namespace hatstand::ui
