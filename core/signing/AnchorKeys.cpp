// SPDX-License-Identifier: MIT
#include "core/signing/AnchorKeys.h"

#include "core/antelope/KeyText.h"
#include "core/antelope/Keys.h"

#include <QUrl>
#include <algorithm>
#include <array>

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;

/// Without quotation marks, backslashes and spaces, whatever the URL is.
QByteArray plain(const QString& url)
{
    return QUrl(url).toEncoded(QUrl::FullyEncoded);
}

QString textOf(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

SecretBuffer encodeAnchorEntry(const AnchorEntry& entry)
{
    const SecretBuffer key = antelope::encodeText(entry.secret.view(), antelope::kPrivateK1);
    const QByteArray rest = ' ' + entry.signerKey.toLatin1() + ' ' + plain(entry.channel) + ' '
        + QUrl::toPercentEncoding(entry.name);
    return SecretBuffer::concat({key.view(), bytesOf(rest)});
}

Result<AnchorEntry> decodeAnchorEntry(const SecretBuffer& data)
{
    std::array<std::string_view, 4> parts{};
    std::string_view rest = data.text();
    for (std::string_view& part : parts) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    auto secret = antelope::decodeText(parts[0], antelope::kPrivateK1);
    const auto signerKey = antelope::PublicKey::parse(textOf(parts[1]));
    const QUrl channel(textOf(parts[2]), QUrl::StrictMode);
    const bool isWhole = secret && signerKey && signerKey->curve() == antelope::Curve::K1 && channel.isValid()
        && !channel.host().isEmpty() && rest.empty();
    if (!isWhole)
        return fail(ErrorCode::Damaged, u"the entry of an Anchor"_s);
    return AnchorEntry{.secret = *std::move(secret),
        .signerKey = signerKey->text(),
        .channel = channel.toString(QUrl::FullyEncoded),
        .name = QString::fromUtf8(
            QByteArray::fromPercentEncoding(QByteArray(parts[3].data(), qsizetype(parts[3].size()))))};
}

QString linkKey(const nostr::PublicKey& key)
{
    ByteArray<33> compressed{0x02};
    std::copy(key.bytes().begin(), key.bytes().end(), compressed.begin() + 1);
    const auto made = antelope::PublicKey::fromBytes(antelope::Curve::K1, compressed);
    return made ? made->text() : QString();
}

bool isSameKey(const QString& a, const QString& b)
{
    const auto one = antelope::PublicKey::parse(a);
    const auto other = antelope::PublicKey::parse(b);
    return one && other && *one == *other;
}

} // namespace hatstand::signing
