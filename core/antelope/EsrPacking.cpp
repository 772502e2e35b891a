// SPDX-License-Identifier: MIT
#include "core/antelope/EsrPacking.h"

#include "core/antelope/KeyPacking.h"
#include "core/codec/Base64Url.h"
#include "core/codec/Hex.h"

#include <algorithm>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kWhat = u"signing request"_s;
const QString kChainIds = u"chain_ids"_s;

// A chain, by the number of its form.
constexpr quint8 kAlias = 0;
constexpr quint8 kWholeId = 1;
constexpr std::size_t kIdSize = 32; ///< bytes
constexpr quint32 kMostChains = 256;
constexpr qsizetype kUsualSize = 256; ///< bytes

constexpr quint8 kBroadcast = 1;
constexpr quint8 kBackground = 2;

constexpr std::size_t kLeastSignature = 8 + 1 + 65; ///< bytes: who, kind, signature

/// A chain in either form; empty for alias 0.
struct ChainReader
{
    codec::Unpacker& in;
    std::optional<quint8> unknown = {}; ///< an alias that nobody has given out

    QString next()
    {
        const quint8 form = in.u8();
        if (form == kWholeId)
            return codec::toHex(in.bytes(kIdSize));
        if (form != kAlias)
            in.fail();
        const quint8 alias = in.u8();
        QString id = chainOfAlias(alias);
        if (alias != 0 && id.isEmpty())
            unknown = alias;
        return id;
    }

    [[nodiscard]] Result<void> finished() const
    {
        if (const auto whole = in.finished(kWhat); !whole)
            return fail(whole.error());
        if (unknown)
            return fail(ErrorCode::UnknownChain, QString::number(*unknown));
        return {};
    }
};

void packChain(codec::Packer& out, const QString& id)
{
    const quint8 alias = aliasOfChain(id);
    if (alias > 0 || id.isEmpty()) {
        out.u8(kAlias).u8(alias);
        return;
    }
    out.u8(kWholeId);
    packChainId(out, id);
}

Result<QStringList> unpackChainIds(const QByteArray& packed)
{
    codec::Unpacker in(bytesOf(packed));
    ChainReader chains{in};
    QStringList ids;
    const quint32 count = in.count(2);
    if (count == 0 || count > kMostChains) // for none it could never be signed
        in.fail();
    for (quint32 i = 0; i < count && !in.failed(); ++i) {
        ids += chains.next();
        if (ids.last().isEmpty() && !chains.unknown) // "any" among some
            in.fail();
    }
    if (const auto whole = chains.finished(); !whole)
        return fail(whole.error());
    return ids;
}

QByteArray packChainIds(const QStringList& ids)
{
    codec::Packer out;
    out.varuint32(static_cast<quint32>(ids.size()));
    for (const QString& id : ids)
        packChain(out, id);
    return out.take();
}

PermissionLevel unpackLevel(codec::Unpacker& in)
{
    const Name actor = Name::fromValue(in.u64());
    return {actor, Name::fromValue(in.u64())};
}

void packIdentity(codec::Packer& out, int version, Name scope, const std::optional<PermissionLevel>& level)
{
    if (version > 2)
        out.u64(scope.value());
    out.flag(level.has_value());
    if (level)
        out.u64(level->actor.value()).u64(level->permission.value());
}

void unpackWhat(codec::Unpacker& in, EsrRequest& request)
{
    const quint8 what = in.u8();
    if (what > static_cast<quint8>(EsrRequest::What::Identity))
        in.fail();
    if (in.failed())
        return;
    request.what = static_cast<EsrRequest::What>(what);
    switch (request.what) {
    case EsrRequest::What::Action:
        request.actions = {unpackAction(in)};
        break;
    case EsrRequest::What::Actions:
        request.actions = unpackActions(in);
        break;
    case EsrRequest::What::Transaction:
        request.transaction = unpackTransaction(in);
        break;
    case EsrRequest::What::Identity:
        if (request.version > 2)
            request.scope = Name::fromValue(in.u64());
        if (in.flag())
            request.permission = unpackLevel(in);
        break;
    }
}

