// SPDX-License-Identifier: MIT
#include "core/antelope/KeyPacking.h"

#include "core/codec/Base58.h"
#include "core/crypto/Hash.h"

#include <array>
#include <optional>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype kChecksum = 4;
/// Bytes of a part of no fixed size, several times what authenticators write: base58 takes its time with the
/// square of the size.
constexpr std::size_t kLongestPart = 1024;

/// A kind of key by its byte, which is also its place here: the prefix of its text has it as well.
const std::array<QByteArray, 3> kKinds{"K1"_ba, "R1"_ba, "WA"_ba};
constexpr quint8 kWebAuthn = 2;

/// A public key or a signature.
struct Thing
{
    QLatin1StringView prefix; ///< "PUB_"
    std::size_t size; ///< of the part that all kinds have
    bool isKey;
};
constexpr Thing kKey{"PUB_"_L1, 33, true};
constexpr Thing kSignature{"SIG_"_L1, 65, false};

QByteArray checksum(const QByteArray& data, const QByteArray& salt)
{
    const auto digest = crypto::ripemd160({bytesOf(data), bytesOf(salt)});
    return toQByteArray(digest).left(kChecksum);
}

/// The data of base58 text that ends with a checksum. No secret goes through here, so none is kept as one.
std::optional<QByteArray> checkedData(QStringView text, const QByteArray& salt)
{
    const QByteArray latin1 = text.toLatin1();
    const auto decoded
        = codec::fromBase58(std::string_view(latin1.constData(), static_cast<std::size_t>(latin1.size())));
    if (!decoded || decoded->size() < kChecksum)
        return std::nullopt;
    const QByteArray data = decoded->chopped(kChecksum);
    return decoded->last(kChecksum) == checksum(data, salt) ? std::optional(data) : std::nullopt;
}

/// What follows the kind. WebAuthn's have no fixed size: a key ends with a byte and a string, a signature
/// with bytes and a string.
QByteArray read(codec::Unpacker& in, quint8 kind, const Thing& thing)
{
    codec::Packer data;
    data.bytes(in.bytes(thing.size));
    const auto copySized = [&] {
        const Bytes part = in.sized();
        if (part.size() > kLongestPart)
            in.fail();
        data.sized(part);
    };
    if (kind == kWebAuthn) {
        if (thing.isKey)
            data.u8(in.u8());
        else
            copySized();
        copySized();
    }
    return in.failed() ? QByteArray() : data.take();
}

bool hasItsSize(const QByteArray& data, quint8 kind, const Thing& thing)
{
    codec::Unpacker in(bytesOf(data));
    return read(in, kind, thing) == data && !in.failed();
}

QString unpack(codec::Unpacker& in, const Thing& thing)
{
    const quint8 kind = in.u8();
    if (kind >= kKinds.size())
        in.fail();
    const QByteArray data = read(in, kind, thing);
    if (in.failed())
        return {};
    const QByteArray& name = kKinds.at(kind);
    return thing.prefix + QString::fromLatin1(name) + u'_'
        + codec::toBase58(bytesOf(data + checksum(data, name)));
}

bool pack(codec::Packer& out, const QString& text, const Thing& thing)
{
    const auto write = [&](quint8 kind, const std::optional<QByteArray>& data) {
        if (!data || !hasItsSize(*data, kind, thing))
            return false;
        out.u8(kind).bytes(bytesOf(*data));
        return true;
    };
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
        const QString prefix = thing.prefix + QString::fromLatin1(kKinds.at(kind)) + u'_';
        if (text.startsWith(prefix))
            return write(static_cast<quint8>(kind),
                checkedData(QStringView(text).mid(prefix.size()), kKinds.at(kind)));
    }
    const bool isLegacy = thing.isKey && (text.startsWith("EOS"_L1) || text.startsWith("FIO"_L1));
    return isLegacy && write(0, checkedData(QStringView(text).mid(3), {}));
}

} // namespace

QString unpackPublicKey(codec::Unpacker& in)
{
    return unpack(in, kKey);
}

QString unpackSignature(codec::Unpacker& in)
{
    return unpack(in, kSignature);
}

bool packPublicKey(codec::Packer& out, const QString& text)
{
    return pack(out, text, kKey);
}

bool packSignature(codec::Packer& out, const QString& text)
{
    return pack(out, text, kSignature);
}

} // namespace hatstand::antelope
