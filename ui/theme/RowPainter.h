// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Theme.h"

#include <QFontMetrics>
#include <QRect>
#include <QStyleOptionViewItem>

class QPainter;

namespace hatstand::ui {

/// One row of a list in the middle of being painted: lays pieces out from left to right, mirrored where the
/// layout is. Knows the look, not what the row is about.
class RowPainter
{
public:
    /// text: where the row's two lines of text go, left to right. ground: what the row was filled with.
    RowPainter(QPainter& painter, const QStyleOptionViewItem& option, QRect text, const QColor& ground);

    [[nodiscard]] QRect mirrored(const QRect& rect) const;
    /// Answers how far it came.
    int text(int x, int y, int width, const QString& text, TextStyle style, const QColor& ink,
        Qt::TextElideMode mode = Qt::ElideRight);
    int pill(int x, int y, const QString& text, const QFont& face, int least, int padding, qreal radius,
        const QColor& ground, const QColor& ink);
    [[nodiscard]] static QFont pillFont();
    [[nodiscard]] int pillWidth(const QString& text, const QFont& face, int padding) const;
    /// As it is painted here: a display may have other dots per inch than the ones fonts begin with.
    [[nodiscard]] QFontMetrics metrics(const QFont& face) const;
    /// ACTIVE after the name, at x of the line at y; answers how far it came.
    int activeBadge(int x, int y, const QString& text);
    /// "Remote", "Encrypted": on a ground that can be told from the row's.
    int plainPill(int x, int y, const QString& text);
    /// A key cap whose right edge is at right, in the middle of the row; answers where it begins.
    int keyCap(int right, const QString& keys);

    QPainter& p;
    const QStyleOptionViewItem& opt;
    QRect box;
    QColor rowGround;
    const Theme& theme;
};

} // namespace hatstand::ui
