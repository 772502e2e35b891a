// SPDX-License-Identifier: MIT
#include "core/antelope/KeyText.h"

#include "core/codec/Base58.h"
#include "core/crypto/Hash.h"

#include <algorithm>
#include <vector>

namespace hatstand::antelope {
namespace {

constexpr std::size_t kChecksumBytes = 4;

Bytes bytesOfText(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

ByteArray<kChecksumBytes> checksum(Bytes data, const TextForm& form)
{
    ByteArray<kChecksumBytes> first{};
    if (form.digest == TextForm::Digest::DoubleSha256) {
        const auto digest = crypto::sha256(crypto::sha256(data));
        std::copy_n(digest.begin(), first.size(), first.begin());
    } else {
        const auto digest = crypto::ripemd160({data, bytesOfText(form.salt)});
        std::copy_n(digest.begin(), first.size(), first.begin());
    }
    return first;
}

} // namespace

std::size_t usualSize(const TextForm& form, char first)
{
    std::vector<std::uint8_t> highest(form.bytes + kChecksumBytes, 0xff);
    highest.front() = form.highestFirst;
    const QString longest = codec::toBase58(highest);
    // base58's digits are in ASCII's order; a text that starts above the longest one's first digit is one
    // shorter
    const bool isShorter = first > longest.front().toLatin1();
    return form.prefix.size() + static_cast<std::size_t>(longest.size()) - (isShorter ? 1 : 0);
}

Result<SecretBuffer> decodeText(std::string_view text, const TextForm& form)
{
    const std::string_view body = text.substr(std::min(form.prefix.size(), text.size()));
    auto decoded = codec::secretFromBase58(body);
    if (!decoded) {
        Error error = decoded.error();
        if (error.why == Why::BadCharacter)
            error.have += static_cast<qint64>(form.prefix.size());
        return fail(error);
    }
    if (decoded->size() == form.bytes + kChecksumBytes) {
        const Bytes data = decoded->view().first(form.bytes);
        const auto expected = checksum(data, form);
        if (std::equal(expected.begin(), expected.end(), decoded->view().last(kChecksumBytes).begin())) {
            decoded->truncate(form.bytes);
            return decoded;
        }
    }
    const auto have = static_cast<qint64>(text.size());
    const auto want = static_cast<qint64>(usualSize(form, body.empty() ? '1' : body.front()));
    if (have < want)
        return refuse(Why::CutShort, {}, have, want);
    if (have > want)
        return refuse(Why::TooLong, {}, have, want);
    return refuse(Why::ChecksumWrong);
}

SecretBuffer encodeText(Bytes data, const TextForm& form)
{
    const SecretBuffer body
        = codec::secretToBase58(SecretBuffer::concat({data, checksum(data, form)}).view());
    return SecretBuffer::concat({bytesOfText(form.prefix), body.view()});
}

QString encodePublicText(Bytes data, const TextForm& form)
{
    const QByteArray body = toQByteArray(data) + toQByteArray(checksum(data, form));
    return QString::fromLatin1(form.prefix.data(), static_cast<qsizetype>(form.prefix.size()))
        + codec::toBase58(bytesOf(body));
}

} // namespace hatstand::antelope
