// SPDX-License-Identifier: MIT
#include "core/nostr/Nip44.h"

#include "core/crypto/Ciphers.h"
#include "core/crypto/Hkdf.h"
#include "core/crypto/Secp256k1.h"

#include <algorithm>
#include <bit>

namespace hatstand::nostr::nip44 {
namespace {

// version, nonce, ciphertext, MAC
constexpr std::uint8_t kVersion = 2;
constexpr std::size_t kNonceAt = 1;
constexpr std::size_t kNonceSize = 32;
constexpr std::size_t kSealedAt = kNonceAt + kNonceSize;
constexpr std::size_t kMacSize = 32;
constexpr std::size_t kLengthSize = 2; // of the plaintext, big-endian, before it

constexpr std::size_t kShortest = kSealedAt + kLengthSize + 32 + kMacSize;
constexpr std::size_t kLongest = kSealedAt + kLengthSize + 65536 + kMacSize;
static_assert(kShortest == 99 && kLongest == 65603); // as NIP-44 says
constexpr qsizetype kShortestText = (kShortest + 2) / 3 * 4;
constexpr qsizetype kLongestText = (kLongest + 2) / 3 * 4;
static_assert(kShortestText == 132 && kLongestText == 87472);

/// The keys of one message, out of the conversation's and the message's nonce.
class MessageKeys
{
public:
    MessageKeys(const SecretBuffer& conversationKey, Bytes nonce)
        : m_all(crypto::hkdfExpand(conversationKey, nonce, 76))
    {
    }
    void cipher(Bytes in, MutableBytes out) const
    {
        crypto::chacha20(m_all.view().first(32), m_all.view().subspan(32, 12), in, out);
    }
    [[nodiscard]] ByteArray<32> mac(Bytes nonce, Bytes sealed) const
    {
        return crypto::hmacSha256(m_all.view().subspan(44, 32), {nonce, sealed});
    }

private:
    SecretBuffer m_all;
};

Result<QByteArray> decode(const QByteArray& payload)
{
    if (payload.isEmpty())
        return refuse(Why::Empty);
    if (payload.front() == '#') // NIP-44: how later versions that are not base64 begin
        return refuse(Why::UnsupportedVersion);
    if (payload.size() < kShortestText)
        return refuse(Why::CutShort, {}, payload.size(), kShortestText);
    if (payload.size() > kLongestText)
        return refuse(Why::TooLong, {}, payload.size(), kLongestText);
    const auto decoded = QByteArray::fromBase64Encoding(payload, QByteArray::AbortOnBase64DecodingErrors);
    // Qt takes a text without padding and drops bits left over: only what we would have written comes back
    // the same.
    if (!decoded || decoded.decoded.toBase64() != payload)
        return refuse(Why::NotThisForm);
    const auto version = static_cast<std::uint8_t>(decoded.decoded.front());
    if (version != kVersion)
        return refuse(Why::UnsupportedVersion, {}, version);
    const auto size = static_cast<std::size_t>(decoded.decoded.size());
    if (size < kShortest)
        return refuse(Why::CutShort, {}, static_cast<qint64>(size), kShortest);
    if (size > kLongest)
        return refuse(Why::TooLong, {}, static_cast<qint64>(size), kLongest);
    return decoded.decoded;
}

} // namespace

std::size_t paddedSize(std::size_t size)
{
    if (size <= 32)
        return 32;
    const std::size_t nextPower = std::bit_ceil(size);
    const std::size_t chunk = nextPower <= 256 ? 32 : nextPower / 8;
    return (size + chunk - 1) / chunk * chunk;
}

Result<SecretBuffer> conversationKey(const SecretKey& mine, const PublicKey& theirs)
{
    constexpr std::string_view kSalt = "nip44-v2";
    return crypto::secp256k1::sharedX(mine.bytes(), theirs.bytes()).map([&](const SecretBuffer& x) {
        return crypto::hkdfExtract(
            {reinterpret_cast<const std::uint8_t*>(kSalt.data()), kSalt.size()}, x.view());
    });
}

Result<QByteArray> encrypt(const SecretBuffer& conversationKey, Bytes plaintext, Random& random)
{
    if (plaintext.empty())
        return refuse(Why::Empty);
    if (plaintext.size() > kLongestPlaintext)
        return refuse(Why::TooLarge, {}, static_cast<qint64>(plaintext.size()), kLongestPlaintext);
    SecretBuffer padded(kLengthSize + paddedSize(plaintext.size()));
    padded.edit()[0] = static_cast<std::uint8_t>(plaintext.size() >> 8);
    padded.edit()[1] = static_cast<std::uint8_t>(plaintext.size());
    std::copy(plaintext.begin(), plaintext.end(), padded.edit().begin() + kLengthSize);

    QByteArray raw(static_cast<qsizetype>(kSealedAt + padded.size() + kMacSize), Qt::Uninitialized);
    const MutableBytes out(reinterpret_cast<std::uint8_t*>(raw.data()), static_cast<std::size_t>(raw.size()));
    const MutableBytes nonce = out.subspan(kNonceAt, kNonceSize);
    const MutableBytes sealed = out.subspan(kSealedAt, padded.size());
    out[0] = kVersion;
    random.fill(nonce);
    const MessageKeys keys(conversationKey, nonce);
    keys.cipher(padded.view(), sealed);
    const ByteArray<kMacSize> mac = keys.mac(nonce, sealed);
    std::copy(mac.begin(), mac.end(), out.last(kMacSize).begin());
    return raw.toBase64();
}

Result<SecretBuffer> decrypt(const SecretBuffer& conversationKey, const QByteArray& payload)
{
    const auto raw = decode(payload);
    if (!raw)
        return fail(raw.error());
    const Bytes bytes = bytesOf(*raw);
    const Bytes nonce = bytes.subspan(kNonceAt, kNonceSize);
    const Bytes sealed = bytes.subspan(kSealedAt, bytes.size() - kSealedAt - kMacSize);
    const MessageKeys keys(conversationKey, nonce);
    ByteArray<kMacSize> mac;
    std::copy_n(bytes.last(kMacSize).begin(), kMacSize, mac.begin());
    if (!crypto::sameMac(mac, keys.mac(nonce, sealed)))
        return refuse(Why::ChecksumWrong);
    SecretBuffer padded(sealed.size());
    keys.cipher(sealed, padded.edit());
    const std::size_t size = std::size_t{padded.view()[0]} << 8 | padded.view()[1];
    if (size == 0 || padded.size() != kLengthSize + paddedSize(size))
        return refuse(Why::NotThisForm);
    return SecretBuffer::copyOf(padded.view().subspan(kLengthSize, size));
}

} // namespace hatstand::nostr::nip44
