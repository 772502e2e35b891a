// SPDX-License-Identifier: MIT
#include "ui/switcher/SwitcherDelegate.h"

#include "core/session/Session.h"
#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"
#include "ui/text/Sentences.h"
#include "ui/theme/AvatarPainter.h"
#include "ui/theme/LineIcon.h"
#include "ui/theme/RowPainter.h"
#include "ui/theme/Sizes.h"

#include <QPainter>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kBar = 4;
constexpr int kGap = 12;
constexpr int kAvatar = 32;
constexpr int kEnd = 16; ///< from the key caps to the row's end
constexpr int kSign = 14;

void paintName(RowPainter& row, const QModelIndex& index, int y)
{
    const bool active = index.data(SessionModel::ActiveRole).toBool();
    const QString badge = active ? SwitcherDelegate::tr("ACTIVE") : QString();
    const int room = row.box.width() - (active ? row.pillWidth(badge, ui::font(TextStyle::Badge), 6) + 8 : 0);
    const int x = row.text(row.box.left(), y, room, index.data(SessionModel::NameRole).toString(),
        TextStyle::Strong, SessionModel::isUsable(index) ? row.theme.text : row.theme.secondaryText);
    if (active)
        row.activeBadge(x + 8, y, badge);
}

/// What is known of it, or else which it is: who has two of one name can tell them apart.
void paintWhat(RowPainter& row, const QModelIndex& index, int y)
{
    const Theme& theme = row.theme;
    const int x = row.box.left();
    const int width = row.box.width();
    if (!SessionModel::isUsable(index)) {
        lineIcon(u"warning"_s, theme.warning)
            .paint(&row.p, row.mirrored(QRect(x, y + (lineHeight() - kSign) / 2, kSign, kSign)));
        row.text(x + 20, y, width - 20, index.data(SessionModel::ReasonRole).toString(), TextStyle::Caption,
            theme.warning);
        return;
    }
    const SessionModel::Counts counts = SessionModel::countsOf(index);
    if (!counts.text.isEmpty()) {
        row.text(x, y, width, counts.text, TextStyle::Caption,
            counts.isShrunk ? theme.warning : theme.secondaryText);
        return;
    }
    const QString network = SwitcherDelegate::tr("%1 ·", "network, before the account's name on it")
                                .arg(index.data(SessionModel::NetworkNameRole).toString());
    const int after = row.text(x, y, width, network, TextStyle::Caption, theme.secondaryText) + 4;
    row.text(after, y, x + width - after, index.data(SessionModel::ShortIdRole).toString(),
        TextStyle::Caption, theme.secondaryText, Qt::ElideMiddle);
}

} // namespace

SwitcherDelegate::SwitcherDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

int SwitcherDelegate::rowHeight()
{
    return grown(52, 2);
}

QSize SwitcherDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, rowHeight()};
}

void SwitcherDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const QColor ground = selected ? theme.selection : hovered ? theme.hover : theme.raised;
    const QRect row = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(row, ground);

    const int textLeft = kGap + kAvatar + kGap;
    RowPainter parts(*painter, option,
        QRect(row.left() + textLeft, row.top() + (row.height() - 2 * lineHeight()) / 2,
            row.width() - textLeft - kEnd, 2 * lineHeight()),
        ground);
    if (index.data(SessionModel::ActiveRole).toBool())
        painter->fillRect(parts.mirrored(QRect(row.left(), row.top(), kBar, row.height())), theme.accent);

    int end = row.right() + 1 - kEnd;
    if (index.row() < m_keys.size())
        end = parts.keyCap(end, m_keys.at(index.row())) - kGap;
    const QString pill = SessionModel::isUsable(index)
        ? signerPill(static_cast<session::SignerKind>(index.data(SessionModel::SignerRole).toInt()))
        : QString();
    if (!pill.isEmpty()) {
        end -= parts.pillWidth(pill, RowPainter::pillFont(), 7);
        parts.plainPill(end, row.top() + (row.height() - lineHeight()) / 2, pill);
        end -= kGap;
    }
    parts.box.setRight(end - 1);

    const QRect picture = parts.mirrored(
        QRect(row.left() + kGap, row.top() + (row.height() - kAvatar) / 2, kAvatar, kAvatar));
    paintAvatar(*painter, picture.topLeft(), avatarOf(index), kAvatar, ground, theme);
    paintName(parts, index, parts.box.top());
    paintWhat(parts, index, parts.box.top() + lineHeight());

    if (selected && theme.highContrast) {
        painter->setPen(QPen(theme.text, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->restore();
}

} // namespace hatstand::ui
