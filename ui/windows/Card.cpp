// SPDX-License-Identifier: MIT
#include "ui/windows/Card.h"

#include <QBoxLayout>
#include <QStyle>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kWhatWidth = 104;
constexpr int kBesideFrom = 560; ///< narrower cards have their aside under the rows
constexpr int kDivider = 1;
constexpr int kBetween = 12; ///< what, its value and what follows
constexpr int kButtonPadding = 4; ///< of one that looks like a link

} // namespace

/// Rows, and what stands beside them where there is room, otherwise under them. Which of both is a question
/// of the width alone: so the height can be told for a width that it does not have yet, and never more width
/// is asked for than the wider of the two needs.
class CardLayout final : public QLayout
{
public:
    explicit CardLayout(QWidget* card)
        : QLayout(card)
        , m_rows(new QVBoxLayout)
    {
        m_rows->setSpacing(0);
        addChildLayout(m_rows);
        m_items += m_rows;
    }
    ~CardLayout() override
    {
        while (!m_items.isEmpty())
            delete m_items.takeLast();
    }
    CardLayout(const CardLayout&) = delete;
    CardLayout& operator=(const CardLayout&) = delete;

    [[nodiscard]] QBoxLayout* rows() const { return m_rows; }
    void setAside(QWidget* divider, QWidget* aside)
    {
        m_rows->addStretch(1); // rows keep their height where the aside is higher
        addWidget(divider);
        addWidget(aside);
        invalidate();
    }

    void addItem(QLayoutItem* item) override { m_items += item; }
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override
    {
        return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
    }

    [[nodiscard]] Qt::Orientations expandingDirections() const override
    {
        return hasAside() ? Qt::Orientations() : m_rows->expandingDirections();
    }
    [[nodiscard]] QSize minimumSize() const override
    {
        QSize size = m_rows->minimumSize();
        if (hasAside())
            size = size.expandedTo(aside()->minimumSize());
        return size.grownBy(contentsMargins());
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        QSize size = m_rows->sizeHint();
        if (hasAside())
            size = QSize(
                size.width() + kDivider + asideSize().width(), std::max(size.height(), asideSize().height()));
        return size.grownBy(contentsMargins());
    }
    [[nodiscard]] bool hasHeightForWidth() const override
    {
        return hasAside() || m_rows->hasHeightForWidth();
    }
    [[nodiscard]] int heightForWidth(int width) const override { return heightFor(width, false); }
    [[nodiscard]] int minimumHeightForWidth(int width) const override { return heightFor(width, true); }

    void setGeometry(const QRect& geometry) override
    {
        QLayout::setGeometry(geometry);
        const QRect room = contentsRect();
        if (!hasAside())
            return m_rows->setGeometry(room);
        const auto place = [this, &room](QLayoutItem* item, const QRect& at) {
            item->setGeometry(QStyle::visualRect(parentWidget()->layoutDirection(), room, at));
        };
        const QSize beside = asideSize();
        if (isBeside(geometry.width())) {
            QRect left = room;
            left.setWidth(room.width() - kDivider - beside.width());
            QRect right(QPoint(left.right() + 1 + kDivider, room.top()), beside);
            right.moveTop(room.top() + (room.height() - beside.height()) / 2);
            place(m_rows, left);
            place(divider(), QRect(left.right() + 1, room.top(), kDivider, room.height()));
            place(aside(), right);
        } else {
            QRect above = room;
            above.setHeight(room.height() - kDivider - beside.height());
            QRect below(QPoint(room.left(), above.bottom() + 1 + kDivider),
                QSize(std::min(beside.width(), room.width()), beside.height()));
            below.moveLeft(room.left() + (room.width() - below.width()) / 2);
            place(m_rows, above);
            place(divider(), QRect(room.left(), above.bottom() + 1, room.width(), kDivider));
            place(aside(), below);
        }
    }

private:
    /// Of the card's width, and never so that the rows get less than they need.
    [[nodiscard]] bool isBeside(int width) const
    {
        const QMargins around = contentsMargins();
        const int left = width - around.left() - around.right() - kDivider - asideSize().width();
        return width >= kBesideFrom && left >= m_rows->minimumSize().width();
    }
    /// All three are there; one that is being deleted is not.
    [[nodiscard]] bool hasAside() const { return m_items.size() == 3; }
    [[nodiscard]] QLayoutItem* divider() const { return m_items.at(1); }
    [[nodiscard]] QLayoutItem* aside() const { return m_items.at(2); }
    [[nodiscard]] QSize asideSize() const { return aside()->sizeHint().expandedTo(aside()->minimumSize()); }
    [[nodiscard]] int heightOfRows(int width, bool isLeast) const
    {
        if (m_rows->hasHeightForWidth())
            return isLeast ? m_rows->minimumHeightForWidth(width) : m_rows->heightForWidth(width);
        return isLeast ? m_rows->minimumSize().height() : m_rows->sizeHint().height();
    }
    [[nodiscard]] int heightFor(int width, bool isLeast) const
    {
        const QMargins around = contentsMargins();
        const int room = width - around.left() - around.right();
        const int frame = around.top() + around.bottom();
        if (!hasAside())
            return heightOfRows(room, isLeast) + frame;
        const QSize beside = asideSize();
        return frame
            + (isBeside(width)
                    ? std::max(heightOfRows(room - kDivider - beside.width(), isLeast), beside.height())
                    : heightOfRows(room, isLeast) + kDivider + beside.height());
    }

    QBoxLayout* m_rows;
    QList<QLayoutItem*> m_items; ///< the rows, then the divider and the aside where there is one
};

CardRow::CardRow(
    int height, const QString& what, QWidget* value, const QList<QWidget*>& after, QWidget* parent)
    : QWidget(parent)
    , m_line(makeLine(Qt::Horizontal, this))
    , m_what(makeLabel({}, this, TextStyle::Body, Ink::Secondary))
    , m_layout(new QHBoxLayout)
{
    m_layout->setSpacing(kBetween);
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

void CardRow::setStartsInButton()
{
    m_layout->setSpacing(kBetween - kButtonPadding);
}

void CardRow::alignTop(int below)
{
    m_what->setContentsMargins(0, below, 0, 0);
    m_layout->setAlignment(m_what, Qt::AlignTop);
}

Card::Card(int rowHeight, QWidget* parent)
    : QFrame(parent)
    , m_rowHeight(rowHeight)
    , m_layout(new CardLayout(this))
{
    setProperty("panel", u"card"_s);
    m_layout->setContentsMargins(1, 1, 1, 1);
}

CardRow* Card::addRow(const QString& what, QWidget* value, const QList<QWidget*>& after)
{
    auto* row = new CardRow(m_rowHeight, what, value, after, this);
    row->setLined(!m_all.isEmpty());
    m_all += row;
    m_layout->rows()->addWidget(row);
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
    m_layout->rows()->addWidget(body);
}

void Card::setAside(QWidget* aside)
{
    QFrame* divider = makeLine(Qt::Vertical, this);
    divider->setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX); // it lies or stands, as the card is wide
    m_layout->setAside(divider, aside);
}

} // namespace hatstand::ui
