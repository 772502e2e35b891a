// SPDX-License-Identifier: MIT
#include "core/codec/Bech32.h"

#include <algorithm>

namespace hatstand::codec {
namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumSize = 6;

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

char lower(char c)
{
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isDigit(char c)
{
    return kAlphabet.find(lower(c)) != std::string_view::npos;
}

bool isMixed(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), isUpper) && std::any_of(text.begin(), text.end(), isLower);
}

/// The remainder of BIP-173's BCH code, fed five bits at a time.
class Checksum
{
public:
    explicit Checksum(std::string_view prefix)
    {
        for (char c : prefix)
            feed(static_cast<unsigned char>(lower(c)) >> 5);
        feed(0);
        for (char c : prefix)
            feed(static_cast<unsigned char>(lower(c)) & 31);
    }

    void feed(std::uint32_t value)
    {
        constexpr std::uint32_t generator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
        const std::uint32_t top = m_remainder >> 25;
        m_remainder = ((m_remainder & 0x1ffffff) << 5) ^ value;
        for (unsigned i = 0; i < 5; ++i)
            m_remainder ^= ((top >> i) & 1) ? generator[i] : 0;
    }

    [[nodiscard]] std::uint32_t remainder() const { return m_remainder; }

private:
    std::uint32_t m_remainder = 1;
};

/// out: exactly Bech32Form::textSize long.
void encode(std::string_view prefix, Bytes data, MutableBytes out)
{
    Checksum checksum(prefix);
    auto at = std::copy(prefix.begin(), prefix.end(), out.begin());
    *at++ = '1';
    const auto put = [&](std::uint32_t value) {
        checksum.feed(value);
        *at++ = static_cast<std::uint8_t>(kAlphabet[value]);
    };
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (std::uint8_t byte : data) {
        bits = (bits << 8 | byte) & 0xfff;
        held += 8;
        for (; held >= 5; held -= 5)
            put(bits >> (held - 5) & 31);
    }
    if (held > 0)
        put(bits << (5 - held) & 31);
    for (std::size_t i = 0; i < kChecksumSize; ++i)
        checksum.feed(0);
    const std::uint32_t sum = checksum.remainder() ^ 1;
    for (unsigned i = 0; i < kChecksumSize; ++i)
        *at++ = static_cast<std::uint8_t>(kAlphabet[sum >> (5 * (5 - i)) & 31]);
}

/// The text's checks that need no value of it; what follows the separator.
Result<std::string_view> dataPart(std::string_view text, const Bech32Form& form)
{
    if (text.empty())
        return refuse(Why::Empty);
    const auto have = static_cast<qint64>(text.size());
    if (text.size() > form.longest)
        return refuse(Why::TooLarge, {}, have, static_cast<qint64>(form.longest));
    // Not the last separator at first: a '1' mistyped into the data must not look like another prefix.
    const bool starts = text.size() > form.prefix.size() && text[form.prefix.size()] == '1'
        && std::equal(form.prefix.begin(), form.prefix.end(), text.begin(),
            [](char a, char b) { return a == lower(b); });
    if (!starts)
        return refuse(bech32Prefix(text).isEmpty() ? Why::NotThisForm : Why::WrongPrefix);
    const std::size_t wanted = form.textSize(form.bytes.value_or(0));
    if (text.size() < wanted)
        return refuse(Why::CutShort, {}, have, static_cast<qint64>(wanted));
    if (form.bytes && text.size() > wanted)
        return refuse(Why::TooLong, {}, have, static_cast<qint64>(wanted));
    return text.substr(form.prefix.size() + 1);
}

/// out: at least as long as the data that data's characters hold, see sizeOf().
Result<void> decode(std::string_view text, std::string_view data, MutableBytes out)
{
    Checksum checksum(text.substr(0, text.size() - data.size() - 1));
    std::uint32_t bits = 0;
    unsigned held = 0;
    auto at = out.begin();
    for (std::size_t i = 0; i < data.size(); ++i) {
        const std::size_t value = kAlphabet.find(lower(data[i]));
        if (value == std::string_view::npos)
            return refuse(Why::BadCharacter, {}, static_cast<qint64>(text.size() - data.size() + i) + 1);
        checksum.feed(static_cast<std::uint32_t>(value));
        if (i >= data.size() - kChecksumSize)
            continue;
        bits = (bits << 5 | static_cast<std::uint32_t>(value)) & 0xfff;
        held += 5;
        if (held >= 8) {
            held -= 8;
            *at++ = static_cast<std::uint8_t>(bits >> held);
        }
    }
    if (isMixed(text))
        return refuse(Why::MixedCase);
    if (checksum.remainder() != 1)
        return refuse(Why::ChecksumWrong);
    if (held >= 5 || (bits & ((1U << held) - 1)) != 0)
        return refuse(Why::NotThisForm);
    return {};
}

std::size_t sizeOf(std::string_view data)
{
    return (data.size() - kChecksumSize) * 5 / 8;
}

} // namespace

QByteArray bech32Prefix(std::string_view text)
{
    const std::size_t separator = text.rfind('1');
    if (separator == std::string_view::npos || separator == 0 || separator + 1 + kChecksumSize > text.size()
        || isMixed(text))
        return {};
    const std::string_view prefix = text.substr(0, separator);
    const std::string_view data = text.substr(separator + 1);
    if (!std::all_of(prefix.begin(), prefix.end(), [](char c) { return c > ' ' && c < 127; })
        || !std::all_of(data.begin(), data.end(), isDigit))
        return {};
    return QByteArray(prefix.data(), static_cast<qsizetype>(prefix.size())).toLower();
}

QString toBech32(std::string_view prefix, Bytes data)
{
    QByteArray text(static_cast<qsizetype>(Bech32Form{prefix}.textSize(data.size())), Qt::Uninitialized);
    encode(
        prefix, data, {reinterpret_cast<std::uint8_t*>(text.data()), static_cast<std::size_t>(text.size())});
    return QString::fromLatin1(text);
}

SecretBuffer secretToBech32(std::string_view prefix, Bytes data)
{
    SecretBuffer text(Bech32Form{prefix}.textSize(data.size()));
    encode(prefix, data, text.edit());
    return text;
}

Result<QByteArray> fromBech32(std::string_view text, const Bech32Form& form)
{
    const auto data = dataPart(text, form);
    if (!data && data.error().why == Why::WrongPrefix)
        return refuse(Why::WrongPrefix, QString::fromLatin1(bech32Prefix(text)));
    if (!data)
        return fail(data.error());
    QByteArray out(static_cast<qsizetype>(sizeOf(*data)), Qt::Uninitialized);
    const MutableBytes room(
        reinterpret_cast<std::uint8_t*>(out.data()), static_cast<std::size_t>(out.size()));
    return decode(text, *data, room).map([&] { return out; });
}

Result<SecretBuffer> secretFromBech32(std::string_view text, const Bech32Form& form)
{
    const auto data = dataPart(text, form);
    if (!data)
        return fail(data.error());
    SecretBuffer out(sizeOf(*data));
    return decode(text, *data, out.edit()).map([&] { return std::move(out); });
}

} // namespace hatstand::codec
