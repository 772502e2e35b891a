// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <optional>

namespace hatstand::nostr {

/// Steps over JSON text without copying it or going deeper than it is told to. Each step answers whether what
/// it names was there; after a no the text is not JSON. The text has to be UTF-8.
class JsonScanner
{
public:
    explicit JsonScanner(QByteArrayView text);

    [[nodiscard]] qsizetype at() const { return m_at - m_begin; }
    void skipSpace()
    {
        for (; m_at != m_end && (*m_at == ' ' || *m_at == '\t' || *m_at == '\n' || *m_at == '\r'); ++m_at)
            ++m_spaces;
    }
    [[nodiscard]] qsizetype spaces() const { return m_spaces; } ///< skipped so far
    [[nodiscard]] bool isAtEnd(); ///< nothing but white space is left
    [[nodiscard]] bool take(char c) ///< after white space
    {
        const bool isThere = isNext(c);
        m_at += isThere ? 1 : 0;
        return isThere;
    }
    [[nodiscard]] bool isNext(char c) ///< likewise, and does not take it
    {
        skipSpace();
        return m_at != m_end && *m_at == c;
    }
    struct String
    {
        QByteArrayView raw; ///< between its quotes
        bool isEscaped = false; ///< has backslashes
    };
    [[nodiscard]] bool string(String& string);
    /// Digits alone, without sign, fraction or leading zero, up to 2^53 - 1.
    [[nodiscard]] bool integer(qint64& number);
    /// true, false
    [[nodiscard]] bool boolean(bool& value);
    /// Any value, of at most depth arrays and objects inside one another.
    [[nodiscard]] bool skipValue(int depth);

private:
    [[nodiscard]] bool word(QByteArrayView word);

    const char* m_begin;
    const char* m_at;
    const char* m_end;
    qsizetype m_spaces = 0;
    bool m_hasControls; ///< somewhere in the text, where in strings they are not allowed
};

/// What a string says, as UTF-8. nullopt for an escape that there is not, or half a surrogate pair.
[[nodiscard]] std::optional<QByteArray> unescaped(const JsonScanner::String& string);
/// Appends the string with its quotes as NIP-01 writes it for an id. False as unescaped().
[[nodiscard]] bool appendCanonical(QByteArray& out, const JsonScanner::String& string);

} // namespace hatstand::nostr
