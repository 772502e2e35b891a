// SPDX-License-Identifier: MIT
#include "app/cli/ChainFields.h"
#include "app/cli/Commands.h"
#include "app/cli/Input.h"
#include "app/cli/Output.h"
#include "app/cli/Terminal.h"
#include "core/antelope/Asset.h"
#include "core/antelope/Keys.h"
#include "core/chain/ChainRegistry.h"
#include "core/session/SessionManager.h"
#include "ui/text/Sentences.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::Chain;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(ChainSetup)
public:
    static Error usage(const QString& text) { return {.code = ErrorCode::Usage, .detail = text}; }
};

Result<QStringList> endpointsOf(const CallPtr& call)
{
    QStringList endpoints;
    const QStringList given = call->request.value(u"endpoint"_s).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& text : given) {
        const auto endpoint = chain::normaliseEndpoint(text);
        if (!endpoint)
            return fail(endpoint.error());
        if (!endpoints.contains(*endpoint))
            endpoints += *endpoint;
    }
    return endpoints;
}

/// One after the other: the first that is of another chain, or does not answer, ends the call.
void checkEach(const CallPtr& call, const QString& id, QStringList endpoints, std::function<void()> then)
{
    if (endpoints.isEmpty() || call->request.has(u"offline"_s))
        return then();
    const QString first = endpoints.takeFirst();
    call->services.chainClient.check(first, id, &call->services.chainClient,
        onward<chain::ChainInfo>(
            call, [=](const chain::ChainInfo&) { checkEach(call, id, endpoints, then); }));
}

bool isOnChain(const session::SessionId& id, const Chain& chain)
{
    return id.family() == "antelope"_L1 && id.chain() == chain.id;
}

/// Without its chain an account could not be used, nor a key that rests be brought back.
Result<void> checkUnused(const session::SessionManager& sessions, const Chain& chain)
{
    for (const session::Session& session : sessions.sessions()) {
        if (isOnChain(session.id, chain))
            return refuse(Why::ChainIsUsed, session.id.identity());
    }
    const QList<session::RestingSession> resting = sessions.resting();
    for (const session::RestingSession& each : resting) {
        if (isOnChain(each.session.id, chain))
            return fail(Error{.code = ErrorCode::InvalidInput,
                .detail = Text::tr("The key of %1 still rests on this chain. Bring it back and log it out "
                                   "with --forget first.")
                              .arg(each.session.id.identity())});
    }
    return {};
}

/// What asking several chains for a key's accounts has brought.
struct Search
{
    CallPtr call;
    qsizetype left = 0;
    bool hasAnswer = false;
    Error failure = {};
    QJsonArray all = {};
    QList<QStringList> rows = {};
};

void print(const Search& search)
{
    if (!search.hasAnswer)
        return search.call->finish(fail(search.failure));
    if (search.call->request.json())
        search.call->console->out(jsonLines(search.all));
    else
        search.call->out(table(search.rows));
    search.call->finish({});
}

void take(Search& search, const Chain& chain, const QString& key,
    const Result<QList<chain::ChainClient::Controlled>>& found)
{
    if (!found) {
        search.failure = found.error();
        if (!search.call->request.json()) {
            const QString said = Terminal::escaped(chain.name + ": "_L1 + ui::sentence(found.error()));
            search.call->console->err(said.toUtf8() + '\n');
        }
        return;
    }
    search.hasAnswer = true;
    for (const auto& each : *found) {
        search.all += QJsonObject{{u"chain"_s, chain.id}, {u"chainName"_s, chain.name},
            {u"actor"_s, each.level.section(u'@', 0, 0)}, {u"permission"_s, each.level.section(u'@', 1)},
            {u"publicKey"_s, key}, {u"enough"_s, each.isEnough}};
        search.rows += {chain.alias, each.level,
            each.isEnough ? Text::tr("this key alone is enough") : Text::tr("only with others")};
    }
}

Result<QString> publicKeyOf(const SecretBuffer& line)
{
    const auto key = antelope::PrivateKey::parse(line);
    if (key)
        return key->publicKey().text();
    if (key.error().why != Why::PublicKeyGiven)
        return fail(key.error());
    return antelope::PublicKey::parse(QString::fromLatin1(toQByteArray(line.view())))
        .map([](const antelope::PublicKey& found) { return found.text(); });
}

} // namespace

