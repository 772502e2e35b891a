// SPDX-License-Identifier: MIT
#include "core/antelope/WideInt.h"

namespace hatstand::antelope {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr Wide kHighestBit = Wide{1} << 127;

Wide whole(WideInt value)
{
    return Wide{value.high} << 64 | value.low;
}

} // namespace

QString wideText(WideInt value, bool isSigned)
{
    Wide left = whole(value);
    const bool isNegative = isSigned && left >= kHighestBit;
    if (isNegative)
        left = ~left + 1;
    QString digits;
    do {
        digits.prepend(QChar(static_cast<char16_t>(u'0' + static_cast<char16_t>(left % 10))));
        left /= 10;
    } while (left > 0);
    return isNegative ? u'-' + digits : digits;
}

std::optional<WideInt> parseWide(const QString& text, bool isSigned)
{
    const bool isNegative = isSigned && text.startsWith(u'-');
    const QStringView digits = QStringView(text).mid(isNegative ? 1 : 0);
    const Wide most = !isSigned ? ~Wide{0} : isNegative ? kHighestBit : kHighestBit - 1;
    Wide number = 0;
    for (const QChar c : digits) {
        const int digit = c.unicode() - u'0';
        if (digit < 0 || digit > 9 || number > (most - static_cast<Wide>(digit)) / 10)
            return std::nullopt;
        number = number * 10 + static_cast<Wide>(digit);
    }
    if (digits.isEmpty())
        return std::nullopt;
    if (isNegative)
        number = ~number + 1;
    return WideInt{static_cast<quint64>(number), static_cast<quint64>(number >> 64)};
}

} // namespace hatstand::antelope
