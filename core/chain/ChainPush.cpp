// SPDX-License-Identifier: MIT
// Sending a transaction: what became of it is told, or that it can't be known.
#include "core/chain/ChainClient_p.h"

#include <QJsonArray>
#include <QJsonObject>

namespace hatstand::chain {
namespace {

using namespace Qt::Literals::StringLiterals;
using Posted = net::Fetcher::Posted;

/// A no. After an endpoint that was sent it and did not answer it says nothing: it may be done there.
Error refusalOf(const NodeError& said, bool mayHaveReached)
{
    if (mayHaveReached)
        return {.code = ErrorCode::Network, .why = Why::MayStillHappen, .detail = said.text};
    if (said.code != kTxExpired)
        return {.code = ErrorCode::Failed, .why = Why::RefusedByChain, .detail = said.text};
    return {.code = ErrorCode::Expired, .why = Why::RequestExpired, .detail = said.text};
}

} // namespace

Verdict ChainClient::Private::takePushed(const std::shared_ptr<Sending>& sending, const Posted& answer)
{
    if (answer.status == kNotFound)
        return Verdict::lacks(httpStatus(answer.status));
    const bool isTaken = answer.status >= 200 && answer.status < 300;
    std::optional<NodeError> refusal;
    if (isTaken) {
        const auto told = parsePushed(answer.body);
        if (told && !told->refusal && told->pushed.transactionId == sending->id)
            return Verdict::ends([sending, pushed = told->pushed] { sending->done(pushed); });
        if (told)
            refusal = told->refusal;
    } else if (isSaidByNode(answer.status)) {
        refusal = parseNodeError(answer.body);
    }
    if (refusal && refusal->code == kTxDuplicate) // whichever endpoint it came through: it is there
        return Verdict::ends([sending] { sending->done(Pushed{.transactionId = sending->id}); });
    if (refusal) {
        return Verdict::ends(
            [sending, error = refusalOf(*refusal, sending->mayHaveReached)] { sending->done(fail(error)); });
    }
    // Nonsense, or something in front of the node that can't say what the node did.
    sending->mayHaveReached = sending->mayHaveReached || isTaken || answer.status >= 500;
    return Verdict::fails(httpStatus(answer.status));
}

void ChainClient::push(const QString& chainId, const antelope::Transaction& transaction,
    const QStringList& signatures, const QString& circuit, QObject* context, Callback<Pushed> done)
{
    const QJsonObject body{{u"signatures"_s, QJsonArray::fromStringList(signatures)}, {u"compression"_s, 0},
        {u"packed_context_free_data"_s, QString()},
        {u"packed_trx"_s, QString::fromLatin1(transaction.pack().toHex())}};
    const auto sending = std::make_shared<Private::Sending>(
        Private::Sending{.id = transaction.id(), .done = std::move(done)});
    // Sent through another endpoint it is the same transaction, which a chain takes once.
    Question question = Private::about(chainId, circuit, context,
        {{.path = u"/v1/chain/send_transaction"_s, .body = body},
            {.path = u"/v1/chain/push_transaction"_s, .body = body}});
    question.take
        = [sending](qsizetype, const Posted& answer) { return Private::takePushed(sending, answer); };
    question.lost = [sending](const Error& error) {
        sending->mayHaveReached
            = sending->mayHaveReached || error.why == Why::MayStillHappen || error.why == Why::TooLarge;
    };
    question.none = [sending](Error error) {
        if (sending->mayHaveReached)
            error.why = Why::MayStillHappen;
        sending->done(fail(error));
    };
    d->asking.ask(std::move(question));
}

} // namespace hatstand::chain
