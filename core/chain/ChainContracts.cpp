// SPDX-License-Identifier: MIT
// The ABIs of contracts, as chains tell them.
#include "core/chain/ChainClient_p.h"
#include "core/codec/Hex.h"
#include "core/crypto/Hash.h"

namespace hatstand::chain {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::Abi;
using Posted = net::Fetcher::Posted;

constexpr std::chrono::minutes kAbiAge{5}; ///< until a contract is asked again whether it is still the same
constexpr qsizetype kMostAbis = 100;

Error noAbi(const QString& contract)
{
    return {.code = ErrorCode::Network, .why = Why::NoAbi, .detail = contract};
}

} // namespace

Verdict ChainClient::Private::takeAbi(
    const std::shared_ptr<OfContract>& of, const QByteArray& content, const Result<Abi>& abi)
{
    if (!abi) {
        of->isUnreadable = true;
        return Verdict::lacks(u"no ABI that can be read"_s);
    }
    if (abis.size() >= kMostAbis) {
        abis.clear();
        contracts.clear();
    }
    const QString hash = codec::toHex(crypto::sha256(bytesOf(content)));
    abis.insert(hash, *abi);
    contracts.insert(of->place, {.hash = hash, .at = clock.now()});
    return Verdict::ends([of, abi] { of->done(abi); });
}

Verdict ChainClient::Private::takeRawAbi(const std::shared_ptr<OfContract>& of, const QByteArray& json)
{
    const auto raw = parseRawAbi(json, of->contract, of->knownHash);
    if (!raw)
        return Verdict::lacks(u"no get_raw_abi"_s);
    const auto known = abis.constFind(of->knownHash);
    if (raw->isLeftOut && known == abis.cend()) // dropped meanwhile
        return Verdict::lacks(u"no get_raw_abi"_s);
    if (raw->isLeftOut) {
        contracts.insert(of->place, {.hash = of->knownHash, .at = clock.now()});
        return Verdict::ends([of, abi = *known] { of->done(abi); });
    }
    if (raw->packed.isEmpty())
        return Verdict::ends([of] { of->done(fail(noAbi(of->contract))); });
    return takeAbi(of, raw->packed, Abi::fromBinary(bytesOf(raw->packed)));
}

Verdict ChainClient::Private::takeJsonAbi(const std::shared_ptr<OfContract>& of, const QByteArray& json)
{
    const auto content = parseJsonAbi(json, of->contract);
    if (!content)
        return Verdict::fails(u"no get_abi"_s);
    if (content->isEmpty())
        return Verdict::ends([of] { of->done(fail(noAbi(of->contract))); });
    return takeAbi(of, *content, Abi::fromJson(*content));
}

void ChainClient::abi(const QString& chainId, antelope::Name contract, const QString& circuit,
    QObject* context, Callback<Abi> done)
{
    const QString name = contract.text();
    if (name.isEmpty())
        return done(fail(noAbi(name)));
    const QString place = chainId + u':' + name;
    const Private::KnownAbi known = d->contracts.value(place);
    const auto abi = d->abis.constFind(known.hash);
    const bool isThere = abi != d->abis.cend();
    if (isThere) {
        const qint64 age = known.at.msecsTo(d->clock.now());
        if (age >= 0 && age < std::chrono::milliseconds(kAbiAge).count() && d->chains.byId(chainId))
            return done(*abi);
    }
    const auto of = std::make_shared<Private::OfContract>(Private::OfContract{.place = place,
        .contract = name,
        .knownHash = isThere ? known.hash : QString(),
        .done = std::move(done)});
    QJsonObject raw{{u"account_name"_s, name}};
    if (isThere)
        raw[u"abi_hash"_s] = known.hash;
    Question question = Private::about(chainId, circuit, context,
        {{.path = u"/v1/chain/get_raw_abi"_s, .body = raw},
            {.path = u"/v1/chain/get_abi"_s, .body = {{u"account_name"_s, name}}}});
    question.take = [this, of](qsizetype way, const Posted& answer) {
        if (answer.status == kOk)
            return way == 0 ? d->takeRawAbi(of, answer.body) : d->takeJsonAbi(of, answer.body);
        if (isAccountMissing(answer))
            return Verdict::ends([of] { of->done(fail(noAbi(of->contract))); });
        return way == 0 ? Verdict::lacks(httpStatus(answer.status))
                        : Verdict::fails(httpStatus(answer.status));
    };
    question.none
        = [of](const Error& error) { of->done(fail(of->isUnreadable ? noAbi(of->contract) : error)); };
    d->asking.ask(std::move(question));
}

} // namespace hatstand::chain
