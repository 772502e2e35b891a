// SPDX-License-Identifier: MIT
#include "ui/windows/SessionDelegate.h"

#include "core/session/Session.h"
#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"
#include "ui/text/Sentences.h"
#include "ui/theme/AvatarPainter.h"
#include "ui/theme/LineIcon.h"
#include "ui/theme/RowPainter.h"
#include "ui/theme/Sizes.h"
#include "ui/theme/Theme.h"
#include "ui/windows/RowActions.h"
#include "ui/windows/SessionListView.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPainter>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::SignerKind;

constexpr int kBar = 4;
constexpr int kGap = 12;
constexpr int kAvatar = 40;
constexpr int kSign = 14; ///< side of the warning's sign
constexpr int kTextLeft = kBar + kGap + kAvatar + kGap;

void paintNameLine(RowPainter& row, const QModelIndex& index, int y)
{
    const Theme& theme = row.theme;
    const bool usable = SessionModel::isUsable(index) || SessionModel::isLocked(index);
    const bool active = index.data(SessionModel::ActiveRole).toBool();
    const QString badge = active ? SessionDelegate::tr("ACTIVE") : QString();
    const QString pill = usable
        ? signerPill(static_cast<SignerKind>(index.data(SessionModel::SignerRole).toInt()))
        : QString();
    const QFont badgeFont = ui::font(TextStyle::Badge);
    const QFont pillFont = RowPainter::pillFont();
    const QString name = index.data(SessionModel::NameRole).toString();
    int room = row.box.width();
    if (active)
        room -= row.pillWidth(badge, badgeFont, 6) + 8;
    if (!pill.isEmpty())
        room -= row.pillWidth(pill, pillFont, 7) + 8;
    // In words where they take nothing from the name, otherwise by its sign.
    const bool isBackupDue = usable && index.data(SessionModel::BackupDueRole).toBool();
    const QString reminder = SessionDelegate::tr("Never exported");
    const int reminderWidth = row.pillWidth(reminder, pillFont, 7) + 8;
    const int nameWidth = row.metrics(ui::font(TextStyle::Strong)).horizontalAdvance(name) + 1;
    const bool isReminderSpelt = nameWidth + reminderWidth <= room;
    if (isBackupDue)
        room -= isReminderSpelt ? reminderWidth : kSign + 8;
    int x = row.text(
        row.box.left(), y, room, name, TextStyle::Strong, usable ? theme.text : theme.secondaryText);
    if (active)
        x = row.activeBadge(x + 8, y, badge);
    if (!pill.isEmpty())
        x = row.plainPill(x + 8, y, pill);
    if (isBackupDue && isReminderSpelt)
        row.pill(x + 8, y, reminder, pillFont, 18, 7, 9, theme.warningGround, theme.warning);
    else if (isBackupDue)
        lineIcon(u"warning"_s, theme.warning)
            .paint(&row.p, row.mirrored(QRect(x + 8, y + (lineHeight() - kSign) / 2, kSign, kSign)));
}

void paintSecondLine(RowPainter& row, const QModelIndex& index, int y)
{
    const Theme& theme = row.theme;
    int x = row.box.left();
    const int end = row.box.right() + 1;
    const bool locked = SessionModel::isLocked(index);
    const QString reason = index.data(SessionModel::ReasonRole).toString();
    if (locked) {
        lineIcon(u"lock"_s, theme.warning)
            .paint(&row.p, row.mirrored(QRect(x, y + (lineHeight() - kSign) / 2, kSign, kSign)));
        x = row.text(x + 20, y, end - x - 20, reason, TextStyle::Caption, theme.warning);
        x = row.text(x + 8, y, std::max(0, end - x - 8), u"·"_s, TextStyle::Caption, theme.secondaryText) + 8;
    } else if (!SessionModel::isUsable(index)) {
        lineIcon(u"warning"_s, theme.warning)
            .paint(&row.p, row.mirrored(QRect(x, y + (lineHeight() - kSign) / 2, kSign, kSign)));
        row.text(x + 20, y, end - x - 20, reason, TextStyle::Caption, theme.warning);
        return;
    }
    const QString network = index.data(SessionModel::NetworkNameRole).toString();
    const QFontMetrics caption = row.metrics(ui::font(TextStyle::Caption));
    const int networkWidth = caption.horizontalAdvance(u"·"_s + network) + 18;
    x = row.text(x, y, std::max(0, end - x - networkWidth), index.data(SessionModel::ShortIdRole).toString(),
        TextStyle::Fixed, theme.secondaryText, Qt::ElideMiddle);
    x = row.text(x + 8, y, end - x - 8, u"·"_s, TextStyle::Caption, theme.secondaryText);
    x = row.text(x + 8, y, end - x - 8, network, TextStyle::Caption, theme.secondaryText);
    const SessionModel::Counts counts = SessionModel::countsOf(index);
    if (counts.text.isEmpty())
        return;
    const QString dot = u"·"_s;
    // Dropped first when there is no room for all of it.
    const int needed = caption.horizontalAdvance(dot) + caption.horizontalAdvance(counts.text) + 18;
    if (needed > end - x)
        return;
    x = row.text(x + 8, y, end - x - 8, dot, TextStyle::Caption, theme.secondaryText);
    row.text(x + 8, y, end - x - 8, counts.text, TextStyle::Caption,
        counts.isShrunk ? theme.warning : theme.secondaryText);
}

} // namespace

