// SPDX-License-Identifier: MIT
#include "core/codec/Base58.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace hatstand::codec {
namespace {

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Room for the digits of size bytes: log(256) / log(58) is less than 1.38.
std::size_t roomFor(std::size_t size)
{
    return size * 138 / 100 + 1;
}

/// Both directions are one change of base: value, big-endian at the end of out, becomes value * base + digit.
/// used is how much of out's end holds the value so far.
void push(MutableBytes out, std::size_t& used, unsigned from, unsigned to, unsigned digit)
{
    unsigned carry = digit;
    std::size_t i = 0;
    for (; i < used || carry != 0; ++i) {
        std::uint8_t& place = out[out.size() - 1 - i];
        carry += place * from;
        place = static_cast<std::uint8_t>(carry % to);
        carry /= to;
    }
    used = i;
}

/// Writes to the end of scratch, zeroed and roomFor(data.size()) long; returns the text's part of it.
MutableBytes encode(Bytes data, MutableBytes scratch)
{
    const auto significant = std::find_if(data.begin(), data.end(), [](std::uint8_t b) { return b != 0; });
    std::size_t used = 0;
    for (auto it = significant; it != data.end(); ++it)
        push(scratch, used, 256, 58, *it);
    used += static_cast<std::size_t>(significant - data.begin()); // zero digits are '1' as well
    const MutableBytes text = scratch.last(used);
    for (std::uint8_t& digit : text)
        digit = static_cast<std::uint8_t>(kAlphabet[digit]);
    return text;
}

/// Writes to the end of scratch, zeroed and as long as text; returns the data's part of it.
Result<MutableBytes> decode(std::string_view text, MutableBytes scratch)
{
    const std::size_t ones = std::min(text.find_first_not_of('1'), text.size());
    std::size_t used = 0;
    for (std::size_t i = ones; i < text.size(); ++i) {
        const std::size_t digit = kAlphabet.find(text[i]);
        if (digit == std::string_view::npos)
            return refuse(Why::BadCharacter, {}, static_cast<qint64>(i) + 1);
        push(scratch, used, 58, 256, static_cast<unsigned>(digit));
    }
    return scratch.last(used + ones);
}

std::optional<Error> tooLarge(std::string_view text)
{
    if (text.size() <= kLongestBase58)
        return std::nullopt;
    return Error{
        ErrorCode::InvalidInput, Why::TooLarge, {}, static_cast<qint64>(text.size()), kLongestBase58};
}

} // namespace

QString toBase58(Bytes data)
{
    std::vector<std::uint8_t> scratch(roomFor(data.size()));
    const Bytes text = encode(data, scratch);
    return QString::fromLatin1(
        reinterpret_cast<const char*>(text.data()), static_cast<qsizetype>(text.size()));
}

SecretBuffer secretToBase58(Bytes data)
{
    SecretBuffer scratch(roomFor(data.size()));
    return SecretBuffer::copyOf(Bytes(encode(data, scratch.edit())));
}

Result<QByteArray> fromBase58(std::string_view text)
{
    if (const auto error = tooLarge(text))
        return fail(*error);
    std::vector<std::uint8_t> scratch(text.size());
    return decode(text, scratch).map([](MutableBytes data) { return toQByteArray(data); });
}

Result<SecretBuffer> secretFromBase58(std::string_view text)
{
    if (const auto error = tooLarge(text))
        return fail(*error);
    SecretBuffer scratch(text.size());
    return decode(text, scratch.edit()).map([](MutableBytes data) {
        return SecretBuffer::copyOf(Bytes(data));
    });
}

} // namespace hatstand::codec
