// SPDX-License-Identifier: MIT
#include "core/antelope/Times.h"

#include <QDateTime>
#include <algorithm>
#include <chrono>
#include <limits>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qint64 kMicro = 1'000'000;
constexpr qint64 kYear2000 = 946'684'800; ///< seconds
constexpr qint64 kSlot = kMicro / 2;
constexpr qint64 kYear10000 = 253'402'300'800; ///< seconds
constexpr qint64 kYear0 = -62'135'596'800;
constexpr qsizetype kWithoutFraction = 19; ///< characters

/// Rounded down, for times before 1970 too.
qint64 floorDiv(qint64 value, qint64 by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

std::optional<quint32> inUnits(std::optional<qint64> microseconds, qint64 from, qint64 unit)
{
    if (!microseconds)
        return std::nullopt;
    const qint64 count = floorDiv(*microseconds - from, unit);
    if (count < 0 || count > std::numeric_limits<quint32>::max())
        return std::nullopt;
    return static_cast<quint32>(count);
}

/// By hand, since a list of times may be long and QDateTime takes its time with each.
QString wholeSeconds(qint64 seconds)
{
    using namespace std::chrono;
    const auto when = sys_seconds(std::chrono::seconds(seconds));
    const auto day = floor<days>(when);
    const year_month_day date(day);
    const hh_mm_ss time(when - day);
    QString text = u"0000-00-00T00:00:00"_s;
    const auto put = [&text](qsizetype at, qsizetype digits, qint64 number) {
        for (; digits > 0; --digits, number /= 10)
            text[at + digits - 1] = QChar(static_cast<char16_t>(u'0' + number % 10));
    };
    put(0, 4, int(date.year()));
    put(5, 2, unsigned(date.month()));
    put(8, 2, unsigned(date.day()));
    put(11, 2, time.hours().count());
    put(14, 2, time.minutes().count());
    put(17, 2, time.seconds().count());
    return text;
}

} // namespace

QString secondsText(quint32 seconds)
{
    return wholeSeconds(seconds);
}

std::optional<QString> microsecondsText(qint64 microseconds)
{
    const qint64 seconds = floorDiv(microseconds, kMicro);
    if (seconds >= kYear10000 || seconds < kYear0)
        return std::nullopt;
    QString fraction = QString::number(microseconds - seconds * kMicro).rightJustified(6, u'0');
    if (fraction.endsWith("000"_L1))
        fraction.chop(3);
    return wholeSeconds(seconds) + u'.' + fraction;
}

QString slotText(quint32 slot)
{
    return microsecondsText(kYear2000 * kMicro + qint64{slot} * kSlot).value_or(QString());
}

std::optional<qint64> parseTime(const QString& text)
{
    QString rest = text.endsWith(u'Z') ? text.chopped(1) : text;
    QString fraction;
    if (rest.size() > kWithoutFraction) {
        fraction = rest.mid(kWithoutFraction + 1);
        const bool areDigits
            = std::all_of(fraction.cbegin(), fraction.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (rest[kWithoutFraction] != u'.' || fraction.isEmpty() || fraction.size() > 6 || !areDigits)
            return std::nullopt;
        rest.truncate(kWithoutFraction);
    }
    if (rest.size() != kWithoutFraction)
        return std::nullopt;
    // Not by QDateTime::fromString: it takes the text for local time first, which lacks an hour a year.
    const QDateTime when(
        QDate::fromString(rest.left(10), Qt::ISODate), QTime::fromString(rest.mid(11), Qt::ISODate), Qt::UTC);
    if (!when.isValid() || rest[10] != u'T')
        return std::nullopt;
    return when.toSecsSinceEpoch() * kMicro + fraction.leftJustified(6, u'0').toLongLong();
}

std::optional<quint32> parseSeconds(const QString& text)
{
    return inUnits(parseTime(text), 0, kMicro);
}

std::optional<quint32> parseSlot(const QString& text)
{
    return inUnits(parseTime(text), kYear2000 * kMicro, kSlot);
}

} // namespace hatstand::antelope
