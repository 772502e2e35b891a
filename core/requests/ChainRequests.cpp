// SPDX-License-Identifier: MIT
#include "core/requests/ChainRequests.h"

#include "core/base/Clock.h"
#include "core/requests/RequestJob.h"
#include "core/requests/TransactionJson.h"

#include <QUrl>

namespace hatstand::requests {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::EsrRequest;

QList<antelope::Name> contractsOf(const EsrRequest& request)
{
    QList<antelope::Name> all;
    const QList<antelope::Action> actions = request.allActions();
    for (const antelope::Action& action : actions) {
        if (!all.contains(action.account))
            all += action.account;
    }
    return all;
}

/// A whole transaction whose time is over by far: clocks are not that wrong.
bool isLongOver(const EsrRequest& request, const QDateTime& now)
{
    constexpr qint64 kDay = 86400;
    const quint32 end = request.transaction.header.expiration;
    return request.what == EsrRequest::What::Transaction && end > 0 && end + kDay < now.toSecsSinceEpoch();
}

} // namespace

class ChainRequests::Private
{
public:
    Context context;
    LinkKeeper* keeper = nullptr;
};

ChainRequests::ChainRequests(const Context& context, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(Private{context}))
{
}

ChainRequests::~ChainRequests() = default;

void ChainRequests::setLinkKeeper(LinkKeeper* keeper)
{
    d->keeper = keeper;
}

void ChainRequests::handle(const EsrRequest& request, const Asking& asking, signing::Approver& approver,
    signing::PassphraseSource& passphrases, Callback<Outcome> done)
{
    if (isLongOver(request, d->context.clock.now()))
        return done(fail(Error{.code = ErrorCode::Expired, .why = Why::RequestExpired}));
    // An address that the answer may not go to is found out before anybody is asked.
    if (asking.answers && !request.callback.isEmpty()) {
        const QUrl url(request.callback);
        const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
        const auto allowed = isWeb ? d->context.fetcher.check(url) : Result<void>();
        if (!allowed)
            return done(fail(allowed.error()));
    }
    Draft draft{.wanted = Wanted::of(request),
        .contracts = contractsOf(request),
        .needsInfo = !request.isIdentity(),
        .build = [request](const antelope::Abis&) -> Result<EsrRequest> { return request; }};
    auto* job = new RequestJob(
        d->context, d->keeper, std::move(draft), asking, approver, passphrases, std::move(done), this);
    job->start();
}

void ChainRequests::transact(const QByteArray& json, const Asking& asking, signing::Approver& approver,
    signing::PassphraseSource& passphrases, Callback<Outcome> done)
{
    const auto transaction = TransactionJson::parse(json);
    if (!transaction)
        return done(fail(transaction.error()));
    Draft draft{.wanted = {[](const QString&) { return true; }, {}, transaction->levels()},
        .contracts = transaction->contracts(),
        .build =
            [transaction = *transaction](const antelope::Abis& abis) {
                return transaction.build(abis).map([](EsrRequest request) {
                    request.broadcast = true;
                    return request;
                });
            },
        .fillsHeader = true};
    auto* job = new RequestJob(
        d->context, d->keeper, std::move(draft), asking, approver, passphrases, std::move(done), this);
    job->start();
}

} // namespace hatstand::requests
