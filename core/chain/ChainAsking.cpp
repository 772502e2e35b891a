// SPDX-License-Identifier: MIT
#include "core/chain/ChainAsking.h"

#include "core/antelope/Chains.h"
#include "core/base/Clock.h"
#include "core/chain/ChainAnswers.h"

#include <QJsonDocument>
#include <algorithm>

namespace hatstand::chain {
namespace {

using namespace Qt::Literals::StringLiterals;
using Posted = net::Fetcher::Posted;

const QString kInfo = u"/v1/chain/get_info"_s;
const QByteArray kJson = "application/json"_ba;

QString hostOf(const QString& url)
{
    return QUrl(url).host();
}

Error otherChain(const QString& host)
{
    return {.code = ErrorCode::Network, .why = Why::OtherChain, .detail = host};
}

QByteArray written(const QJsonObject& body)
{
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QString described(const Error& error)
{
    if (error.code == ErrorCode::Expired)
        return u"no answer in time"_s;
    if (error.why == Why::TooLarge)
        return u"too large an answer"_s;
    if (error.why == Why::AddressRefused)
        return u"not a public address"_s;
    if (error.why == Why::OtherChain)
        return u"of another chain"_s;
    return error.detail.isEmpty() ? u"no answer"_s : error.detail;
}

/// Of a get_info: nothing else is believed of a node before.
Result<void> checkChain(const Result<Posted>& answer, const QString& url, const QString& chainId)
{
    if (!answer)
        return fail(answer.error());
    const auto id = answer->status == 200 ? parseChainId(answer->body) : fail(ErrorCode::Network);
    if (!id)
        return fail(ErrorCode::Network, u"HTTP %1, no get_info"_s.arg(answer->status));
    if (*id != chainId)
        return fail(otherChain(hostOf(url)));
    return {};
}

} // namespace

Error errorOf(const QList<Failure>& failures)
{
    QStringList hosts;
    QStringList said;
    for (const Failure& failure : failures) {
        if (!hosts.contains(failure.host))
            hosts += failure.host;
        said += failure.host + ": "_L1 + described(failure.error);
    }
    for (const Why why : {Why::OtherChain, Why::AddressRefused}) {
        const bool isAll = std::all_of(failures.cbegin(), failures.cend(),
            [why](const Failure& failure) { return failure.error.why == why; });
        if (isAll && !failures.isEmpty())
            return {.code = ErrorCode::Network, .why = why, .detail = hosts.join(", "_L1)};
    }
    return {.code = ErrorCode::Network, .detail = said.isEmpty() ? u"no endpoint"_s : said.join("; "_L1)};
}

/// One question on its way through the endpoints.
struct ChainAsking::Round
{
    Question question;
    net::NetPolicy policy;
    QStringList left; ///< endpoints that were not asked yet
    QString url = {};
    qsizetype way = 0;
    QList<Failure> failures = {};
};

ChainAsking::ChainAsking(
    const antelope::Chains& chains, const Clock& clock, const ChainClient::Limits& limits)
    : m_chains(chains)
    , m_clock(clock)
    , m_limits({.bytes = limits.bytes, .time = limits.time, .redirects = 0})
    , m_endpoints(limits.rest, limits.trust)
{
}

void ChainAsking::ask(Question question)
{
    const antelope::Chain* chain = m_chains.byId(question.chainId);
    if (!chain)
        return question.none({.code = ErrorCode::UnknownChain, .detail = question.chainId.left(80)});
    // Whoever wrote an endpoint named its host, for that chain.
    const bool isNamed = chain->isCustom || chain->isChanged;
    const auto policy = isNamed ? m_policy.withNamed(chain->endpoints) : m_policy;
    const QStringList order = m_endpoints.order(chain->endpoints, m_clock.now());
    next(std::make_shared<Round>(Round{.question = std::move(question), .policy = policy, .left = order}));
}

void ChainAsking::next(const Shared& round)
{
    if (round->left.isEmpty())
        return round->question.none(errorOf(round->failures));
    if (!round->question.context) // gone, and may go while others are asked
        return;
    round->url = round->left.takeFirst();
    round->way = 0;
    if (round->question.isInfo || m_endpoints.isOf(round->url, round->question.chainId, m_clock.now()))
        send(round);
    else
        compare(round);
}

void ChainAsking::compare(const Shared& round)
{
    m_fetcher.setPolicy(round->policy);
    m_fetcher.post(QUrl(round->url + kInfo), "{}", kJson, round->question.circuit, m_limits,
        round->question.context, [this, round](const Result<Posted>& answer) {
            const QString chainId = round->question.chainId;
            if (const auto same = checkChain(answer, round->url, chainId); !same)
                return follow(round, {.next = Verdict::Next::Endpoint, .error = same.error(), .end = {}});
            m_endpoints.compared(round->url, chainId, m_clock.now());
            send(round);
        });
}

void ChainAsking::send(const Shared& round)
{
    const Question& question = round->question;
    const Way& way = question.ways.at(round->way);
    const QUrl url(round->url + way.path);
    m_fetcher.setPolicy(round->policy);
    if (way.isGet) { // what has another status than 200 may be there in another way all the same
        m_fetcher.get(
            url, question.circuit, m_limits, question.context, [this, round](const Result<QByteArray>& body) {
                if (!body)
                    return follow(round, {.next = Verdict::Next::Way, .error = body.error(), .end = {}});
                follow(round, round->question.take(round->way, {.status = 200, .body = *body}));
            });
        return;
    }
    m_fetcher.post(url, written(way.body), kJson, question.circuit, m_limits, question.context,
        [this, round](const Result<Posted>& answer) {
            if (!answer && round->question.lost)
                round->question.lost(answer.error());
            if (!answer)
                return follow(round, {.next = Verdict::Next::Endpoint, .error = answer.error(), .end = {}});
            follow(round, round->question.take(round->way, *answer));
        });
}

void ChainAsking::follow(const Shared& round, const Verdict& verdict)
{
    switch (verdict.next) {
    case Verdict::Next::End:
        m_endpoints.answered(round->url);
        if (round->question.isInfo)
            m_endpoints.compared(round->url, round->question.chainId, m_clock.now());
        return verdict.end(); // which may be the end of this
    case Verdict::Next::Way:
        if (++round->way < round->question.ways.size())
            return send(round);
        break;
    case Verdict::Next::Endpoint:
        m_endpoints.failed(round->url, m_clock.now());
        break;
    }
    Error error = verdict.error;
    if (error.why == Why::OtherChain)
        error.detail = hostOf(round->url);
    round->failures += {.host = hostOf(round->url), .error = error};
    next(round);
}

void ChainAsking::askInfo(
    const QString& url, const QString& chainId, QObject* context, Callback<ChainInfo> done)
{
    m_fetcher.setPolicy(m_policy.withNamed({url}));
    m_fetcher.post(QUrl(url + kInfo), "{}", kJson, u"chains"_s, m_limits, context,
        [this, url, chainId, done = std::move(done)](const Result<Posted>& answer) {
            if (const auto same = checkChain(answer, url, chainId); !same)
                return done(fail(errorOf({{.host = hostOf(url), .error = same.error()}})));
            const auto info = parseInfo(answer->body);
            if (!info)
                return done(fail(ErrorCode::Network, hostOf(url) + ": no get_info"_L1));
            m_endpoints.answered(url);
            m_endpoints.compared(url, chainId, m_clock.now());
            done(info);
        });
}

} // namespace hatstand::chain
