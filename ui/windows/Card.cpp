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

CardRow::CardRow(
    int height, const QString& what, QWidget* value, const QList<QWidget*>& after, QWidget* parent)
    : QWidget(parent)
    , m_line(makeLine(Qt::Horizontal, this))
    , m_what(makeLabel({}, this, TextStyle::Body, Ink::Secondary))
    , m_layout(new QHBoxLayout)
{
    m_layout->setSpacing(12);
    m_layout->addWidget(m_what);
    m_layout->addWidget(value, 1);
    for (QWidget* widget : after)
        m_layout->addWidget(widget);
    m_layout->addStrut(height);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_line);
    all->addLayout(m_layout);
    setWhat(what);
    setEndsInText(!after.isEmpty() && qobject_cast<QLabel*>(after.last()));
}

void CardRow::setWhat(const QString& what)
{
    m_what->setText(what);
    m_what->setMinimumWidth(std::max(kWhatWidth, m_what->sizeHint().width()));
}

void CardRow::setEndsInText(bool ends)
{
    m_layout->setContentsMargins(15, 0, ends ? 16 : 8, 0);
}

void CardRow::alignTop(int below)
{
    m_what->setContentsMargins(0, below, 0, 0);
    m_layout->setAlignment(m_what, Qt::AlignTop);
}

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

CardRow* Card::addRow(const QString& what, QWidget* value, const QList<QWidget*>& after)
{
    auto* row = new CardRow(m_rowHeight, what, value, after, this);
    row->setLined(!m_all.isEmpty());
    m_all += row;
    m_rows->addWidget(row);
    return row;
}

void Card::setRowShown(CardRow* row, bool shown)
{
    if (row->isHidden() != shown)
        return;
    row->setVisible(shown);
    bool isFirst = true;
    for (CardRow* each : std::as_const(m_all)) {
        if (each->isHidden())
            continue;
        each->setLined(!isFirst);
        isFirst = false;
    }
}

void Card::addBody(QWidget* body)
{
    m_rows->addWidget(body);
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
    // Later: whoever is laying this out right now has asked for its size already.
    if (m_divider)
        QMetaObject::invokeMethod(this, &Card::arrange, Qt::QueuedConnection);
}

void Card::arrange()
{
    const bool beside = width() >= kBesideFrom;
    const auto direction = beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (m_layout->direction() == direction)
        return;
    m_layout->setDirection(direction);
    m_divider->setFixedSize(beside ? QSize(1, QWIDGETSIZE_MAX) : QSize(QWIDGETSIZE_MAX, 1));
    if (beside)
        m_divider->setMinimumHeight(0);
    else
        m_divider->setMinimumWidth(0);
}

} // namespace hatstand::ui