void packWhat(codec::Packer& out, const EsrRequest& request)
{
    out.u8(static_cast<quint8>(request.what));
    switch (request.what) {
    case EsrRequest::What::Action:
        packAction(out, request.actions.value(0));
        break;
    case EsrRequest::What::Actions:
        packActions(out, request.actions);
        break;
    case EsrRequest::What::Transaction:
        packTransaction(out, request.transaction);
        break;
    case EsrRequest::What::Identity:
        packIdentity(out, request.version, request.scope, request.permission);
        break;
    }
}

void unpackInfo(codec::Unpacker& in, EsrRequest& request)
{
    for (quint32 left = in.count(2); left > 0 && !in.failed(); --left) {
        const QString key = in.string();
        request.info.append({key, toQByteArray(in.sized())});
    }
}

} // namespace

Result<EsrRequest> unpackRequest(int version, Bytes packed)
{
    codec::Unpacker in(packed);
    ChainReader chain{in};
    EsrRequest request;
    request.version = version;
    request.chainId = chain.next();
    unpackWhat(in, request);
    const quint8 flags = in.u8();
    if ((flags & ~(kBroadcast | kBackground)) != 0) // whatever they want is not done here
        in.fail();
    request.broadcast = (flags & kBroadcast) != 0;
    request.background = (flags & kBackground) != 0;
    request.callback = in.string();
    unpackInfo(in, request);
    if (in.left() >= kLeastSignature) {
        const Name signer = Name::fromValue(in.u64());
        request.signature = EsrRequest::Signed{signer, unpackSignature(in)};
    }
    if (const auto whole = chain.finished(); !whole)
        return fail(whole.error());
    const auto chainIds = request.infoOf(kChainIds);
    if (!request.chainId.isEmpty() || !chainIds)
        return request;
    auto ids = unpackChainIds(*chainIds);
    if (!ids)
        return fail(ids.error());
    request.chainIds = *std::move(ids); // they stay in the info too: its order is part of what is signed
    return request;
}

QByteArray packRequest(const EsrRequest& request)
{
    codec::Packer out(kUsualSize);
    packChain(out, request.chainId);
    packWhat(out, request);
    out.u8((request.broadcast ? kBroadcast : 0) | (request.background ? kBackground : 0));
    out.string(request.callback);
    auto info = request.info;
    if (request.chainId.isEmpty() && !request.chainIds.isEmpty() && !request.infoOf(kChainIds))
        info.append({kChainIds, packChainIds(request.chainIds)});
    out.varuint32(static_cast<quint32>(info.size()));
    for (const auto& [key, value] : std::as_const(info))
        out.string(key).sized(bytesOf(value));
    return out.take();
}

QByteArray packRequestSignature(const EsrRequest& request)
{
    codec::Packer out;
    if (!request.signature)
        return {};
    out.u64(request.signature->signer.value());
    return packSignature(out, request.signature->signature) ? out.take() : QByteArray();
}

Transaction identityTransaction(int version, Name scope, const PermissionLevel& signer, quint32 expiration)
{
    static const Name identity = Name::parse(u"identity"_s).value();
    codec::Packer data;
    packIdentity(data, version, scope, signer);
    Transaction made;
    made.header.expiration = version > 2 ? expiration : 0;
    made.actions = {Action{.name = identity, .authorization = {signer}, .data = data.take()}};
    return made;
}

void packChainId(codec::Packer& out, const QString& chainId)
{
    const QByteArray hex = chainId.toLatin1();
    const auto id = codec::fromHex(std::string_view(hex.constData(), std::size_t(hex.size())));
    const bool isId = id && id->size() == qsizetype(kIdSize);
    out.bytes(bytesOf(isId ? *id : QByteArray(qsizetype(kIdSize), '\0')));
}

Result<QByteArray> fromAnyBase64(QStringView text)
{
    QByteArray ours = text.toLatin1();
    std::replace(ours.begin(), ours.end(), '+', '-');
    std::replace(ours.begin(), ours.end(), '/', '_');
    for (int padding = 0; padding < 2 && ours.endsWith('='); ++padding)
        ours.chop(1);
    return codec::fromBase64Url(std::string_view(ours.constData(), std::size_t(ours.size())));
}

} // namespace hatstand::antelope
