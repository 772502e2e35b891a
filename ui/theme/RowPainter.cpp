// SPDX-License-Identifier: MIT
#include "ui/theme/RowPainter.h"

#include "ui/theme/Sizes.h"

#include <QPainter>
#include <QStyle>

namespace hatstand::ui {

RowPainter::RowPainter(
    QPainter& painter, const QStyleOptionViewItem& option, QRect text, const QColor& ground)
    : p(painter)
    , opt(option)
    , box(text)
    , rowGround(ground)
    , theme(Theme::of(option.widget))
{
}

QRect RowPainter::mirrored(const QRect& rect) const
{
    return QStyle::visualRect(opt.direction, opt.rect, rect);
}

int RowPainter::text(
    int x, int y, int width, const QString& text, TextStyle style, const QColor& ink, Qt::TextElideMode mode)
{
    const QFont face = font(style);
    const QFontMetrics metrics = this->metrics(face);
    const QString shown = metrics.elidedText(text, mode, width);
    const int used = std::min(width, metrics.horizontalAdvance(shown) + 1);
    p.setFont(face);
    p.setPen(ink);
    p.drawText(mirrored(QRect(x, y, used, lineHeight())),
        static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute | Qt::TextSingleLine)
            | static_cast<int>(opt.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft),
        shown);
    return x + used;
}

QFont RowPainter::pillFont()
{
    QFont face = ui::font(TextStyle::Badge);
    face.setPointSizeF(face.pointSizeF() + 0.5);
    face.setWeight(QFont::Medium);
    return face;
}

QFontMetrics RowPainter::metrics(const QFont& face) const
{
    return {face, p.device()};
}

int RowPainter::pillWidth(const QString& text, const QFont& face, int padding) const
{
    return metrics(face).horizontalAdvance(text) + 2 * padding;
}

int RowPainter::pill(int x, int y, const QString& text, const QFont& face, int least, int padding,
    qreal radius, const QColor& ground, const QColor& ink)
{
    const int height = std::max(least, metrics(face).height() + 2);
    const int width = pillWidth(text, face, padding);
    const QRect rect = mirrored(QRect(x, y + (lineHeight() - height) / 2, width, height));
    p.setPen(Qt::NoPen);
    p.setBrush(ground);
    p.drawRoundedRect(rect, radius, radius);
    p.setFont(face);
    p.setPen(ink);
    p.drawText(rect, Qt::AlignCenter, text);
    return x + width;
}

int RowPainter::activeBadge(int x, int y, const QString& text)
{
    return pill(x, y, text, ui::font(TextStyle::Badge), 16, 6, 4, theme.accent, theme.accentText);
}

int RowPainter::plainPill(int x, int y, const QString& text)
{
    const QColor ground
        = rowGround == theme.surface || rowGround == theme.raised ? theme.sunken : theme.surface;
    return pill(x, y, text, pillFont(), 18, 7, 9, ground, theme.secondaryText);
}

int RowPainter::keyCap(int right, const QString& keys)
{
    constexpr int kPadding = 6;
    const QFont face = ui::font(TextStyle::Caption);
    const QFontMetrics metrics = this->metrics(face);
    const int width = metrics.horizontalAdvance(keys) + 2 * kPadding + 2;
    const int height = metrics.height() + 4;
    const QRect cap
        = mirrored(QRect(right - width, opt.rect.top() + (opt.rect.height() - height) / 2, width, height));
    p.setPen(QPen(theme.border, 1));
    p.setBrush(rowGround == theme.raised ? theme.sunken : theme.raised);
    p.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    p.setFont(face);
    p.setPen(theme.secondaryText);
    p.drawText(cap, Qt::AlignCenter, keys);
    return right - width;
}

} // namespace hatstand::ui
