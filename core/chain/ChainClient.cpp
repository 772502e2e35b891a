// SPDX-License-Identifier: MIT
#include "core/chain/ChainClient.h"

#include "core/chain/ChainClient_p.h"
#include "core/chain/ChainRegistry.h"

#include <QJsonArray>
#include <QJsonObject>

namespace hatstand::chain {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qint64 kFurthestApart = qint64{15} * 60; ///< seconds between a node's head block and our clock
using Posted = net::Fetcher::Posted;

constexpr qsizetype kMostAsked = 50; ///< accounts of a key whose permissions are asked for

Error noSuchAccount(const QString& name)
{
    return {.code = ErrorCode::NotFound, .why = Why::NoSuchAccount, .detail = name};
}

} // namespace

ChainClient::ChainClient(const antelope::Chains& chains, const Clock& clock, QObject* parent)
    : ChainClient(chains, clock, Limits(), parent)
{
}

ChainClient::ChainClient(const antelope::Chains& chains, const Clock& clock, Limits limits, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(chains, clock, limits))
{
}

ChainClient::~ChainClient() = default;

void ChainClient::setPolicy(const net::NetPolicy& policy)
{
    d->asking.setPolicy(policy);
}

void ChainClient::check(
    const QString& url, const QString& chainId, QObject* context, Callback<ChainInfo> done)
{
    const auto plain = normaliseEndpoint(url);
    if (!plain)
        return done(fail(plain.error()));
    d->asking.askInfo(*plain, chainId, context, std::move(done));
}

void ChainClient::info(
    const QString& chainId, const QString& circuit, QObject* context, Callback<ChainInfo> done)
{
    Question question = Private::about(chainId, circuit, context, {{.path = u"/v1/chain/get_info"_s}});
    question.isInfo = true;
    question.take = [chainId, done, &clock = d->clock](qsizetype, const Posted& answer) {
        auto info = answer.status == kOk ? parseInfo(answer.body) : fail(ErrorCode::Network);
        if (!info)
            return Verdict::fails(httpStatus(answer.status) + ", no get_info"_L1);
        if (info->chainId != chainId) {
            Verdict other = Verdict::fails({});
            other.error.why = Why::OtherChain;
            return other;
        }
        // One that is far behind, or says that it is ahead, would have a transaction end when nobody expects.
        info->receivedAt = clock.now();
        const qint64 apart = info->receivedAt.secsTo(info->headTime);
        if (apart > kFurthestApart || apart < -kFurthestApart)
            return Verdict::fails(u"its clock is %1 min off"_s.arg(apart / 60));
        return Verdict::ends([done, info] { done(info); });
    };
    question.none = [done](const Error& error) { done(fail(error)); };
    d->asking.ask(std::move(question));
}

// --- accounts ---

void ChainClient::Private::askAccount(const QString& chainId, const QString& name, const QString& circuit,
    QObject* context, const Callback<ChainAccount>& done)
{
    if (!antelope::Name::parse(name)) // nobody has such a name, and nobody need hear it
        return done(fail(noSuchAccount(name.left(80))));
    Question question = about(chainId, circuit, context,
        {{.path = u"/v1/chain/get_account"_s, .body = {{u"account_name"_s, name}}}});
    question.take = [name, done](qsizetype, const Posted& answer) {
        if (answer.status != kOk) {
            if (isAccountMissing(answer))
                return Verdict::ends([name, done] { done(fail(noSuchAccount(name))); });
            return Verdict::fails(httpStatus(answer.status));
        }
        const auto account = parseAccount(answer.body, name);
        if (!account)
            return Verdict::fails(u"no get_account"_s);
        return Verdict::ends([done, account] { done(account); });
    };
    question.none = [done](const Error& error) { done(fail(error)); };
    asking.ask(std::move(question));
}

