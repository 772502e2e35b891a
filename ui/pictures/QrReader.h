// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QImage>
#include <QString>
#include <atomic>
#include <chrono>

namespace hatstand::ui {

/// However long a picture would take to read.
inline constexpr std::chrono::milliseconds kTimeForQr = std::chrono::seconds(5);

/// What a QR code in the picture says: black on white or white on black, turned any way, in a photo too. No
/// other kind of code is read. A picture of more than 8192 pixels a side or 32 megapixels is looked at
/// smaller. For a thread of a pool: takes its time, and is read in a process of its own, which is ended after
/// limit or soon after *stop is true.
/// NoCode: none, none that can be read, or none in time; TooLarge: it says more than 64 KiB (have and want:
/// bytes); Cancelled: stopped; Failed: there can be no such process.
[[nodiscard]] Result<QString> readQr(const QImage& picture, std::chrono::milliseconds limit = kTimeForQr,
    const std::atomic<bool>* stop = nullptr);

} // namespace hatstand::ui
