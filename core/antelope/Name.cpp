// SPDX-License-Identifier: MIT
#include "core/antelope/Name.h"

#include <array>

namespace hatstand::antelope {
namespace {

// In the order of their values, 0 to 31: 12 characters of 5 bits, then 4 bits for a 13th.
constexpr std::string_view kAlphabet = ".12345abcdefghijklmnopqrstuvwxyz";
constexpr qsizetype kLongest = 13;
constexpr qsizetype kShown = 64; ///< of a refused text, in the error

} // namespace

Result<Name> Name::parse(const QString& text)
{
    const auto bad = [&text] { return refuse(Why::BadName, text.left(kShown)); };
    if (text.isEmpty() || text.size() > kLongest || text.back() == QLatin1Char('.'))
        return bad();
    quint64 value = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const auto symbol = c < 0x80 ? kAlphabet.find(static_cast<char>(c)) : std::string_view::npos;
        if (symbol == std::string_view::npos || (i == 12 && symbol > 0x0f))
            return bad();
        value |= i == 12 ? symbol : quint64(symbol) << (59 - 5 * i);
    }
    return Name(value);
}

QString Name::text() const
{
    std::array<char, kLongest> text{};
    qsizetype size = 0;
    for (qsizetype i = 0; i < kLongest; ++i) {
        const quint64 symbol = i == 12 ? m_value & 0x0f : (m_value >> (59 - 5 * i)) & 0x1f;
        text[std::size_t(i)] = kAlphabet[symbol];
        if (symbol != 0)
            size = i + 1;
    }
    return QString::fromLatin1(text.data(), size);
}

Result<PermissionLevel> PermissionLevel::parse(const QString& text)
{
    const qsizetype at = text.indexOf(QLatin1Char('@'));
    if (at < 0)
        return refuse(Why::NotThisForm, text.left(kShown));
    const auto actor = Name::parse(text.left(at));
    if (!actor)
        return fail(actor.error());
    const auto permission = Name::parse(text.mid(at + 1));
    if (!permission)
        return fail(permission.error());
    return PermissionLevel{*actor, *permission};
}

QString PermissionLevel::text() const
{
    return actor.text() + QLatin1Char('@') + permission.text();
}

} // namespace hatstand::antelope
