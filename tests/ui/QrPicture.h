// SPDX-License-Identifier: MIT
#pragma once

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QString>
#include <memory>
#include <qrencode.h>

namespace hatstand::test {

/// A QR code as a picture, with its quiet zone.
inline QImage qrPicture(const QString& text, int pixelsPerModule)
{
    constexpr int kQuiet = 4;
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.toUtf8().constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code)
        qFatal("no code");
    const int side = code->width + 2 * kQuiet;
    QImage picture(side, side, QImage::Format_RGB32);
    picture.fill(Qt::white);
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if ((code->data[y * code->width + x] & 1) != 0)
                picture.setPixelColor(x + kQuiet, y + kQuiet, Qt::black);
        }
    }
    return picture.scaled(picture.size() * pixelsPerModule);
}

inline QByteArray pngOf(const QImage& picture)
{
    QBuffer png;
    png.open(QIODevice::WriteOnly);
    picture.save(&png, "png");
    return png.data();
}

} // namespace hatstand::test
