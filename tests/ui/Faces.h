// SPDX-License-Identifier: MIT
#pragma once

#include <QBuffer>
#include <QColor>
#include <QImage>

namespace hatstand::test {

/// A picture of one colour, which nothing of the look has, so that it can be counted on a screenshot.
inline QByteArray facePng(const QColor& colour)
{
    QImage image(64, 64, QImage::Format_RGB32);
    image.fill(colour);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "png"))
        qFatal("no writer of png");
    return buffer.data();
}

inline int pixelsOf(const QColor& colour, const QImage& image)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            found += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return found;
}

} // namespace hatstand::test
