// SPDX-License-Identifier: MIT
#include "core/codec/Base64Url.h"

#include <algorithm>
#include <sodium.h>

namespace hatstand::codec {
namespace {

constexpr auto kOptions = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

QString toBase64Url(Bytes data)
{
    return QString::fromLatin1(toQByteArray(data).toBase64(kOptions));
}

Result<QByteArray> fromBase64Url(std::string_view text)
{
    // libsodium's arithmetic is only right for these.
    if (!std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return refuse(Why::NotThisForm);
    QByteArray decoded(static_cast<qsizetype>(text.size() / 4 * 3 + 2), Qt::Uninitialized);
    std::size_t size = 0;
    const char* end = nullptr;
    // Takes no padding, and no bits left over: only what we would have written.
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(decoded.data()), std::size_t(decoded.size()),
            text.data(), text.size(), nullptr, &size, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
            != 0
        || end != text.data() + text.size())
        return refuse(Why::NotThisForm);
    decoded.truncate(static_cast<qsizetype>(size));
    return decoded;
}

} // namespace hatstand::codec
