// SPDX-License-Identifier: MIT
#include "core/requests/RequestJob.h"

#include "core/accounts/ChainAccounts.h"
#include "core/base/Clock.h"
#include "core/chain/ChainRegistry.h"
#include "core/requests/TransactionJson.h"
#include "core/signing/ChainWords.h"
#include "core/signing/Signer.h"

#include <QJsonDocument>
#include <QUrl>

namespace hatstand::requests {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::EsrRequest;
using session::SessionId;

constexpr qint64 kTransactionLife = 120; ///< seconds, by the chain's clock
constexpr qint64 kIdentityLife = 60; ///< seconds, by ours: no chain is asked
constexpr qint64 kLargestAnswer = qint64{64} * 1024; ///< bytes, of what a callback says to it

/// When what is made now ends, and which block it builds upon.
Result<antelope::TransactionHeader> headerFor(
    const std::optional<chain::ChainInfo>& info, const QDateTime& now)
{
    antelope::TransactionHeader header;
    if (!info) {
        header.expiration = static_cast<quint32>(now.toSecsSinceEpoch() + kIdentityLife);
        return header;
    }
    header.expiration = static_cast<quint32>(info->headTime.toSecsSinceEpoch() + kTransactionLife);
    // One that can't be undone: a transaction upon a block that a fork drops would be lost with it.
    if (const auto set = antelope::setReference(header, info->lastIrreversibleId); !set)
        return fail(set.error());
    return header;
}

/// Where the answer goes, for the person: the host as it is looked up, not in letters that look like others;
/// with the scheme where another program takes it.
QString hostOf(const EsrRequest& request)
{
    const QUrl url(request.callback);
    QString host = url.host(QUrl::FullyEncoded);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (isWeb)
        return host;
    return request.callback.section(u':', 0, 0) + (host.isEmpty() ? u":"_s : "://"_L1 + host);
}

} // namespace

