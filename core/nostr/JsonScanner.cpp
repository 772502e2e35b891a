// SPDX-License-Identifier: MIT
#include "core/nostr/JsonScanner.h"

#include <QString>
#include <cstdint>
#include <cstring>

namespace hatstand::nostr {
namespace {

constexpr qint64 kHighest = (qint64{1} << 53) - 1;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Whether a byte is below 0x20, eight at a time (Bit Twiddling Hacks, "Determine if a word has a byte less
/// than n").
bool hasControls(const char* at, const char* end)
{
    constexpr std::uint64_t ones = 0x0101010101010101U;
    for (; end - at >= 8; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        if (((word - ones * 0x20) & ~word & (ones * 0x80)) != 0)
            return true;
    }
    for (; at != end; ++at) {
        if (static_cast<unsigned char>(*at) < 0x20)
            return true;
    }
    return false;
}

/// Four hexadecimal digits; -1 where they are none.
int hexUnit(const char* at, const char* end)
{
    if (end - at < 4)
        return -1;
    bool ok = true;
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = at[i];
        const int digit = isDigit(c) ? c - '0'
            : c >= 'a' && c <= 'f'   ? c - 'a' + 10
            : c >= 'A' && c <= 'F'   ? c - 'A' + 10
                                     : -1;
        ok = ok && digit >= 0;
        unit = unit * 16 + digit;
    }
    return ok ? unit : -1;
}

/// at: behind "\u". Moves on behind what it took; false for half a pair.
bool appendUnit(QByteArray& out, const char*& at, const char* end)
{
    const int first = hexUnit(at, end);
    if (first < 0)
        return false;
    at += 4;
    const auto code = static_cast<char16_t>(first);
    if (QChar::isLowSurrogate(code))
        return false;
    QString text(QChar{code}); // fromUcs4() would drop a byte order mark
    if (QChar::isHighSurrogate(code)) {
        if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
            return false;
        const int second = hexUnit(at + 2, end);
        if (second < 0 || !QChar::isLowSurrogate(static_cast<char32_t>(second)))
            return false;
        text += QChar(static_cast<char16_t>(second));
        at += 6;
    }
    out += text.toUtf8();
    return true;
}

} // namespace

JsonScanner::JsonScanner(QByteArrayView text)
    : m_begin(text.data())
    , m_at(text.data())
    , m_end(text.data() + text.size())
    , m_hasControls(hasControls(m_at, m_end))
{
}

bool JsonScanner::isAtEnd()
{
    skipSpace();
    return m_at == m_end;
}

bool JsonScanner::string(String& string)
{
    if (!take('"'))
        return false;
    const char* const from = m_at;
    const char* quote = from;
    string.isEscaped = false;
    for (;;) {
        const auto left = static_cast<std::size_t>(m_end - quote);
        const auto* const next = static_cast<const char*>(std::memchr(quote, '"', left));
        if (!next)
            return false;
        // A quote ends the string unless an odd number of backslashes stands before it.
        const char* slash = next;
        while (slash != from && slash[-1] == '\\')
            --slash;
        quote = next;
        if ((next - slash) % 2 == 0)
            break;
        ++quote;
    }
    const auto size = quote - from;
    if (m_hasControls && hasControls(from, quote))
        return false;
    string.raw = QByteArrayView(from, size);
    string.isEscaped = std::memchr(from, '\\', static_cast<std::size_t>(size)) != nullptr;
    m_at = quote + 1;
    return true;
}

bool JsonScanner::integer(qint64& number)
{
    skipSpace();
    const char* const from = m_at;
    number = 0;
    for (; m_at != m_end && isDigit(*m_at); ++m_at) {
        number = number * 10 + (*m_at - '0');
        if (number > kHighest)
            return false;
    }
    const auto digits = m_at - from;
    const bool goesOn = m_at != m_end && (*m_at == '.' || *m_at == 'e' || *m_at == 'E');
    return digits > 0 && !(digits > 1 && *from == '0') && !goesOn;
}

bool JsonScanner::word(QByteArrayView word)
{
    if (m_end - m_at < word.size()
        || std::memcmp(m_at, word.data(), static_cast<std::size_t>(word.size())) != 0)
        return false;
    m_at += word.size();
    return true;
}

bool JsonScanner::boolean(bool& value)
{
    skipSpace();
    value = word("true");
    return value || word("false");
}

bool JsonScanner::skipValue(int depth)
{
    QByteArray closers; // of what is open
    for (;;) {
        skipSpace();
        if (m_at == m_end)
            return false;
        String text;
        const char c = *m_at;
        if (c == '[' || c == '{') {
            if (closers.size() >= depth)
                return false;
            ++m_at;
            const char closer = c == '[' ? ']' : '}';
            if (!take(closer)) {
                closers += closer;
                if (c == '{' && !(string(text) && take(':')))
                    return false;
                continue;
            }
        } else if (c == '"') {
            if (!string(text))
                return false;
        } else if (c == '-' || isDigit(c)) {
            while (m_at != m_end && (isDigit(*m_at) || QByteArrayView("+-.eE").contains(*m_at)))
                ++m_at;
        } else if (!word("true") && !word("false") && !word("null")) {
            return false;
        }
        while (!closers.isEmpty() && take(closers.back()))
            closers.chop(1);
        if (closers.isEmpty())
            return true;
        if (!take(',') || (closers.back() == '}' && !(string(text) && take(':'))))
            return false;
    }
}

std::optional<QByteArray> unescaped(const JsonScanner::String& string)
{
    if (!string.isEscaped)
        return string.raw.toByteArray();
    QByteArray out;
    out.reserve(string.raw.size());
    const char* const end = string.raw.data() + string.raw.size();
    for (const char* at = string.raw.data(); at != end;) {
        if (*at != '\\') {
            out += *at++;
            continue;
        }
        if (end - at < 2)
            return std::nullopt;
        const char kind = at[1];
        at += 2;
        if (kind == 'u') {
            if (!appendUnit(out, at, end))
                return std::nullopt;
            continue;
        }
        constexpr QByteArrayView written("\"\\/bfnrt");
        constexpr QByteArrayView meant("\"\\/\b\f\n\r\t");
        const auto which = written.indexOf(kind);
        if (which < 0)
            return std::nullopt;
        out += meant[which];
    }
    return out;
}

bool appendCanonical(QByteArray& out, const JsonScanner::String& string)
{
    out += '"';
    if (!string.isEscaped) {
        out += string.raw; // nothing in it has to be escaped
    } else {
        const auto text = unescaped(string);
        if (!text)
            return false;
        constexpr QByteArrayView special("\"\\\b\f\n\r\t");
        constexpr QByteArrayView letters("\"\\bfnrt");
        for (const char c : *text) {
            if (const auto which = special.indexOf(c); which >= 0) {
                out += '\\';
                out += letters[which];
            } else if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00" + QByteArray(1, c).toHex();
            } else {
                out += c;
            }
        }
    }
    out += '"';
    return true;
}

} // namespace hatstand::nostr