SessionDelegate::SessionDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

int SessionDelegate::rowHeight()
{
    return grown(64, 2);
}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, rowHeight()};
}

QRect SessionDelegate::textRect(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QRect& row = option.rect;
    const int reserved = RowActions::hasButton(index) ? m_reserved : margin;
    return {row.left() + kTextLeft, row.top() + (rowHeight() - 1 - 2 * lineHeight()) / 2,
        std::max(0, row.width() - kTextLeft - reserved), 2 * lineHeight()};
}

void SessionDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const QColor ground = selected ? theme.selection : hovered ? theme.hover : theme.surface;
    const QRect row = option.rect;

    painter->save();
    const auto* list = qobject_cast<const SessionListView*>(option.widget);
    if (list)
        painter->translate(0, list->slideOf(index));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(row, ground);
    painter->fillRect(QRect(row.left(), row.bottom(), row.width(), 1), theme.border);

    RowPainter parts(*painter, option, textRect(option, index), ground);
    if (index.data(SessionModel::ActiveRole).toBool())
        painter->fillRect(parts.mirrored(QRect(row.left(), row.top(), kBar, row.height() - 1)), theme.accent);
    if (hovered && m_draggable) {
        lineIcon(u"drag"_s, theme.secondaryText)
            .paint(
                painter, parts.mirrored(QRect(row.left() + 1, row.top() + (rowHeight() - 16) / 2, 16, 16)));
    }

    const QRect picture = parts.mirrored(
        QRect(row.left() + kBar + kGap, row.top() + (rowHeight() - 1 - kAvatar) / 2, kAvatar, kAvatar));
    paintAvatar(*painter, picture.topLeft(), avatarOf(index), kAvatar, ground, theme);

    if (!list || !list->indexWidget(index)) { // else the field stands in their place
        paintNameLine(parts, index, parts.box.top());
        paintSecondLine(parts, index, parts.box.top() + lineHeight());
    }

    if (selected && theme.highContrast) {
        painter->setPen(QPen(theme.text, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -1.5));
    }
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme.focusRing, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(row).adjusted(2, 2, -2, -3), 6, 6);
    }
    painter->restore();
}

QWidget* SessionDelegate::createEditor(
    QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    // Beside the list, not in it: a list tells a screen reader of its cells alone.
    const QWidget* list = parent->parentWidget();
    auto* editor = new QLineEdit(list && list->parentWidget() ? list->parentWidget() : parent);
    editor->setMaxLength(64);
    editor->setAccessibleName(tr("Name of %1").arg(index.data(SessionModel::NameRole).toString()));
    editor->setPlaceholderText(index.data(SessionModel::ShortIdRole).toString());
    return editor;
}

void SessionDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    auto* field = static_cast<QLineEdit*>(editor);
    if (field->isModified()) // what is being typed outlives a change of the row underneath
        return;
    field->setText(index.data(Qt::EditRole).toString());
    field->selectAll();
}

void SessionDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    model->setData(index, static_cast<QLineEdit*>(editor)->text(), Qt::EditRole);
}

void SessionDelegate::updateEditorGeometry(
    QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QRect text = textRect(option, index);
    const int height = std::max(32, editor->sizeHint().height());
    const QRect field(
        text.left() - 10, option.rect.top() + (rowHeight() - height - 1) / 2, text.width() + 10, height);
    QRect place = QStyle::visualRect(option.direction, option.rect, field);
    if (const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
        view && editor->parentWidget() != view->viewport())
        place.translate(view->viewport()->mapTo(editor->parentWidget(), QPoint(0, 0)));
    editor->setGeometry(place);
    editor->raise();
}

} // namespace hatstand::ui