RequestJob::RequestJob(const ChainRequests::Context& context, LinkKeeper* keeper, Draft draft, Asking asking,
    signing::Approver& approver, signing::PassphraseSource& passphrases, Callback<Outcome> done,
    QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_keeper(keeper)
    , m_draft(std::move(draft))
    , m_asking(std::move(asking))
    , m_approver(approver)
    , m_passphrases(passphrases)
    , m_done(std::move(done))
{
}

void RequestJob::start()
{
    const QString& chainId = m_draft.wanted.chainId;
    const antelope::Chain* chain = m_context.registry.chains().byId(chainId);
    if (!chainId.isEmpty() && !chain)
        return finish(fail(ErrorCode::UnknownChain, chainId));
    const auto who = whoSigns(m_context.sessions, m_draft.wanted, m_asking.session);
    if (!who && chain && who.error().code == ErrorCode::NoActive)
        return finish(fail(
            Error{.code = ErrorCode::NotFound, .why = Why::RequestForOtherChain, .detail = chain->name}));
    if (!who)
        return finish(fail(who.error()));
    if (m_asking.mayChange)
        m_others = QList{who->chosen} + who->others;
    gatherFor(who->chosen);
}

void RequestJob::gatherFor(const SessionId& id)
{
    const int attempt = ++m_attempt;
    m_outcome = {};
    m_outcome.session = id;
    m_outcome.chainId = id.chain();
    if (!m_context.registry.chains().byId(m_outcome.chainId))
        return finish(fail(ErrorCode::UnknownChain, m_outcome.chainId));
    const bool isKnown = m_context.accounts.summary(id).isKnown;
    gather(m_context.client,
        {.chainId = m_outcome.chainId,
            .circuit = id.text(),
            .wantsInfo = m_draft.needsInfo,
            .contracts = m_draft.contracts,
            .actor = m_draft.needsInfo && !isKnown ? id.identity().section(u'@', 0, 0) : QString()},
        this, [this, attempt](const Result<Gathered>& gathered) {
            if (attempt != m_attempt)
                return;
            const auto request = gathered ? m_draft.build(gathered->abis) : fail(gathered.error());
            if (!request)
                return finish(fail(request.error()));
            sign(*request, *gathered);
        });
}

void RequestJob::sign(const EsrRequest& request, const Gathered& gathered)
{
    m_request = request;
    const auto account = antelope::PermissionLevel::parse(m_outcome.session.identity());
    const QDateTime now = m_context.clock.now();
    const auto header = headerFor(gathered.info, now);
    if (!account || !header)
        return finish(fail(account ? header.error() : account.error()));
    if (m_draft.fillsHeader)
        fillIn(m_request.transaction.header, *header);
    auto transaction = antelope::resolve(m_request, *account, gathered.abis, *header);
    if (!transaction)
        return finish(fail(transaction.error()));
    m_outcome.transaction = *transaction;

    signing::TransactionRequest what{.transaction = *std::move(transaction),
        .abis = gathered.abis,
        .peer = m_asking.peer,
        .willBeSent = m_request.broadcast && m_asking.mayBroadcast && !m_request.isIdentity(),
        .isIdentity = m_request.isIdentity(),
        .balance = gathered.balance,
        .isGone = m_asking.isGone,
        .series = reinterpret_cast<quintptr>(this)};
    if (m_asking.answers && !m_request.callback.isEmpty())
        what.host = hostOf(m_request);
    what.opensLink
        = m_keeper && m_asking.answers && m_request.isIdentity() && m_request.infoOf(u"link"_s).has_value();
    if (m_request.isIdentity() && m_request.version >= 3)
        what.scope = m_request.scope.text();
    if (const auto& summary = m_context.accounts.summary(m_outcome.session); summary.isKnown)
        what.balance = summary.account.balance; // what is shown
    if (gathered.info)
        what.chainAhead = gathered.info->receivedAt.secsTo(gathered.info->headTime);
    for (const SessionId& id : std::as_const(m_others)) {
        if (id != m_outcome.session && m_context.sessions.find(id))
            what.others += id;
    }
    const int attempt = m_attempt;
    what.signAs = guarded(this, [this, attempt](const SessionId& id) {
        if (attempt == m_attempt && m_others.contains(id) && m_context.sessions.find(id))
            gatherFor(id);
    });
    m_context.signer.signTransaction(m_outcome.session, what, m_approver, m_passphrases,
        guarded(this, [this, attempt](const Result<QString>& signature) {
            if (attempt != m_attempt) // asked again as another
                return;
            if (signature)
                onSignature(*signature);
            else
                finish(fail(signature.error()));
        }));
}

void RequestJob::onSignature(const QString& signature)
{
    m_outcome.signatures = {signature};
    if (!m_request.isIdentity()) {
        m_outcome.transactionId = m_outcome.transaction.id();
        if (m_request.broadcast && m_asking.mayBroadcast)
            return send();
        return answer();
    }
    if (m_request.version >= 3) {
        const auto proof = antelope::identityProof(esrAnswer());
        if (!proof)
            return finish(fail(proof.error()));
        m_outcome.proof = *proof;
    }
    const bool wantsLink = m_keeper && m_asking.answers && m_request.infoOf(u"link"_s).has_value();
    if (wantsLink)
        makeLink();
    else
        answer();
}

void RequestJob::send()
{
    m_context.client.push(m_outcome.chainId, m_outcome.transaction, m_outcome.signatures,
        m_outcome.session.text(), this, [this](const Result<chain::Pushed>& pushed) {
            if (!pushed)
                return finish(fail(pushed.error()));
            m_outcome.wasSent = true;
            m_outcome.blockNumber = pushed->blockNumber;
            if (m_context.accounts.isStarted())
                m_context.accounts.refresh(m_outcome.session);
            answer();
        });
}

void RequestJob::makeLink()
{
    m_keeper->create(m_request, m_outcome.session,
        guarded(this, [this](const Result<QList<QPair<QString, QString>>>& link) {
            if (!link)
                return finish(fail(link.error()));
            m_link = *link;
            answer();
        }));
}

antelope::EsrAnswer RequestJob::esrAnswer() const
{
    return {.request = m_request,
        .chainId = m_outcome.chainId,
        .signer = antelope::PermissionLevel::parse(m_outcome.session.identity()).value(),
        .transaction = m_outcome.transaction,
        .signatures = m_outcome.signatures,
        .blockNumber = m_outcome.blockNumber,
        .more = m_link};
}

/// What was signed, and sent perhaps, stays so, whether or not its answer arrives.
void RequestJob::answer()
{
    const antelope::EsrAnswer answer = esrAnswer();
    if (!m_draft.fillsHeader)
        m_outcome.payload = antelope::payload(answer);
    if (!m_asking.answers || m_request.callback.isEmpty())
        return finish(m_outcome);
    const QString url = antelope::callbackUrl(answer);
    if (!m_request.background) {
        m_outcome.openUrl = url;
        return finish(m_outcome);
    }
    const QByteArray body = QJsonDocument(m_outcome.payload).toJson(QJsonDocument::Compact);
    m_context.fetcher.post(QUrl(url), body, "application/json", m_outcome.session.text(),
        {.bytes = kLargestAnswer}, this,
        [this](const Result<net::Fetcher::Posted>& posted) { onPosted(posted); });
}

void RequestJob::onPosted(const Result<net::Fetcher::Posted>& posted)
{
    bool isForCertain = false; // that it did not arrive
    if (!posted) {
        isForCertain = posted.error().why != Why::MayStillHappen;
        m_outcome.notAnswered = posted.error();
        if (posted.error().why == Why::Unsaid || !isForCertain)
            m_outcome.notAnswered
                = Error{.code = ErrorCode::Network, .why = Why::BadCallback, .detail = hostOf(m_request)};
    } else if (posted->status >= 300) {
        isForCertain = posted->status < 500;
        m_outcome.notAnswered = Error{.code = ErrorCode::Network,
            .why = Why::BadCallback,
            .detail = hostOf(m_request) + ", HTTP "_L1 + QString::number(posted->status)};
    }
    m_outcome.wasAnswered = !m_outcome.notAnswered;
    if (isForCertain && m_keeper && !m_link.isEmpty())
        m_keeper->withdraw(m_link);
    finish(m_outcome);
}

void RequestJob::finish(Result<Outcome> result)
{
    if (const auto done = std::exchange(m_done, {})) {
        deleteLater();
        done(std::move(result));
    }
}

} // namespace hatstand::requests
