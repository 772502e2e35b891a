// SPDX-License-Identifier: MIT
#include "ui/dialogs/lists/AccountListDelegate.h"

#include "ui/models/AccountListModel.h"
#include "ui/theme/AvatarPainter.h"
#include "ui/theme/LineIcon.h"
#include "ui/theme/RowPainter.h"
#include "ui/theme/Sizes.h"

#include <QPainter>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using What = nostr::Muted::What;

constexpr int kEdge = 12;
constexpr int kPicture = 32;
constexpr int kPill = 7; ///< padding

/// The same picture as the person would have as an account here; a sign on a disc for what is no person.
void paintPicture(RowPainter& row, const QRect& place, const QModelIndex& index)
{
    const QString key = index.data(AccountListModel::KeyRole).toString();
    if (!key.isEmpty()) {
        AvatarSpec spec;
        spec.sessionId = u"nostr:"_s + key;
        spec.family = u"nostr"_s;
        return paintAvatar(row.p, place.topLeft(), spec, kPicture, row.rowGround, row.theme);
    }
    row.p.setPen(Qt::NoPen);
    row.p.setBrush(row.rowGround == row.theme.surface ? row.theme.sunken : row.theme.surface);
    row.p.drawEllipse(place);
    const auto what = static_cast<What>(index.data(AccountListModel::WhatRole).toInt());
    if (what == What::Thread) {
        lineIcon(u"link"_s, row.theme.secondaryText).paint(&row.p, place.adjusted(8, 8, -8, -8));
        return;
    }
    row.p.setFont(ui::font(TextStyle::Strong));
    row.p.setPen(row.theme.secondaryText);
    row.p.drawText(place, Qt::AlignCenter, what == What::Hashtag ? u"#"_s : u"Aa"_s);
}

} // namespace

AccountListDelegate::AccountListDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

int AccountListDelegate::rowHeight()
{
    return grown(52, 2);
}

QSize AccountListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, rowHeight()};
}

void AccountListDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const QColor ground = selected ? theme.selection : hovered ? theme.hover : theme.surface;
    const QRect all = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(all, ground);

    const int left = kEdge + kPicture + kEdge;
    RowPainter row(*painter, option,
        QRect(all.left() + left, all.top() + (all.height() - 2 * lineHeight()) / 2,
            all.width() - left - kEdge, 2 * lineHeight()),
        ground);
    const QRect picture = row.mirrored(
        QRect(all.left() + kEdge, all.top() + (all.height() - kPicture) / 2, kPicture, kPicture));
    paintPicture(row, picture, index);
    if (index.data(AccountListModel::PrivateRole).toBool()) {
        const QString text = tr("Private");
        const int from = row.box.right() + 1 - row.pillWidth(text, RowPainter::pillFont(), kPill);
        row.plainPill(from, all.top() + (all.height() - lineHeight()) / 2, text);
        row.box.setRight(from - kEdge);
    }
    const QString detail = index.data(AccountListModel::DetailRole).toString();
    const int top = detail.isEmpty() ? row.box.top() + lineHeight() / 2 : row.box.top();
    row.text(row.box.left(), top, row.box.width(), index.data().toString(), TextStyle::Strong, theme.text);
    row.text(
        row.box.left(), top + lineHeight(), row.box.width(), detail, TextStyle::Caption, theme.secondaryText);

    painter->setPen(QPen(theme.border, 1));
    painter->drawLine(all.bottomLeft(), all.bottomRight());
    if (selected && theme.highContrast) {
        painter->setPen(QPen(theme.text, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(all).adjusted(0.5, 0.5, -0.5, -1.5));
    }
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme.focusRing, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(all).adjusted(2, 2, -2, -3), 6, 6);
    }
    painter->restore();
}

} // namespace hatstand::ui
