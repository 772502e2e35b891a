// SPDX-License-Identifier: MIT
// Whose turn it is, and what follows from what a chain says of an account.
#include "core/accounts/ChainAccounts_p.h"
#include "core/base/Log.h"

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;
using chain::ChainAccount;
using session::Session;
using session::SessionId;
using session::SessionState;
using session::SignerKind;
using Standing = ChainSummary::Standing;

constexpr qsizetype kAtOnce = 4; ///< where the person asked for all
constexpr qint64 kActiveInterval = qint64{5} * 60; ///< seconds
constexpr qint64 kInterval = qint64{30} * 60;
constexpr size_t kSpread = 300; ///< so that they do not come in a row each time

Standing standingOf(const Session& session, const ChainAccount& account)
{
    const auto* permission = account.permission(session.id.identity().section(u'@', 1));
    if (!permission)
        return Standing::NoPermission;
    if (session.publicKey.isEmpty())
        return Standing::Unknown;
    if (permission->weightOf(session.publicKey) == 0)
        return Standing::KeyGone;
    return permission->isEnough(session.publicKey) ? Standing::Good : Standing::KeyTooWeak;
}

} // namespace

QList<SessionId> ChainAccounts::Private::ids() const
{
    QList<SessionId> all;
    for (const Session& session : sessions.sessions()) {
        if (isAntelope(session.id))
            all += session.id;
    }
    return all;
}

void ChainAccounts::Private::load()
{
    isLoaded = true;
    auto kept = file.read();
    const auto before = kept.size();
    for (auto it = kept.begin(); it != kept.end();)
        it = sessions.find(it.key()) && isAntelope(it.key()) ? std::next(it) : kept.erase(it);
    const bool isToForget = kept.size() != before; // logged out where nobody looked after this file
    for (auto it = kept.begin(); it != kept.end(); ++it) {
        const SessionId& id = it.key();
        if (summaries.contains(id))
            continue;
        const Session session = *sessions.find(id);
        if (it->isKnown && it->standing != Standing::NoAccount)
            it->standing = standingOf(session, it->account);
        keys.insert(id, session.publicKey);
        summaries.insert(id, *it);
        note(id);
        Q_EMIT q.changed(id);
    }
    if (isToForget)
        save();
}

void ChainAccounts::Private::save()
{
    saving.stop();
    if (!isLoaded) // what is there and was not read yet would be gone
        load();
    if (!file.write(summaries))
        qCWarning(lcCache) << "what is known of accounts on chains could not be kept";
}

void ChainAccounts::Private::begin(const SessionId& id, bool isNamed)
{
    if (const auto found = running.find(id); found != running.end()) {
        found->isNamed = found->isNamed || isNamed;
        return;
    }
    triedAt.insert(id, clock.now());
    auto* context = new QObject(&q);
    running.insert(id, {.context = context, .isNamed = isNamed});
    summaries[id].isRefreshing = true;
    Q_EMIT q.changed(id);
    if (running.value(id).context != context) // logged out by whoever was told
        return;
    client.account(id.chain(), id.identity().section(u'@', 0, 0), id.text(), context,
        [this, id](const Result<ChainAccount>& account) { ended(id, account); });
}

void ChainAccounts::Private::ended(const SessionId& id, const Result<ChainAccount>& account)
{
    running.take(id).context->deleteLater();
    const Session* session = sessions.find(id);
    if (!session)
        return answer(id, fail(ErrorCode::NotFound));
    ChainSummary& summary = summaries[id];
    summary.isRefreshing = false;
    summary.hasFailed = !account;
    summary.failure = account ? Error() : account.error();
    if (account) {
        summary.isKnown = true;
        summary.account = *account;
        summary.standing = standingOf(*session, *account);
    } else if (account.error().code == ErrorCode::NotFound) {
        summary.standing = Standing::NoAccount;
    }
    if (account || account.error().code == ErrorCode::NotFound) {
        summary.refreshedAt = clock.now();
        keys.insert(id, session->publicKey);
        saving.start();
    }
    note(id);
    Q_EMIT q.changed(id);
    beginWanted();
    resume();
    answer(id, account ? Result<void>() : fail(account.error()));
}

