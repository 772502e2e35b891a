// SPDX-License-Identifier: MIT
#include "ui/windows/detail/DetailSection.h"

#include <QBoxLayout>

namespace hatstand::ui {

DetailSection::DetailSection(const QString& title, int rowHeight, QWidget* parent)
    : QWidget(parent)
    , m_card(new Card(rowHeight, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(title, this, TextStyle::Heading));
    layout->addWidget(m_card);
}

} // namespace hatstand::ui