void chainsAdd(const CallPtr& call)
{
    const Request& request = call->request;
    const QString id = request.argument(0).toLower();
    const auto endpoints = endpointsOf(call);
    if (!endpoints)
        return call->finish(fail(endpoints.error()));
    if (!request.has(u"alias"_s) || endpoints->isEmpty())
        return call->finish(fail(Text::usage(
            Text::tr("Usage: hatstand chains add ID --alias ALIAS --endpoint URL… [--offline]"))));
    Chain chain;
    chain.id = id;
    chain.alias = request.value(u"alias"_s).toLower();
    chain.name = request.has(u"name"_s) ? request.value(u"name"_s) : request.value(u"alias"_s);
    chain.endpoints = *endpoints;
    chain.token = request.value(u"token"_s);
    chain.testnet = request.has(u"testnet"_s);
    chain.isCustom = true;
    if (request.has(u"token-contract"_s))
        chain.tokenContract = request.value(u"token-contract"_s);
    if (!chain.token.isEmpty() && !antelope::Symbol::parse(chain.token))
        return call->finish(fail(Error{ErrorCode::InvalidInput, Why::Malformed, u"--token"_s}));
    if (!antelope::Name::parse(chain.tokenContract))
        return call->finish(fail(Error{ErrorCode::InvalidInput, Why::BadName, chain.tokenContract}));
    antelope::Chains tried = call->services.chains; // what is refused without asking the network
    if (const auto fits = tried.add(chain); !fits)
        return call->finish(fits);
    checkEach(
        call, id, chain.endpoints, [call, chain] { call->finish(call->services.chainRegistry.add(chain)); });
}

void chainsSet(const CallPtr& call)
{
    const auto chain = call->services.chains.find(call->request.argument(0));
    const auto endpoints = endpointsOf(call);
    if (!chain || !endpoints)
        return call->finish(fail(chain ? endpoints.error() : chain.error()));
    const bool isDefault = call->request.has(u"default"_s);
    if (isDefault != endpoints->isEmpty())
        return call->finish(
            fail(Text::usage(Text::tr("Usage: hatstand chains set CHAIN --endpoint URL… | --default"))));
    if (isDefault && chain->isCustom)
        return call->finish(
            fail(Text::usage(Text::tr("This chain is your own: it has no other endpoints."))));
    checkEach(call, chain->id, *endpoints, [call, id = chain->id, endpoints = *endpoints] {
        call->finish(call->services.chainRegistry.setEndpoints(id, endpoints));
    });
}

void chainsRemove(const CallPtr& call)
{
    const auto chain = call->services.chains.find(call->request.argument(0));
    if (!chain)
        return call->finish(fail(chain.error()));
    if (const auto unused = checkUnused(call->services.sessions, *chain); chain->isCustom && !unused)
        return call->finish(unused);
    call->finish(call->services.chainRegistry.remove(chain->id));
}

void accounts(const CallPtr& call)
{
    const Request& request = call->request;
    if (!request.has(u"key-stdin"_s))
        return call->finish(
            fail(Text::usage(Text::tr("Usage: hatstand accounts --key-stdin [--chain CHAIN]"))));
    QList<Chain> asked;
    if (request.has(u"chain"_s)) {
        const auto chain = call->services.chains.find(request.value(u"chain"_s));
        if (!chain)
            return call->finish(fail(chain.error()));
        asked = {*chain};
    } else {
        for (const Chain& chain : call->services.chains.all()) {
            if (!chain.endpoints.isEmpty() && (!chain.testnet || request.has(u"testnets"_s)))
                asked += chain;
        }
    }
    call->console->readInput(onward<SharedSecret>(call, [call, asked](const SharedSecret& input) {
        const auto line = onlyLine(*input);
        const auto key = line ? publicKeyOf(*line) : fail(line.error());
        if (!key)
            return call->finish(fail(key.error()));
        const auto search = std::make_shared<Search>(Search{.call = call, .left = asked.size()});
        for (const Chain& chain : asked) {
            call->services.chainClient.accountsOf(chain.id, *key, *key, &call->services.chainClient,
                [search, chain, key = *key](const Result<QList<chain::ChainClient::Controlled>>& found) {
                    take(*search, chain, key, found);
                    if (--search->left == 0)
                        print(*search);
                });
        }
    }));
}

} // namespace hatstand::app::commands
