// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <optional>

namespace hatstand::antelope {

/// Times of a chain as text: ISO 8601 in UTC without a zone, as nodes write them.

[[nodiscard]] QString secondsText(quint32 seconds); ///< since 1970: "2018-06-15T19:17:47"
/// Since 1970, with milliseconds, and microseconds where there are any; nullopt beyond the year 9999.
[[nodiscard]] std::optional<QString> microsecondsText(qint64 microseconds);
[[nodiscard]] QString slotText(quint32 slot); ///< half seconds since 2000, as blocks count

/// Of such a text, with a fraction of at most six digits and a "Z" or neither: microseconds since 1970.
[[nodiscard]] std::optional<qint64> parseTime(const QString& text);
/// Rounded down to what the form can say; nullopt before or beyond it.
[[nodiscard]] std::optional<quint32> parseSeconds(const QString& text);
[[nodiscard]] std::optional<quint32> parseSlot(const QString& text);

} // namespace hatstand::antelope
