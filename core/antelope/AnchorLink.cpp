// SPDX-License-Identifier: MIT
#include "core/antelope/AnchorLink.h"

#include "core/antelope/KeyPacking.h"
#include "core/antelope/Keys.h"
#include "core/crypto/Ciphers.h"
#include "core/crypto/Hash.h"
#include "core/crypto/Secp256k1.h"

#include <algorithm>
#include <array>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kLink = u"link"_s;
const QString kMessage = u"sealed message"_s;
constexpr std::size_t kKeySize = 32;

/// Only these can share a secret here.
QString unpackK1Key(codec::Unpacker& in)
{
    QString key = unpackPublicKey(in);
    if (!key.startsWith("PUB_K1_"_L1))
        in.fail();
    return key;
}

/// Key and initial vector in one, with its checksum.
struct MessageKey
{
    SecretBuffer bytes; ///< 64

    [[nodiscard]] Bytes key() const { return bytes.view().first(kKeySize); }
    [[nodiscard]] Bytes iv() const { return bytes.view().subspan(kKeySize, crypto::kAesBlock); }
    [[nodiscard]] quint32 checksum() const
    {
        const auto digest = crypto::sha256(bytes.view());
        return codec::Unpacker(digest).u32();
    }
};

MessageKey messageKey(Bytes shared, quint64 nonce)
{
    auto secret = crypto::sha512(shared);
    codec::Packer number;
    number.u64(nonce);
    auto both = crypto::sha512({bytesOf(number.data()), secret});
    MessageKey made{SecretBuffer::copyOf(Bytes(both))};
    wipe(secret);
    wipe(both);
    return made;
}

/// A shared secret as the JavaScript programs have it: a number, so without zeros in front. Others hash all
/// 32 bytes; one secret in 256 tells them apart.
Bytes asNumber(Bytes shared)
{
    const auto first
        = std::find_if(shared.begin(), shared.end(), [](std::uint8_t byte) { return byte != 0; });
    return shared.subspan(static_cast<std::size_t>(first - shared.begin()));
}

Result<SecretBuffer> sharedSecret(Bytes secret, const QString& peer)
{
    const auto key = PublicKey::parse(peer);
    if (!key)
        return fail(key.error());
    if (key->curve() != Curve::K1)
        return refuse(Why::WrongPrefix, peer.left(7));
    return crypto::secp256k1::sharedX(secret, Bytes(key->bytes()).subspan(1));
}

} // namespace

Result<LinkCreate> LinkCreate::unpack(Bytes packed)
{
    codec::Unpacker in(packed);
    LinkCreate made;
    made.sessionName = Name::fromValue(in.u64());
    made.requestKey = unpackK1Key(in);
    if (!in.atEnd()) // it was added later
        made.userAgent = in.string();
    if (const auto whole = in.finished(kLink); !whole)
        return fail(whole.error());
    return made;
}

QByteArray LinkCreate::pack() const
{
    codec::Packer out;
    out.u64(sessionName.value());
    if (!packPublicKey(out, requestKey))
        return {};
    if (!userAgent.isEmpty())
        out.string(userAgent);
    return out.take();
}

Result<quint32> unpackLinkExpiration(Bytes packed)
{
    codec::Unpacker in(packed);
    const quint32 seconds = in.u32();
    if (const auto whole = in.finished(kLink); !whole)
        return fail(whole.error());
    return seconds;
}

QByteArray packLinkExpiration(quint32 seconds)
{
    return codec::Packer().u32(seconds).take();
}

Result<SealedMessage> SealedMessage::unpack(Bytes packed)
{
    codec::Unpacker in(packed);
    SealedMessage made;
    made.from = unpackK1Key(in);
    made.nonce = in.u64();
    made.ciphertext = toQByteArray(in.sized());
    made.checksum = in.u32();
    if (const auto whole = in.finished(kMessage); !whole)
        return fail(whole.error());
    return made;
}

QByteArray SealedMessage::pack() const
{
    codec::Packer out;
    if (!packPublicKey(out, from))
        return {};
    return out.u64(nonce).sized(bytesOf(ciphertext)).u32(checksum).take();
}

Result<SealedMessage> sealMessage(Bytes secret, const QString& peer, quint64 nonce, Bytes plaintext)
{
    const auto shared = sharedSecret(secret, peer);
    if (!shared)
        return fail(shared.error());
    const auto own = crypto::secp256k1::publicKey(secret);
    if (!own)
        return fail(own.error());
    const auto from = PublicKey::fromBytes(Curve::K1, *own);
    if (!from)
        return fail(from.error());
    const MessageKey key = messageKey(asNumber(shared->view()), nonce);
    return SealedMessage{
        from->text(), nonce, crypto::aes256CbcEncrypt(key.key(), key.iv(), plaintext), key.checksum()};
}

Result<SecretBuffer> openMessage(Bytes secret, const SealedMessage& message)
{
    const auto shared = sharedSecret(secret, message.from);
    if (!shared)
        return fail(shared.error());
    for (const Bytes form : {asNumber(shared->view()), shared->view()}) {
        const MessageKey key = messageKey(form, message.nonce);
        if (key.checksum() == message.checksum)
            return crypto::aes256CbcDecrypt(key.key(), key.iv(), bytesOf(message.ciphertext));
    }
    return refuse(Why::ChecksumWrong);
}

} // namespace hatstand::antelope
