// SPDX-License-Identifier: MIT
// The directory's side of the worker: started when it is needed, told what is so, and answered.
#include "core/accounts/AccountDirectory_p.h"

#include "core/accounts/NetSetup.h"
#include "core/base/Settings.h"
#include "core/nostr/RelayMessage.h"
#include "core/signing/OwnKeys.h"

#include <QPointer>

namespace hatstand::accounts {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

AccountDirectory::Private::~Private()
{
    if (worker) {
        // In its turn, so that what was asked before is done; the thread deletes the worker as it ends.
        QMetaObject::invokeMethod(worker, [this] {
            worker->deleteLater();
            thread.quit();
        });
        thread.wait();
    }
    delete edits; // the thread has answered them until now
}

void AccountDirectory::Private::startWorker()
{
    worker = new AccountWorker(context.cacheFile, context.clock, context.random);
    worker->moveToThread(&thread);
    thread.setObjectName(u"relays"_s);
    thread.start();
    edits = new AccountEdits(*worker, context.signer, context.ownKeys, context.clock);
    connectWorker();
    QMetaObject::invokeMethod(worker, [worker = worker, accounts = pubkeys()] {
        worker->open();
        worker->setAccounts(accounts);
    });
    privates.clear();
    tellPrivate();
    configure();
}

void AccountDirectory::Private::connectWorker()
{
    using Worker = AccountWorker;
    connect(worker, &Worker::summaryChanged, &q,
        [this](const QByteArray& pubkey, const AccountSummary& summary) { note(idOf(pubkey), summary); });
    connect(worker, &Worker::listsChanged, &q, [this](const QByteArray& pubkey) {
        if (context.sessions.find(idOf(pubkey)))
            Q_EMIT q.listsChanged(idOf(pubkey));
    });
    connect(worker, &Worker::relaysChanged, &q,
        [this](const QByteArray& pubkey, const QList<relay::RelayStatus>& statuses) {
            if (!context.sessions.find(idOf(pubkey)))
                return;
            relays.insert(idOf(pubkey), statuses);
            Q_EMIT q.relaysChanged(idOf(pubkey));
        });
    connect(worker, &Worker::refreshed, &q,
        [this](const QByteArray& pubkey, const AccountRelays::Outcome& outcome) {
            const auto answered = waiting.values(pubkey);
            waiting.remove(pubkey);
            for (const Callback<void>& done : answered)
                done(outcome.isReached() ? Result<void>() : fail(ErrorCode::Network));
        });
    connect(worker, &Worker::authenticationWanted, &q,
        [this](const QByteArray& pubkey, const QString& relay, const QString& challenge) {
            authenticate(pubkey, relay, challenge);
        });
    connect(worker, &Worker::privateMutesFound, &q,
        [this](const QByteArray& pubkey, const ByteArray<32>& listId, const QString& content) {
            openPrivateMutes(pubkey, {listId, content});
        });
}

void AccountDirectory::Private::configure()
{
    const AccountWorker::Setup setup{.policy = netPolicy(context.settings),
        .indexers = indexers(context.settings),
        .mayAuthAtIndexers = context.settings.isChanged(u"nostr.indexers"_s),
        .limits = context.limits,
        .patience = context.patience};
    ask([worker = worker, setup] { worker->configure(setup); });
}

void AccountDirectory::Private::authenticate(
    const QByteArray& pubkey, const QString& relay, const QString& challenge)
{
    context.ownKeys.authenticate(idOf(pubkey), nostr::authEvent(relay, challenge),
        [guard = QPointer<AccountDirectory>(&q), this, pubkey, relay](const Result<QByteArray>& event) {
            if (!guard)
                return;
            if (!event && event.error().code == ErrorCode::Locked)
                unanswered.insert(idOf(pubkey));
            ask([worker = worker, pubkey, relay, event] {
                if (event)
                    worker->authenticate(pubkey, relay, *event);
                else // it answers as it does to anybody, or not at all
                    worker->declineAuthentication(pubkey, relay);
            });
        });
}

/// Once for each list: a key that is locked away, or elsewhere, is not asked for again and again.
void AccountDirectory::Private::openPrivateMutes(
    const QByteArray& pubkey, const AccountWorker::SealedMutes& sealed, const std::function<void()>& then)
{
    const SessionId id = idOf(pubkey);
    const ByteArray<32> listId = sealed.listId;
    if (!context.sessions.find(id) || triedPrivate.value(id).listId == listId)
        return then();
    triedPrivate.insert(id, {.listId = listId});
    context.ownKeys.openPrivate(id, sealed.content,
        [guard = QPointer<AccountDirectory>(&q), this, id, pubkey, listId, then](
            const Result<QByteArray>& tags) {
            if (!guard)
                return;
            const auto tried = triedPrivate.find(id);
            if (!tags && tried != triedPrivate.end() && tried->listId == listId)
                tried->wasLocked = tags.error().code == ErrorCode::Locked;
            if (tags) {
                ask([worker = worker, pubkey, listId, tags = *tags] {
                    worker->takePrivateMutes(pubkey, listId, tags);
                });
            }
            then();
        });
}

void AccountDirectory::Private::followActive()
{
    const SessionId active = context.sessions.active();
    const QByteArray live = isNostr(active) ? keyOf(active) : QByteArray();
    ask([worker = &net(), live] { worker->setLive(live); });
}

/// Before the active one is told, so that nothing of a private account is asked in between.
void AccountDirectory::Private::tellPrivate()
{
    if (!worker)
        return;
    QSet<QByteArray> now;
    for (const Session& session : context.sessions.sessions()) {
        if (session.isPrivate && isNostr(session.id))
            now.insert(keyOf(session.id));
    }
    if (now == privates)
        return;
    privates = now;
    ask([worker = worker, now] { worker->setPrivate(now); });
}

} // namespace hatstand::accounts
