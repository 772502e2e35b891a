// SPDX-License-Identifier: MIT
#include "ui/windows/Card.h"

#include <QBoxLayout>
#include <QResizeEvent>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kWhatWidth = 104;
constexpr int kBesideFrom = 560; ///< narrower cards have their aside under the rows

} // namespace

Card::Card(int rowHeight, QWidget* parent)
    : QFrame(parent)
    , m_rowHeight(rowHeight)
    , m_layout(new QHBoxLayout(this))
    , m_rows(new QVBoxLayout)
{
    setProperty("panel", u"card"_s);
    m_layout->setContentsMargins(1, 1, 1, 1);
    m_layout->setSpacing(0);
    m_rows->setSpacing(0);
    m_layout->addLayout(m_rows, 1);
}

void Card::addRow(const QString& what, QWidget* value, const QList<QWidget*>& after)
{
    if (m_rows->count() > 0)
        m_rows->addWidget(makeLine(Qt::Horizontal, this));
    auto* row = new QWidget(this);
    row->setMinimumHeight(m_rowHeight);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(15, 0, 8, 0);
    layout->setSpacing(12);
    QLabel* key = makeLabel(what, row, TextStyle::Body, Ink::Secondary);
    key->setMinimumWidth(std::max(kWhatWidth, key->sizeHint().width()));
    layout->addWidget(key);
    layout->addWidget(value, 1);
    for (QWidget* widget : after)
        layout->addWidget(widget);
    if (!after.isEmpty() && qobject_cast<QLabel*>(after.last()))
        layout->addSpacing(8); // a button brings its own room to the edge
    m_rows->addWidget(row);
}

void Card::setAside(QWidget* aside)
{
    m_rows->addStretch(1); // rows keep their height where the aside is higher
    m_divider = makeLine(Qt::Vertical, this);
    m_layout->addWidget(m_divider);
    m_layout->addWidget(aside, 0, Qt::AlignCenter);
}

void Card::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    if (!m_divider)
        return;
    const bool beside = event->size().width() >= kBesideFrom;
    m_layout->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_divider->setFixedSize(beside ? QSize(1, QWIDGETSIZE_MAX) : QSize(QWIDGETSIZE_MAX, 1));
    if (beside)
        m_divider->setMinimumHeight(0);
    else
        m_divider->setMinimumWidth(0);
}

} // namespace hatstand::ui
