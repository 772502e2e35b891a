// SPDX-License-Identifier: MIT
#include "core/antelope/Asset.h"

#include <algorithm>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kMostDecimals = 18;
constexpr qsizetype kLongestCode = 7;

bool areDigits(QStringView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

std::optional<quint64> symbolCode(const QString& text)
{
    if (text.isEmpty() || text.size() > kLongestCode)
        return std::nullopt;
    quint64 code = 0;
    for (qsizetype i = text.size(); i-- > 0;) {
        if (text[i] < u'A' || text[i] > u'Z')
            return std::nullopt;
        code = code << 8 | text[i].unicode();
    }
    return code;
}

std::optional<QString> symbolCodeText(quint64 code)
{
    QString text;
    for (; code > 0; code >>= 8)
        text += QChar(static_cast<char16_t>(code & 0xff));
    if (!text.isEmpty() && !symbolCode(text))
        return std::nullopt;
    return text;
}

std::optional<Symbol> Symbol::parse(const QString& text)
{
    const QString decimals = text.section(u',', 0, 0);
    const Symbol symbol{decimals.toInt(), text.section(u',', 1)};
    if (!areDigits(decimals) || decimals.size() > 2 || symbol.precision > kMostDecimals
        || !symbolCode(symbol.code))
        return std::nullopt;
    return symbol;
}

std::optional<Symbol> Symbol::fromValue(quint64 value)
{
    const auto code = symbolCodeText(value >> 8);
    const Symbol symbol{static_cast<int>(value & 0xff), code.value_or(QString())};
    if (symbol.code.isEmpty() || symbol.precision > kMostDecimals)
        return std::nullopt;
    return symbol;
}

quint64 Symbol::value() const
{
    return symbolCode(code).value_or(0) << 8 | static_cast<quint64>(precision);
}

QString Symbol::text() const
{
    return QString::number(precision) + u',' + code;
}

std::optional<Asset> Asset::parse(const QString& text)
{
    const qsizetype space = text.indexOf(u' ');
    if (space < 0)
        return std::nullopt;
    QString amount = text.left(space);
    const bool isNegative = amount.startsWith(u'-');
    amount.remove(0, isNegative ? 1 : 0);
    const qsizetype point = amount.indexOf(u'.');
    const qsizetype decimals = point < 0 ? 0 : amount.size() - point - 1;
    if ((point >= 0 && (decimals == 0 || point == 0)) || amount.count(u'.') > 1)
        return std::nullopt;
    amount.remove(u'.');
    const Symbol symbol{static_cast<int>(decimals), text.mid(space + 1)};
    bool ok = areDigits(amount);
    const qint64 units = ok ? amount.toLongLong(&ok) : 0;
    if (!ok || decimals > kMostDecimals || (point >= 0 && amount.size() <= decimals)
        || !symbolCode(symbol.code))
        return std::nullopt;
    return Asset{isNegative ? -units : units, symbol};
}

QString Asset::amount() const
{
    QString digits = QString::number(units);
    const bool isNegative = digits.startsWith(u'-');
    digits.remove(0, isNegative ? 1 : 0);
    digits = digits.rightJustified(symbol.precision + 1, u'0');
    if (symbol.precision > 0)
        digits.insert(digits.size() - symbol.precision, u'.');
    return isNegative ? u'-' + digits : digits;
}

QString Asset::text() const
{
    return amount() + u' ' + symbol.code;
}

} // namespace hatstand::antelope