/// An account whose balance nobody tells is one all the same.
void ChainClient::Private::askBalance(const antelope::Chain& chain, const ChainAccount& account,
    const QString& circuit, QObject* context, const Callback<ChainAccount>& done)
{
    const QString token = chain.token;
    Question question = about(chain.id, circuit, context,
        {{.path = u"/v1/chain/get_currency_balance"_s,
            .body = {{u"code"_s, chain.tokenContract}, {u"account"_s, account.name},
                {u"symbol"_s, token.section(u',', 1)}}}});
    question.take = [token, account, done](qsizetype, const Posted& answer) {
        const auto balance
            = answer.status == kOk ? parseBalance(answer.body, token) : fail(ErrorCode::Network);
        if (!balance)
            return Verdict::lacks(httpStatus(answer.status) + ", no balance"_L1);
        ChainAccount whole = account;
        whole.balance = *balance;
        return Verdict::ends([done, whole] { done(whole); });
    };
    question.none = [account, done](const Error&) { done(account); };
    asking.ask(std::move(question));
}

void ChainClient::account(const QString& chainId, const QString& name, const QString& circuit,
    QObject* context, Callback<ChainAccount> done)
{
    d->askAccount(chainId, name, circuit, context,
        [this, chainId, circuit, guard = QPointer<QObject>(context), done = std::move(done)](
            const Result<ChainAccount>& account) {
            const antelope::Chain* chain = d->chains.byId(chainId);
            if (!account || !chain || !guard)
                return done(account);
            const bool isElsewhere = chain->tokenContract != "eosio.token"_L1;
            if (chain->token.isEmpty() || (!isElsewhere && !account->balance.isEmpty()))
                return done(account);
            ChainAccount without = *account;
            without.balance.clear(); // what get_account tells is of the other contract
            d->askBalance(*chain, without, circuit, guard, done);
        });
}

// --- accounts of a key ---

Verdict ChainClient::Private::takeKeyAccounts(
    const std::shared_ptr<OfKey>& of, qsizetype way, const Posted& answer)
{
    if (answer.status != kOk)
        return Verdict::lacks(httpStatus(answer.status));
    if (way == 0) {
        const auto levels = parseAuthorizers(answer.body, of->key);
        if (!levels)
            return Verdict::fails(u"no get_accounts_by_authorizers"_s);
        return Verdict::ends([of, levels] { of->done(levels); });
    }
    const auto accounts = parseKeyAccounts(answer.body, of->key);
    if (!accounts)
        return Verdict::fails(u"no get_key_accounts"_s);
    of->found = accounts->levels;
    of->left = accounts->names.first(std::min(accounts->names.size(), kMostAsked));
    return Verdict::ends([this, of] { askEach(of); });
}

/// Of these only names are told: with which permission the key can act, and whether alone, they say
/// themselves.
void ChainClient::Private::askEach(const std::shared_ptr<OfKey>& of)
{
    if (of->left.isEmpty())
        return of->done(of->found);
    if (!of->context)
        return;
    askAccount(of->chainId, of->left.takeFirst(), of->circuit, of->context,
        [this, of](const Result<ChainAccount>& account) {
            if (!account && account.error().code != ErrorCode::NotFound)
                return of->done(fail(account.error()));
            if (account)
                of->found += levelsOf(*account, of->key);
            askEach(of);
        });
}

void ChainClient::accountsOf(const QString& chainId, const QString& publicKey, const QString& circuit,
    QObject* context, Callback<QList<Controlled>> done)
{
    const QString key = plainKey(publicKey);
    if (key.isEmpty())
        return done(refuse(Why::NotThisForm));
    const auto of = std::make_shared<Private::OfKey>(Private::OfKey{
        .chainId = chainId, .key = key, .circuit = circuit, .context = context, .done = std::move(done)});
    Question question = Private::about(chainId, circuit, context,
        {{.path = u"/v1/chain/get_accounts_by_authorizers"_s,
             .body = {{u"accounts"_s, QJsonArray()}, {u"keys"_s, QJsonArray{key}}}},
            {.path = u"/v1/history/get_key_accounts"_s, .body = {{u"public_key"_s, key}}},
            {.path = u"/v2/state/get_key_accounts?public_key="_s + key, .isGet = true}});
    question.take
        = [this, of](qsizetype way, const Posted& answer) { return d->takeKeyAccounts(of, way, answer); };
    question.none = [of](const Error& error) { of->done(fail(error)); };
    d->asking.ask(std::move(question));
}

} // namespace hatstand::chain
