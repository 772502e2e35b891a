// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/NetworkIcon.h"

#include "ui/theme/Avatar.h"

#include <QGuiApplication>
#include <QPainter>

namespace hatstand::ui {

QIcon networkIcon(
    const QString& family, const QString& networkName, const QString& letter, int size, int width)
{
    QIcon icon;
    const int wide = std::max(size, width);
    const int left = QGuiApplication::isRightToLeft() ? wide - size : 0;
    const QRectF badge(left, 0, size, size);
    for (const int scale : {1, 2, 3}) {
        QPixmap pixmap(wide * scale, size * scale);
        pixmap.setDevicePixelRatio(scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(badgeColour(family, networkName));
        const qreal radius = family == QLatin1String("nostr") ? size / 2.0 : size / 4.0;
        painter.drawRoundedRect(badge, radius, radius);
        QFont face = font(TextStyle::Badge);
        face.setPixelSize(size * 9 / 16);
        face.setWeight(QFont::Bold);
        painter.setFont(face);
        painter.setPen(Qt::white);
        painter.drawText(badge, Qt::AlignCenter, letter);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace hatstand::ui
