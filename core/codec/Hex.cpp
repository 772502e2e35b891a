// SPDX-License-Identifier: MIT
#include "core/codec/Hex.h"

#include <sodium.h>

namespace hatstand::codec {
namespace {

bool decode(std::string_view text, MutableBytes out)
{
    if (text.empty())
        return out.empty(); // libsodium takes no null pointers
    std::size_t written = 0;
    const char* end = nullptr;
    return text.size() == 2 * out.size()
        && sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, &written, &end) == 0
        && written == out.size() && end == text.data() + text.size();
}

} // namespace

QString toHex(Bytes data)
{
    return QString::fromLatin1(toQByteArray(data).toHex());
}

Result<QByteArray> fromHex(std::string_view text)
{
    QByteArray out(static_cast<qsizetype>(text.size() / 2), Qt::Uninitialized);
    if (text.size() % 2 != 0
        || !decode(text, {reinterpret_cast<std::uint8_t*>(out.data()), static_cast<std::size_t>(out.size())}))
        return refuse(Why::NotThisForm);
    return out;
}

Result<SecretBuffer> secretFromHex(std::string_view text)
{
    SecretBuffer out(text.size() / 2);
    if (text.size() % 2 != 0 || !decode(text, out.edit()))
        return refuse(Why::NotThisForm);
    return out;
}

} // namespace hatstand::codec
