// SPDX-License-Identifier: MIT
#include "ui/windows/AccountCombo.h"

#include "core/session/SessionManager.h"
#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"
#include "ui/theme/AvatarPainter.h"
#include "ui/theme/EvenListView.h"
#include "ui/theme/LineIcon.h"
#include "ui/theme/Sizes.h"
#include "ui/theme/Theme.h"

#include <QAbstractItemView>
#include <QLocale>
#include <QStylePainter>
#include <QStyledItemDelegate>
#include <QWheelEvent>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::SessionId;

constexpr int kAvatar = 24;

int alignLeading(Qt::LayoutDirection direction)
{
    return static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute | Qt::TextSingleLine)
        | static_cast<int>(direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
}

/// A row of the popup: picture, name, short id, and a check at the active one.
class PopupDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {200, grown(40, 2)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::of(option.widget);
        const QRect row = option.rect;
        const auto place = [&option, &row](int x, int y, int w, int h) {
            return QStyle::visualRect(option.direction, row, QRect(row.left() + x, row.top() + y, w, h));
        };
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        const QColor ground = chosen ? theme.selection : theme.raised;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->fillRect(row, ground);
        paintAvatar(*painter, place(8, (row.height() - kAvatar) / 2, kAvatar, kAvatar).topLeft(),
            avatarOf(index), kAvatar, ground, theme);
        const bool active = index.data(SessionModel::ActiveRole).toBool();
        const int left = 8 + kAvatar + 10;
        const int width = row.width() - left - (active ? 32 : 10);
        const int align = alignLeading(option.direction);
        painter->setFont(ui::font(TextStyle::Strong));
        painter->setPen(SessionModel::isUsable(index) ? theme.text : theme.secondaryText);
        painter->drawText(place(left, row.height() / 2 - lineHeight() + 1, width, lineHeight()), align,
            painter->fontMetrics().elidedText(
                index.data(SessionModel::NameRole).toString(), Qt::ElideRight, width));
        painter->setFont(ui::font(TextStyle::Fixed));
        painter->setPen(theme.secondaryText);
        painter->drawText(place(left, row.height() / 2, width, lineHeight() - 2), align,
            painter->fontMetrics().elidedText(
                index.data(SessionModel::ShortIdRole).toString(), Qt::ElideMiddle, width));
        if (active)
            lineIcon(u"check"_s, theme.text)
                .paint(painter, place(row.width() - 26, (row.height() - 16) / 2, 16, 16));
        painter->restore();
    }
};

} // namespace

AccountCombo::AccountCombo(UiContext& context, QWidget* parent)
    : QComboBox(parent)
    , m_context(context)
{
    setProperty("tall", u"account"_s);
    setFixedWidth(264);
    setMaxVisibleItems(12);
    setView(new EvenListView(this));
    setItemDelegate(new PopupDelegate(this));
    setModel(&context.model);
    connect(this, &QComboBox::activated, this, [this](int row) {
        const SessionId id(itemData(row, SessionModel::IdRole).toString());
        follow();
        Q_EMIT switchRequested(id);
    });
    connect(&context.sessions, &session::SessionManager::activeChanged, this, &AccountCombo::follow);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&context.model, signal, this, &AccountCombo::follow);
    connect(&context.model, &QAbstractItemModel::layoutChanged, this, &AccountCombo::follow);
    connect(&context.model, &QAbstractItemModel::dataChanged, this, &AccountCombo::follow);
    follow();
}

void AccountCombo::follow()
{
    const QModelIndex active = m_context.model.indexOf(m_context.sessions.active());
    if (currentIndex() != active.row())
        setCurrentIndex(active.row());
    const int count = m_context.model.rowCount();
    setAccessibleName(active.isValid()
            ? tr("Active account: %1, one of %2")
                  .arg(active.data(SessionModel::NameRole).toString(), QLocale().toString(count))
            : tr("No account is active"));
    setAccessibleDescription(accessibleName()); // on Unix a combo box's name is always what it shows
    update();
}

void AccountCombo::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    option.currentText.clear();
    option.currentIcon = {};
    painter.drawComplexControl(QStyle::CC_ComboBox, option);

    const QModelIndex active = m_context.model.indexOf(m_context.sessions.active());
    const QString count = tr("(%1)").arg(m_context.model.rowCount());
    painter.setRenderHint(QPainter::Antialiasing);
    int left = 12;
    if (active.isValid()) {
        left = 6 + kAvatar + 9;
        const QRect picture = QStyle::visualRect(
            layoutDirection(), rect(), QRect(6, (height() - kAvatar) / 2, kAvatar, kAvatar));
        paintAvatar(painter, picture.topLeft(), avatarOf(active), kAvatar, theme.raised, theme);
    }
    painter.setFont(ui::font(TextStyle::Body));
    const int countWidth = painter.fontMetrics().horizontalAdvance(count) + 6;
    const int room = width() - left - 34 - countWidth;
    painter.setFont(ui::font(TextStyle::Strong));
    painter.setPen(theme.text);
    const QString name = painter.fontMetrics().elidedText(
        active.isValid() ? active.data(SessionModel::NameRole).toString() : tr("No account is active"),
        Qt::ElideRight, room);
    const int used = painter.fontMetrics().horizontalAdvance(name) + 1;
    const int align = alignLeading(layoutDirection());
    painter.drawText(
        QStyle::visualRect(layoutDirection(), rect(), QRect(left, 0, used, height())), align, name);
    painter.setFont(ui::font(TextStyle::Body));
    painter.setPen(theme.secondaryText);
    painter.drawText(
        QStyle::visualRect(layoutDirection(), rect(), QRect(left + used + 5, 0, countWidth, height())), align,
        count);
}

void AccountCombo::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

} // namespace hatstand::ui
