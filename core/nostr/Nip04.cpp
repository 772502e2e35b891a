// SPDX-License-Identifier: MIT
#include "core/nostr/Nip04.h"

#include "core/crypto/Ciphers.h"
#include "core/crypto/Secp256k1.h"

namespace hatstand::nostr::nip04 {
namespace {

constexpr QByteArrayView kBetween = "?iv=";
constexpr qsizetype kIvText = 24; // 16 bytes in base64
constexpr qsizetype kLongestText
    = static_cast<qsizetype>((kLongestPlaintext / crypto::kAesBlock + 1) * crypto::kAesBlock + 2) / 3 * 4
    + kBetween.size() + kIvText;

Result<QByteArray> fromBase64(const QByteArray& text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.toBase64() != text)
        return refuse(Why::NotThisForm);
    return decoded.decoded;
}

} // namespace

Result<SecretBuffer> sharedKey(const SecretKey& mine, const PublicKey& theirs)
{
    return crypto::secp256k1::sharedX(mine.bytes(), theirs.bytes());
}

Result<QByteArray> encrypt(const SecretBuffer& sharedKey, Bytes plaintext, Random& random)
{
    if (plaintext.size() > kLongestPlaintext)
        return refuse(Why::TooLarge, {}, static_cast<qint64>(plaintext.size()), kLongestPlaintext);
    ByteArray<crypto::kAesBlock> iv;
    random.fill(iv);
    const QByteArray sealed = crypto::aes256CbcEncrypt(sharedKey.view(), iv, plaintext);
    return sealed.toBase64() + kBetween.toByteArray() + toQByteArray(iv).toBase64();
}

Result<SecretBuffer> decrypt(const SecretBuffer& sharedKey, const QByteArray& payload)
{
    if (payload.isEmpty())
        return refuse(Why::Empty);
    if (payload.size() > kLongestText)
        return refuse(Why::TooLarge, {}, payload.size(), kLongestText);
    const qsizetype end = payload.size() - kIvText - kBetween.size();
    if (end < 0 || payload.mid(end, kBetween.size()) != kBetween)
        return refuse(Why::NotThisForm);
    const auto sealed = fromBase64(payload.left(end));
    const auto iv = fromBase64(payload.right(kIvText));
    if (!sealed || !iv || iv->size() != static_cast<qsizetype>(crypto::kAesBlock))
        return refuse(Why::NotThisForm);
    return crypto::aes256CbcDecrypt(sharedKey.view(), bytesOf(*iv), bytesOf(*sealed));
}

} // namespace hatstand::nostr::nip04
