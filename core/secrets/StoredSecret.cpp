// SPDX-License-Identifier: MIT
#include "core/secrets/StoredSecret.h"

#include <algorithm>
#include <array>
#include <optional>

namespace hatstand::secrets {
namespace {

constexpr std::array<std::string_view, 9> kNames{
    "nsec", "ncryptsec", "wif", "pvt", "nip46", "anchor", "profile", "sealed", "lock"};

bool isPlain(char c)
{
    return c >= 0x20 && c <= 0x7e && c != '"' && c != '\\';
}

Bytes bytes(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Reads the one shape that is needed, as views into the value: a general JSON reader would copy the secret.
class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_rest(text)
    {
    }

    bool take(char wanted)
    {
        skipSpace();
        if (m_rest.empty() || m_rest.front() != wanted)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    /// The inside of a string without escapes.
    std::optional<std::string_view> takeString()
    {
        if (!take('"'))
            return {};
        const auto* end = std::find_if_not(m_rest.begin(), m_rest.end(), isPlain);
        const auto size = static_cast<std::size_t>(end - m_rest.begin());
        const std::string_view inside = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        if (m_rest.empty() || m_rest.front() != '"')
            return {};
        m_rest.remove_prefix(1);
        return inside;
    }

    bool atEnd()
    {
        skipSpace();
        return m_rest.empty();
    }

private:
    void skipSpace()
    {
        const auto begin = m_rest.find_first_not_of(" \t\r\n");
        m_rest.remove_prefix(std::min(begin, m_rest.size()));
    }

    std::string_view m_rest;
};

struct Fields
{
    bool version = false;
    std::optional<std::string_view> type;
    std::optional<std::string_view> data;
};

bool readMember(Reader& reader, Fields& fields)
{
    const auto key = reader.takeString();
    if (!key || !reader.take(':'))
        return false;
    if (*key == "v" && !fields.version)
        return fields.version = reader.take('1');
    if (*key == "type" && !fields.type)
        return (fields.type = reader.takeString()).has_value();
    if (*key == "data" && !fields.data)
        return (fields.data = reader.takeString()).has_value();
    return false;
}

std::optional<Fields> readFields(std::string_view text)
{
    Reader reader(text);
    Fields fields;
    if (!reader.take('{'))
        return {};
    do {
        if (!readMember(reader, fields))
            return {};
    } while (reader.take(','));
    if (!reader.take('}') || !reader.atEnd() || !fields.version || !fields.type || !fields.data)
        return {};
    return fields;
}

} // namespace

std::string_view name(SecretType type)
{
    return kNames[static_cast<std::size_t>(type)];
}

SecretBuffer encode(const StoredSecret& secret)
{
    const std::string_view data = secret.data.text();
    if (data.empty() || !std::all_of(data.begin(), data.end(), isPlain))
        return {};
    return SecretBuffer::concat({bytes(R"({"v":1,"type":")"), bytes(name(secret.type)),
        bytes(R"(","data":")"), bytes(data), bytes(R"("})")});
}

Result<StoredSecret> decodeStoredSecret(const SecretBuffer& value)
{
    const auto fields = readFields(value.text());
    if (!fields || fields->data->empty())
        return fail(ErrorCode::Damaged, QStringLiteral("not a stored secret"));
    const auto* known = std::find(kNames.begin(), kNames.end(), *fields->type);
    if (known == kNames.end())
        return fail(ErrorCode::Damaged, QStringLiteral("stored secret of an unknown type"));
    return StoredSecret{static_cast<SecretType>(known - kNames.begin()), SecretBuffer::copyOf(*fields->data)};
}

} // namespace hatstand::secrets
