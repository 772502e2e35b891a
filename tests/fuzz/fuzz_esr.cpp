// SPDX-License-Identifier: MIT
#include "core/antelope/EsrResolve.h"
#include "core/codec/Base64Url.h"
#include "core/codec/Deflate.h"
#include "tests/fuzz/Fuzz.h"

#include <QJsonObject>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;
using hatstand::fuzz::must;

namespace {

const PermissionLevel& signer()
{
    static const PermissionLevel level = PermissionLevel::parse(u"alice@active"_s).value();
    return level;
}

/// A contract for every action named transfer, so that placeholders are looked for.
Abis abisOf(const EsrRequest& request)
{
    static const Abi abi
        = Abi::fromJson(R"({"version":"eosio::abi/1.1","structs":[{"name":"transfer","base":"",
        "fields":[{"name":"from","type":"name"},{"name":"to","type":"name"},{"name":"quantity","type":"asset"},
        {"name":"memo","type":"string"}]}],"actions":[{"name":"transfer","type":"transfer"}]})")
              .value();
    Abis abis;
    for (const Action& action : request.allActions())
        abis.insert(action.account.value(), abi);
    return abis;
}

void resolved(const EsrRequest& request, const Abis& abis)
{
    const TransactionHeader header{.expiration = 1700000000, .refBlockNum = 1, .refBlockPrefix = 2};
    const auto made = resolve(request, signer(), abis, header);
    if (!made)
        return;
    must(request.isIdentity() || made->actions.size() <= request.allActions().size());
    const EsrAnswer answer{.request = request,
        .chainId = QString(64, u'a'),
        .signer = signer(),
        .transaction = *made,
        .signatures
        = {u"SIG_K1_KBub1qmdiPpWA2XKKEZEG3EfKJBf38GETHzbd4t3CBdWLgdvFRLCqbcUsBbbYga6jmxfdSFfodMdhMYraKLhEz"
           "jSCsiuMs"_s}};
    must(payload(answer).size() >= 9);
    if (request.callback.isEmpty())
        must(callbackUrl(answer).isEmpty());
    if (const auto proof = identityProof(answer))
        must(IdentityProof::parse(*proof).value().text() == *proof);
}

void asRequest(const QString& uri)
{
    const auto request = EsrRequest::parse(uri);
    if (!request)
        return;
    const auto again = EsrRequest::parse(request->encode());
    // Numbers that were longer than they need to be may have made it small enough before.
    must(again ? *again == *request : request->encode().size() > kLongestRequest);
    must(!request->isIdentity() || !request->broadcast);
    must(request->callback.isEmpty() || checkCallback(request->callback, request->background));
    resolved(*request, {});
    resolved(*request, abisOf(*request));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes input(data, size);
    const QByteArray bytes = toQByteArray(input);
    const QString text = QString::fromUtf8(bytes);
    asRequest(text);
    (void)checkCallback(text, (size & 1) != 0);
    if (const auto proof = IdentityProof::parse(text)) {
        must(IdentityProof::parse(proof->text()).has_value());
        (void)proof->signingKey();
    }
    // What only the right text form lets through: packed requests of both versions, plain and compressed.
    const QString scheme = u"esr:"_s;
    asRequest(scheme + codec::toBase64Url(input));
    for (const char version : {'\x02', '\x03'})
        asRequest(scheme + codec::toBase64Url(bytesOf(version + bytes)));
    asRequest(scheme + codec::toBase64Url(bytesOf('\x83' + codec::deflateRaw(input))));
    return 0;
}
