// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QImage>

namespace hatstand::ui {

inline constexpr int kPictureSide = 256; ///< pixels; the largest that is shown is 72 at 300 %

/// "png", "jpeg", "gif" or "webp" by the first bytes, whatever name or type came along; empty for all else,
/// SVG above all.
[[nodiscard]] QByteArray pictureFormat(const QByteArray& bytes);

/// A stranger's picture: its first frame, the right way up, cut to the square in its middle and at most
/// kPictureSide wide. Dimensions are judged before a pixel is read. For a thread of a pool: takes its time.
/// NotThisForm for another format or none that can be read, TooLarge past 8192 a side or 40 megapixels (have
/// and want: pixels) and for a JPEG of more than 64 scans (have and want: scans).
[[nodiscard]] Result<QImage> decodedPicture(const QByteArray& bytes);

/// The same picture whole and as large as it is: for what is looked at and not shown. Errors likewise.
[[nodiscard]] Result<QImage> wholePicture(const QByteArray& bytes);

} // namespace hatstand::ui
