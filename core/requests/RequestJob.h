// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/Fetcher.h"
#include "core/requests/AbiGathering.h"
#include "core/requests/Candidates.h"
#include "core/requests/ChainRequests.h"

namespace hatstand::requests {

/// What is to be signed, before the ABIs that it may need are there.
struct Draft
{
    Wanted wanted;
    QList<antelope::Name> contracts;
    bool needsInfo = true; ///< the chain's clock and blocks
    std::function<Result<antelope::EsrRequest>(const antelope::Abis&)> build;
    bool fillsHeader = false; ///< also where the header says something
};

/// One request on its way through its steps. Deletes itself with its answer.
class RequestJob final : public QObject
{
    Q_OBJECT
public:
    RequestJob(const ChainRequests::Context& context, LinkKeeper* keeper, Draft draft, Asking asking,
        signing::Approver& approver, signing::PassphraseSource& passphrases, Callback<Outcome> done,
        QObject* parent);
    void start();

private:
    void gatherFor(const session::SessionId& id);
    void sign(const antelope::EsrRequest& request, const Gathered& gathered);
    void onSignature(const QString& signature);
    void send();
    void makeLink();
    void answer();
    void onPosted(const Result<net::Fetcher::Posted>& posted);
    void finish(Result<Outcome> result);
    [[nodiscard]] antelope::EsrAnswer esrAnswer() const;

    const ChainRequests::Context m_context;
    LinkKeeper* m_keeper;
    const Draft m_draft;
    const Asking m_asking;
    signing::Approver& m_approver;
    signing::PassphraseSource& m_passphrases;
    Callback<Outcome> m_done;

    QList<session::SessionId> m_others; ///< who may sign it, with the one who does
    antelope::EsrRequest m_request;
    QList<QPair<QString, QString>> m_link;
    Outcome m_outcome;
    int m_attempt = 0; ///< counts the changes of account: answers of an earlier one are late
};

} // namespace hatstand::requests
