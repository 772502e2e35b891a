// SPDX-License-Identifier: MIT
#include "ui/pictures/DecodedPicture.h"

#include <QBuffer>
#include <QColorSpace>
#include <QImageReader>
#include <algorithm>

namespace hatstand::ui {
namespace {

constexpr int kLongestSide = 8192;
constexpr qint64 kMostPixels = 40'000'000;
constexpr qsizetype kMostScans = 64; ///< progressive JPEGs have about ten

/// The square in the middle; a picture that is far longer than wide is cropped before anything is scaled.
QRect middleOf(QSize size)
{
    const int side = std::min(size.width(), size.height());
    return QRect((size.width() - side) / 2, (size.height() - side) / 2, side, side);
}

/// Each scan of a JPEG is a pass over all of its pixels, and a few bytes are enough for one. What is
/// compressed never holds the mark that begins one, so there are at most so many.
qsizetype scansIn(const QByteArray& bytes)
{
    return bytes.count("\xff\xda");
}

/// Reads what may be read.
class Reading
{
public:
    explicit Reading(const QByteArray& bytes)
        : m_bytes(bytes)
        , m_format(pictureFormat(bytes))
    {
        m_buffer.setData(bytes);
        m_buffer.open(QIODevice::ReadOnly);
    }

    /// The picture's size, before a pixel is read.
    Result<QSize> judge()
    {
        if (m_format.isEmpty())
            return refuse(Why::NotThisForm);
        reader.setDevice(&m_buffer);
        reader.setFormat(m_format);
        reader.setDecideFormatFromContent(false);
        reader.setAutoTransform(true);
        const QSize size = reader.size();
        if (!size.isValid() || size.isEmpty())
            return refuse(Why::NotThisForm);
        const qint64 pixels = qint64{size.width()} * size.height();
        if (std::max(size.width(), size.height()) > kLongestSide || pixels > kMostPixels)
            return refuse(Why::TooLarge, {}, pixels, kMostPixels);
        if (const qsizetype scans = scansIn(m_bytes); m_format == "jpeg" && scans > kMostScans)
            return refuse(Why::TooLarge, {}, scans, kMostScans);
        return size;
    }

private:
    QByteArray m_bytes;
    QByteArray m_format;
    QBuffer m_buffer;

public:
    QImageReader reader; ///< goes before what it reads from
};

} // namespace

QByteArray pictureFormat(const QByteArray& bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "png";
    if (bytes.startsWith("\xff\xd8\xff"))
        return "jpeg";
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return "gif";
    if (bytes.startsWith("RIFF") && bytes.size() >= 12 && bytes.sliced(8, 4) == "WEBP")
        return "webp";
    return {};
}

Result<QImage> decodedPicture(const QByteArray& bytes)
{
    Reading reading(bytes);
    const auto size = reading.judge();
    if (!size)
        return fail(size.error());
    // JPEG is decoded no larger than that; the others are scaled by the reader once they are.
    const int shorter = std::min(size->width(), size->height());
    if (shorter > kPictureSide) {
        const qreal scale = qreal(kPictureSide) / shorter;
        reading.reader.setScaledSize(QSize(qRound(size->width() * scale), qRound(size->height() * scale))
                                         .expandedTo({kPictureSide, kPictureSide}));
    }
    QImage image = reading.reader.read();
    if (image.isNull())
        return refuse(Why::NotThisForm);
    image = image.copy(middleOf(image.size()));
    image.convertToColorSpace(QColorSpace::SRgb);
    return image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

Result<QImage> wholePicture(const QByteArray& bytes)
{
    Reading reading(bytes);
    if (const auto size = reading.judge(); !size)
        return fail(size.error());
    QImage image = reading.reader.read();
    if (image.isNull())
        return refuse(Why::NotThisForm);
    return image;
}

} // namespace hatstand::ui
