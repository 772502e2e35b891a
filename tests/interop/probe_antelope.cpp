// SPDX-License-Identifier: MIT
#include "tests/interop/Probe.h"

#include "core/antelope/Abi.h"
#include "core/antelope/AnchorLink.h"
#include "core/antelope/EsrResolve.h"
#include "core/codec/Hex.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <array>

namespace hatstand::probe {
namespace {

using namespace antelope;
using namespace Qt::Literals::StringLiterals;

constexpr std::array kWhat{"action"_L1, "actions"_L1, "transaction"_L1, "identity"_L1};

QString hexOf(Bytes data)
{
    return codec::toHex(data);
}

QString hexOf(const QByteArray& data)
{
    return codec::toHex(bytesOf(data));
}

Result<QByteArray> bytesIn(const QJsonValue& hex)
{
    return codec::fromHex(hex.toString().toStdString());
}

/// What a test gives for made-up bytes; nothing where it gives no hex.
QByteArray bytesOrNothing(const QJsonValue& hex)
{
    return bytesIn(hex).value_or(QByteArray());
}

/// A name as text, or "#" and its number where it is none that can be written, as the empty one.
Name nameIn(const QJsonValue& text)
{
    const QString given = text.toString();
    bool isNumber = false;
    const quint64 value = given.startsWith(u'#') ? given.mid(1).toULongLong(&isNumber) : 0;
    if (isNumber)
        return Name::fromValue(value);
    const auto name = Name::parse(given);
    return name ? *name : Name::fromValue(0);
}

/// Written so that nameIn() reads it.
QString shown(Name name)
{
    return Name::parse(name.text()) ? name.text() : u'#' + QString::number(name.value());
}

PermissionLevel levelIn(const QJsonValue& text)
{
    const QStringList parts = text.toString().split(u'@');
    return {nameIn(parts.value(0)), nameIn(parts.value(1))};
}

QString shown(const PermissionLevel& level)
{
    return shown(level.actor) + u'@' + shown(level.permission);
}

Action actionIn(const QJsonValue& json)
{
    Action action{nameIn(json["account"_L1]), nameIn(json["name"_L1]), {}, bytesOrNothing(json["data"_L1])};
    const QJsonArray levels = json["authorization"_L1].toArray();
    for (const auto& level : levels)
        action.authorization += levelIn(level);
    return action;
}

QJsonObject shown(const Action& action)
{
    QJsonArray levels;
    for (const PermissionLevel& level : action.authorization)
        levels += shown(level);
    return {{u"account"_s, shown(action.account)}, {u"name"_s, shown(action.name)},
        {u"authorization"_s, levels}, {u"data"_s, hexOf(action.data)}};
}

Result<Abi> abiIn(const QJsonValue& json)
{
    if (json.isString())
        return bytesIn(json).and_then(
            [](const QByteArray& packed) { return Abi::fromBinary(bytesOf(packed)); });
    return Abi::fromJson(QJsonDocument(json.toObject()).toJson(QJsonDocument::Compact));
}

Answer abiDecode(const QJsonObject& args)
{
    const auto abi = abiIn(args["abi"_L1]);
    const auto data = bytesIn(args["hex"_L1]);
    if (!abi || !data)
        return fail(abi ? data.error() : abi.error());
    return abi->decode(args["type"_L1].toString(), bytesOf(*data)).map([](const QJsonValue& value) {
        return QJsonObject{{u"value"_s, value}};
    });
}

Answer abiEncode(const QJsonObject& args)
{
    return abiIn(args["abi"_L1]).and_then([&](const Abi& abi) {
        return abi.encode(args["type"_L1].toString(), args["value"_L1]).map([](const QByteArray& data) {
            return QJsonObject{{u"hex"_s, hexOf(data)}};
        });
    });
}

/// A transaction read and written, as JSON, and what is signed on args' chain.
Answer describe(const Transaction& transaction, const QString& chain)
{
    return transaction.digest(chain).map([&](const ByteArray<32>& digest) {
        return QJsonObject{{u"hex"_s, hexOf(transaction.pack())}, {u"id"_s, transaction.id()},
            {u"digest"_s, hexOf(digest)}, {u"json"_s, toJson(transaction)}};
    });
}

Answer transaction(const QJsonObject& args)
{
    return bytesIn(args["hex"_L1])
        .and_then([](const QByteArray& data) { return Transaction::unpack(bytesOf(data)); })
        .and_then([&](const Transaction& read) { return describe(read, args["chain"_L1].toString()); });
}

QJsonObject shown(const EsrRequest& request)
{
    QJsonArray actions;
    for (const Action& action : request.actions)
        actions += shown(action);
    QJsonArray info;
    for (const auto& [key, value] : request.info)
        info += QJsonArray{key, hexOf(value)};
    const auto& permission = request.permission;
    const auto& signature = request.signature;
    return {{u"version"_s, request.version}, {u"chainId"_s, request.chainId},
        {u"chainIds"_s, QJsonArray::fromStringList(request.chainIds)},
        {u"what"_s, QString(kWhat.at(std::size_t(request.what)))}, {u"actions"_s, actions},
        {u"transaction"_s, hexOf(request.transaction.pack())}, {u"scope"_s, shown(request.scope)},
        {u"permission"_s, permission ? QJsonValue(shown(*permission)) : QJsonValue()},
        {u"broadcast"_s, request.broadcast}, {u"background"_s, request.background},
        {u"callback"_s, request.callback}, {u"info"_s, info},
        {u"signer"_s, signature ? QJsonValue(shown(signature->signer)) : QJsonValue()},
        {u"signature"_s, signature ? QJsonValue(signature->signature) : QJsonValue()},
        {u"digest"_s, hexOf(request.digest())}, {u"uri"_s, request.encode()}};
}

Answer esrParse(const QJsonObject& args)
{
    return EsrRequest::parse(args["uri"_L1].toString()).map([](const EsrRequest& request) {
        return shown(request);
    });
}

/// What esr.parse gives, but for digest and uri.
Answer esrEncode(const QJsonObject& args)
{
    EsrRequest request;
    request.version = args["version"_L1].toInt();
    request.chainId = args["chainId"_L1].toString();
    const QJsonArray chains = args["chainIds"_L1].toArray();
    for (const auto& chain : chains)
        request.chainIds += chain.toString();
    for (std::size_t i = 0; i < kWhat.size(); ++i) {
        if (args["what"_L1].toString() == kWhat.at(i))
            request.what = EsrRequest::What(i);
    }
    const QJsonArray actions = args["actions"_L1].toArray();
    for (const auto& action : actions)
        request.actions += actionIn(action);
    if (request.what == EsrRequest::What::Transaction) {
        const auto read = Transaction::unpack(bytesOf(bytesOrNothing(args["transaction"_L1])));
        if (!read)
            return fail(read.error());
        request.transaction = *read;
    }
    request.scope = nameIn(args["scope"_L1]);
    if (args["permission"_L1].isString())
        request.permission = levelIn(args["permission"_L1]);
    request.broadcast = args["broadcast"_L1].toBool();
    request.background = args["background"_L1].toBool();
    request.callback = args["callback"_L1].toString();
    const QJsonArray info = args["info"_L1].toArray();
    for (const auto& pair : info)
        request.info += {pair[0].toString(), bytesOrNothing(pair[1])};
    if (args["signature"_L1].isString())
        request.signature = EsrRequest::Signed{nameIn(args["signer"_L1]), args["signature"_L1].toString()};
    return shown(request);
}

/// args: uri, signer, chain, abis by name, header.
Answer esrResolve(const QJsonObject& args)
{
    const auto request = EsrRequest::parse(args["uri"_L1].toString());
    if (!request)
        return fail(request.error());
    Abis abis;
    const QJsonObject given = args["abis"_L1].toObject();
    for (auto it = given.begin(); it != given.end(); ++it) {
        const auto abi = abiIn(it.value());
        if (!abi)
            return fail(abi.error());
        abis.insert(nameIn(it.key()).value(), *abi);
    }
    const QJsonObject header = args["header"_L1].toObject();
    const auto number = [&](QLatin1StringView field) { return header[field].toInteger(); };
    const TransactionHeader start{.expiration = quint32(number("expiration"_L1)),
        .refBlockNum = quint16(number("refBlockNum"_L1)),
        .refBlockPrefix = quint32(number("refBlockPrefix"_L1))};
    return resolve(*request, levelIn(args["signer"_L1]), abis, start).and_then([&](const Transaction& made) {
        return describe(made, args["chain"_L1].toString());
    });
}

/// args: uri, signer, chain, transaction, signatures, block, more as pairs.
Result<EsrAnswer> answerIn(const QJsonObject& args)
{
    const auto request = EsrRequest::parse(args["uri"_L1].toString());
    const auto read = Transaction::unpack(bytesOf(bytesOrNothing(args["transaction"_L1])));
    if (!request || !read)
        return fail(request ? read.error() : request.error());
    EsrAnswer answer{*request, args["chain"_L1].toString(), levelIn(args["signer"_L1]), *read, {}};
    const QJsonArray signatures = args["signatures"_L1].toArray();
    for (const auto& signature : signatures)
        answer.signatures += signature.toString();
    if (args["block"_L1].isDouble())
        answer.blockNumber = quint32(args["block"_L1].toInteger());
    const QJsonArray more = args["more"_L1].toArray();
    for (const auto& pair : more)
        answer.more += {pair[0].toString(), pair[1].toString()};
    return answer;
}

Answer esrAnswer(const QJsonObject& args)
{
    return answerIn(args).map([](const EsrAnswer& answer) {
        return QJsonObject{{u"payload"_s, payload(answer)}, {u"url"_s, callbackUrl(answer)}};
    });
}

Answer proofMake(const QJsonObject& args)
{
    return answerIn(args).and_then(identityProof).map([](const QString& text) {
        return QJsonObject{{u"proof"_s, text}};
    });
}

Answer proofParse(const QJsonObject& args)
{
    return IdentityProof::parse(args["proof"_L1].toString()).and_then([](const IdentityProof& proof) {
        return proof.signingKey().map([&](const QString& key) {
            return QJsonObject{{u"chain"_s, proof.chainId}, {u"scope"_s, shown(proof.scope)},
                {u"expiration"_s, qint64{proof.expiration}}, {u"signer"_s, shown(proof.signer)},
                {u"signature"_s, proof.signature}, {u"key"_s, key}, {u"proof"_s, proof.text()}};
        });
    });
}

Answer linkCreate(const QJsonObject& args)
{
    return bytesIn(args["hex"_L1])
        .and_then([](const QByteArray& data) { return LinkCreate::unpack(bytesOf(data)); })
        .map([](const LinkCreate& link) {
            return QJsonObject{{u"name"_s, shown(link.sessionName)}, {u"key"_s, link.requestKey},
                {u"agent"_s, link.userAgent}, {u"hex"_s, hexOf(link.pack())}};
        });
}

Answer linkExpiration(const QJsonObject& args)
{
    return bytesIn(args["hex"_L1])
        .and_then([](const QByteArray& data) { return unpackLinkExpiration(bytesOf(data)); })
        .map([](quint32 seconds) {
            return QJsonObject{
                {u"seconds"_s, qint64{seconds}}, {u"hex"_s, hexOf(packLinkExpiration(seconds))}};
        });
}

/// args: secret (hex), peer, nonce (digits), text.
Answer sealedMake(const QJsonObject& args)
{
    const QByteArray secret = bytesOrNothing(args["secret"_L1]);
    const QByteArray text = args["text"_L1].toString().toUtf8();
    const quint64 nonce = args["nonce"_L1].toString().toULongLong();
    return sealMessage(bytesOf(secret), args["peer"_L1].toString(), nonce, bytesOf(text))
        .map([](const SealedMessage& message) {
            return QJsonObject{{u"hex"_s, hexOf(message.pack())}};
        });
}

Answer sealedOpen(const QJsonObject& args)
{
    const QByteArray secret = bytesOrNothing(args["secret"_L1]);
    const QByteArray data = bytesOrNothing(args["hex"_L1]);
    return SealedMessage::unpack(bytesOf(data)).and_then([&](const SealedMessage& message) {
        return openMessage(bytesOf(secret), message).map([&](const SecretBuffer& text) {
            return QJsonObject{{u"text"_s, QString::fromUtf8(toQByteArray(text.view()))},
                {u"from"_s, message.from}, {u"nonce"_s, QString::number(message.nonce)},
                {u"hex"_s, hexOf(message.pack())}};
        });
    });
}

} // namespace

Operations antelopeOperations()
{
    return {{u"abi.decode"_s, abiDecode}, {u"abi.encode"_s, abiEncode}, {u"transaction"_s, transaction},
        {u"esr.parse"_s, esrParse}, {u"esr.encode"_s, esrEncode}, {u"esr.resolve"_s, esrResolve},
        {u"esr.answer"_s, esrAnswer}, {u"proof.make"_s, proofMake}, {u"proof.parse"_s, proofParse},
        {u"link.create"_s, linkCreate}, {u"link.expiration"_s, linkExpiration},
        {u"sealed.make"_s, sealedMake}, {u"sealed.open"_s, sealedOpen}};
}

} // namespace hatstand::probe