/// Whoever waits is told as if nobody had answered.
void ChainAccounts::Private::cancel(const SessionId& id)
{
    delete running.take(id).context;
    resume();
    if (const auto found = summaries.find(id); found != summaries.end() && found->isRefreshing) {
        found->isRefreshing = false;
        Q_EMIT q.changed(id);
    }
    answer(id, fail(ErrorCode::Network));
}

void ChainAccounts::Private::leaveHidden()
{
    const QList<SessionId> all = running.keys();
    for (const SessionId& id : all) {
        if (isHidden(id) && !running.value(id).isNamed)
            cancel(id);
    }
    beginWanted();
}

void ChainAccounts::Private::answer(const SessionId& id, const Result<void>& result)
{
    const auto answered = waiting.values(id.text());
    waiting.remove(id.text());
    for (const Callback<void>& done : answered)
        done(result);
}

void ChainAccounts::Private::beginWanted()
{
    while (running.size() < kAtOnce && !wanted.isEmpty()) {
        const SessionId id = wanted.takeFirst();
        if (isHidden(id)) // since it was asked for
            answer(id, fail(ErrorCode::Network));
        else
            begin(id, false);
    }
}

void ChainAccounts::Private::beginIdle()
{
    if (!running.isEmpty()) // goes on when that has ended
        return;
    while (!idle.isEmpty()) {
        const SessionId id = idle.takeFirst();
        if (!isHidden(id))
            return begin(id, false);
    }
}

void ChainAccounts::Private::queueIdle(const SessionId& id)
{
    if (!idle.contains(id) && !running.contains(id))
        idle += id;
    resume();
}

void ChainAccounts::Private::resume()
{
    if (!idle.isEmpty() && !pause.isActive())
        pause.start();
}

void ChainAccounts::Private::look()
{
    const QDateTime now = clock.now();
    for (const SessionId& id : ids()) {
        const bool isActive = sessions.active() == id;
        const auto spread = static_cast<qint64>(qHash(id.text()) % kSpread);
        const QDateTime tried = triedAt.value(id);
        const qint64 age = tried.isValid() ? tried.secsTo(now) : -1;
        if (isHidden(id) || (age >= 0 && age < (isActive ? kActiveInterval : kInterval + spread)))
            continue;
        if (isActive)
            begin(id, false);
        else
            queueIdle(id);
    }
}

/// Another key: what the chain says of it follows from what is known, until the chain is asked again. One
/// that was added again with its key is asked for as well, or it would stay good without being so.
void ChainAccounts::Private::sessionChanged(const SessionId& id)
{
    leaveHidden();
    const Session* session = sessions.find(id);
    const auto summary = summaries.find(id);
    if (!session || !isAntelope(id) || summary == summaries.end())
        return;
    const bool hasAnotherKey = keys.value(id) != session->publicKey;
    const bool isAddedAgain = isBad(summary->standing) && session->signer != SignerKind::WatchOnly
        && session->state != SessionState::NeedsLogin && session->state != SessionState::Damaged;
    if (!summary->refreshedAt.isValid() || (!hasAnotherKey && !isAddedAgain))
        return;
    const bool isToAsk = isStarted && !isHidden(id);
    if (hasAnotherKey) {
        keys.insert(id, session->publicKey);
        if (summary->isKnown && summary->standing != Standing::NoAccount)
            summary->standing = standingOf(*session, summary->account);
        Q_EMIT q.changed(id);
    }
    if (isToAsk)
        begin(id, false);
}

void ChainAccounts::Private::removed(const SessionId& id)
{
    if (!isAntelope(id))
        return;
    wanted.removeAll(id);
    idle.removeAll(id);
    summaries.remove(id);
    keys.remove(id);
    triedAt.remove(id);
    cancel(id);
    if (file.exists())
        save(); // now: what is kept of it is not to be found any more
    beginWanted();
}

} // namespace hatstand::accounts
