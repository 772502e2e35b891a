// SPDX-License-Identifier: MIT
#include "core/codec/Base64Url.h"

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
    const auto encoded = QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
    const auto decoded
        = QByteArray::fromBase64Encoding(encoded, kOptions | QByteArray::AbortOnBase64DecodingErrors);
    // Qt takes padding and drops left-over bits: only what we would have written comes back the same.
    if (!decoded || decoded.decoded.toBase64(kOptions) != encoded)
        return refuse(Why::NotThisForm);
    return decoded.decoded;
}

} // namespace hatstand::codec
