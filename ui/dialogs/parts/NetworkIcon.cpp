// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/NetworkIcon.h"

#include "ui/theme/Avatar.h"

#include <QPainter>

namespace hatstand::ui {

QIcon networkIcon(const QString& family, const QString& networkName, const QString& letter, int size)
{
    QIcon icon;
    for (const int scale : {1, 2, 3}) {
        QPixmap pixmap(size * scale, size * scale);
        pixmap.setDevicePixelRatio(scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(badgeColour(family, networkName));
        const qreal radius = family == QLatin1String("nostr") ? size / 2.0 : size / 4.0;
        painter.drawRoundedRect(QRectF(0, 0, size, size), radius, radius);
        QFont face = font(TextStyle::Badge);
        face.setPixelSize(size * 9 / 16);
        face.setWeight(QFont::Bold);
        painter.setFont(face);
        painter.setPen(Qt::white);
        painter.drawText(QRectF(0, 0, size, size), Qt::AlignCenter, letter);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace hatstand::ui
