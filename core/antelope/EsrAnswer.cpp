// SPDX-License-Identifier: MIT
#include "core/antelope/EsrPacking.h"
#include "core/antelope/EsrResolve.h"
#include "core/antelope/KeyPacking.h"
#include "core/antelope/Keys.h"
#include "core/antelope/Times.h"
#include "core/codec/Hex.h"

#include <QRegularExpression>
#include <QUrl>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kWhat = u"identity proof"_s;
constexpr auto kProofPrefix = "EOSIO "_L1;
constexpr qsizetype kLongestProof = 8192; ///< characters; WebAuthn's signatures are long
constexpr std::size_t kChainIdSize = 32;
/// Characters from which on nothing is filled in: a request may name itself many times in its address.
constexpr qsizetype kLongestUrl = 2 * kLongestRequest;

} // namespace

QJsonObject payload(const EsrAnswer& answer)
{
    QJsonObject all;
    for (const auto& [name, value] : answer.more) // first: they can't take the place of what follows
        all.insert(name, value);
    for (qsizetype i = 0; i < answer.signatures.size(); ++i)
        all.insert(i == 0 ? u"sig"_s : u"sig%1"_s.arg(i - 1), answer.signatures[i]);
    const TransactionHeader& header = answer.transaction.header;
    all.insert(u"tx"_s, answer.transaction.id());
    all.insert(u"rbn"_s, QString::number(header.refBlockNum));
    all.insert(u"rid"_s, QString::number(header.refBlockPrefix));
    all.insert(u"ex"_s, secondsText(header.expiration));
    all.insert(u"req"_s, answer.request.encode());
    all.insert(u"sa"_s, answer.signer.actor.text());
    all.insert(u"sp"_s, answer.signer.permission.text());
    all.insert(u"cid"_s, answer.chainId);
    if (answer.blockNumber)
        all.insert(u"bn"_s, QString::number(*answer.blockNumber));
    return all;
}

QString callbackUrl(const EsrAnswer& answer)
{
    static const QRegularExpression blank(u"\\{\\{([a-z0-9]+)\\}\\}"_s);
    const QString& callback = answer.request.callback;
    const QJsonObject values = payload(answer);
    QString url;
    qsizetype done = 0;
    for (auto found = blank.globalMatch(callback); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        url += QStringView(callback).mid(done, match.capturedStart() - done);
        done = match.capturedEnd();
        if (url.size() > kLongestUrl)
            continue;
        // Times and requests keep what separates their parts, as everyone writes them.
        url += QString::fromLatin1(
            QUrl::toPercentEncoding(values.value(match.captured(1)).toString(), ":/"_ba));
    }
    return url.append(QStringView(callback).mid(done));
}

Result<QString> identityProof(const EsrAnswer& answer)
{
    if (!answer.request.isIdentity())
        return refuse(Why::NotThisForm);
    if (answer.request.version < 3)
        return refuse(Why::UnsupportedVersion, {}, answer.request.version);
    const IdentityProof proof{.chainId = answer.chainId,
        .scope = answer.request.scope,
        .expiration = answer.transaction.header.expiration,
        .signer = answer.signer,
        .signature = answer.signatures.value(0)};
    QString text = proof.text();
    const auto back = IdentityProof::parse(text);
    if (!back || back->chainId != proof.chainId) // no chain's id, or no signature
        return refuse(Why::NotThisForm);
    return text;
}

Result<IdentityProof> IdentityProof::parse(const QString& text)
{
    if (text.size() > kLongestProof || !text.startsWith(kProofPrefix))
        return refuse(Why::Malformed, kWhat);
    const auto packed = fromAnyBase64(QStringView(text).mid(kProofPrefix.size()));
    if (!packed)
        return refuse(Why::Malformed, kWhat);
    codec::Unpacker in(bytesOf(*packed));
    QString chain = codec::toHex(in.bytes(kChainIdSize));
    const Name scope = Name::fromValue(in.u64());
    const quint32 expiration = in.u32();
    const Name actor = Name::fromValue(in.u64());
    const Name permission = Name::fromValue(in.u64());
    QString signature = unpackSignature(in);
    if (const auto whole = in.finished(kWhat); !whole)
        return fail(whole.error());
    return IdentityProof{std::move(chain), scope, expiration, {actor, permission}, std::move(signature)};
}

QString IdentityProof::text() const
{
    codec::Packer out;
    packChainId(out, chainId);
    out.u64(scope.value()).u32(expiration).u64(signer.actor.value()).u64(signer.permission.value());
    if (!packSignature(out, signature))
        return {};
    return kProofPrefix + QString::fromLatin1(out.data().toBase64(QByteArray::OmitTrailingEquals));
}

Result<QString> IdentityProof::signingKey() const
{
    const auto digest = identityTransaction(3, scope, signer, expiration).digest(chainId);
    if (!digest)
        return fail(digest.error());
    const auto key = recover(signature, *digest);
    if (!key)
        return fail(key.error());
    return key->text();
}

} // namespace hatstand::antelope
