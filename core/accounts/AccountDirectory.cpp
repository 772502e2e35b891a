// SPDX-License-Identifier: MIT
#include "core/accounts/AccountDirectory_p.h"

#include "core/accounts/Across.h"
#include "core/accounts/NetSetup.h"
#include "core/base/Settings.h"

#include <QFile>
#include <QPointer>

namespace hatstand::accounts {

using session::Session;
using session::SessionId;

QList<QByteArray> AccountDirectory::Private::pubkeys() const
{
    QList<QByteArray> keys;
    for (const Session& session : context.sessions.sessions()) {
        if (isNostr(session.id))
            keys += keyOf(session.id);
    }
    return keys;
}

Result<void> AccountDirectory::Private::check(const SessionId& id) const
{
    if (!context.sessions.find(id))
        return fail(ErrorCode::NotFound);
    if (!isNostr(id))
        return refuse(Why::WrongNetwork);
    return {};
}

void AccountDirectory::Private::note(const SessionId& id, const AccountSummary& summary)
{
    if (!context.sessions.find(id) || summaries.value(id) == summary)
        return;
    summaries.insert(id, summary);
    context.sessions.noteProfileName(id, summary.profile.title());
    Q_EMIT q.changed(id);
}

void AccountDirectory::Private::removed(const SessionId& id)
{
    if (!isNostr(id))
        return;
    summaries.remove(id);
    relays.remove(id);
    triedPrivate.remove(id);
    unanswered.remove(id);
    if (worker || QFile::exists(context.cacheFile))
        ask([worker = &net(), pubkey = keyOf(id)] { worker->remove(pubkey); });
}

AccountDirectory::AccountDirectory(const Context& context, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, context))
{
    using session::SessionManager;
    const SessionManager* sessions = &context.sessions;
    connect(sessions, &SessionManager::sessionRemoved, this, [this](const SessionId& id) { d->removed(id); });
    connect(sessions, &SessionManager::sessionAdded, this, [this](const SessionId& id) {
        if (!isNostr(id))
            return;
        d->tellPrivate();
        if (d->worker)
            d->ask([worker = d->worker, pubkey = keyOf(id)] { worker->add(pubkey); });
        if (d->isStarted && !d->isHidden(id))
            refresh(id);
    });
    connect(sessions, &SessionManager::activeChanged, this, [this] {
        if (d->isStarted)
            d->followActive();
    });
    connect(sessions, &SessionManager::sessionChanged, this, [this](const SessionId& id) {
        d->tellPrivate();
        // What was locked may be open now: its private part and its signature may be asked for once more.
        const Session* session = d->context.sessions.find(id);
        if (!d->worker || !session || session->state != session::SessionState::Ready)
            return;
        if (d->unanswered.remove(id))
            d->ask([worker = d->worker, pubkey = keyOf(id)] { worker->retryAuthentication(pubkey); });
        if (d->triedPrivate.value(id).wasLocked && d->triedPrivate.remove(id))
            d->ask([worker = d->worker, pubkey = keyOf(id)] { worker->tellPrivateMutes(pubkey); });
    });
    connect(&context.settings, &Settings::changed, this, [this](const QString& key) {
        if (isNetSetting(key) && d->worker)
            d->configure();
    });
}

AccountDirectory::~AccountDirectory() = default;

void AccountDirectory::load()
{
    if (!QFile::exists(d->context.cacheFile))
        return;
    cache::AccountCache cache;
    if (!cache.open(d->context.cacheFile, cache::AccountCache::Check::Summaries))
        return;
    const auto records = cache.summaries();
    for (const QByteArray& pubkey : d->pubkeys()) {
        if (const auto record = records.constFind(pubkey); record != records.cend())
            d->note(idOf(pubkey), AccountStore::decode(*record));
    }
}

void AccountDirectory::start()
{
    if (std::exchange(d->isStarted, true))
        return;
    d->followActive();
    d->ask([worker = d->worker] { worker->setPeriodic(true); });
}

bool AccountDirectory::isStarted() const
{
    return d->isStarted;
}

const AccountSummary& AccountDirectory::summary(const SessionId& id) const
{
    const auto found = d->summaries.constFind(id);
    return found == d->summaries.cend() ? d->nothing : *found;
}

QList<relay::RelayStatus> AccountDirectory::relays(const SessionId& id) const
{
    return d->relays.value(id);
}

void AccountDirectory::lists(const SessionId& id, QObject* context, Callback<AccountLists> done)
{
    if (auto known = d->check(id); !known)
        return done(fail(known.error()));
    AccountWorker* worker = &d->net();
    const QByteArray pubkey = keyOf(id);
    const auto answer
        = [guard = QPointer<QObject>(context), done = std::move(done)](const Result<AccountLists>& lists) {
              if (guard)
                  done(lists);
          };
    const auto read = [this, worker, pubkey, answer] {
        askAcross(
            worker, [worker, pubkey] { return Result<AccountLists>(worker->lists(pubkey)); }, this, answer);
    };
    // What is muted privately first, where the key can be had.
    askAcross(
        worker, [worker, pubkey] { return worker->sealedMutes(pubkey); }, this,
        [this, pubkey, read](const std::optional<AccountWorker::SealedMutes>& sealed) {
            sealed ? d->openPrivateMutes(pubkey, *sealed, read) : read();
        });
}

void AccountDirectory::refresh(const SessionId& id, const Callback<void>& done)
{
    if (auto known = d->check(id); !known) {
        if (done)
            done(known);
        return;
    }
    const QByteArray pubkey = keyOf(id);
    if (done)
        d->waiting.insert(pubkey, done);
    d->ask([worker = &d->net(), pubkey] { worker->refresh(pubkey); });
}

void AccountDirectory::refreshAll(Callback<void> done)
{
    struct Count
    {
        qsizetype left = 0;
        bool isReached = false;
    };
    QList<QByteArray> all = d->pubkeys();
    all.removeIf([this](const QByteArray& pubkey) { return d->isHidden(idOf(pubkey)); });
    const auto count = std::make_shared<Count>(Count{.left = all.size()});
    if (all.isEmpty() && done)
        return done({});
    const Callback<void> one = [count, done](const Result<void>& result) {
        count->isReached = count->isReached || result;
        if (--count->left == 0 && done)
            done(count->isReached ? Result<void>() : fail(ErrorCode::Network));
    };
    for (const QByteArray& pubkey : all)
        d->waiting.insert(pubkey, one);
    d->ask([worker = &d->net(), all] {
        for (const QByteArray& pubkey : all)
            worker->refresh(pubkey);
    });
}

void AccountDirectory::edit(const SessionId& id, const Edit& edit, signing::Approver& approver,
    signing::PassphraseSource& passphrases, Callback<Published> done)
{
    if (auto known = d->check(id); !known)
        return done(fail(known.error()));
    if (d->context.sessions.find(id)->signer == session::SignerKind::WatchOnly)
        return done(fail(ErrorCode::WatchOnly));
    (void)d->net();
    d->edits->edit(id, edit, approver, passphrases, std::move(done));
}

void AccountDirectory::publishNew(const SessionId& id, const QMap<QString, QString>& profile,
    const QList<nostr::Relay>& relays, signing::Approver& approver, signing::PassphraseSource& passphrases,
    Callback<Published> done)
{
    if (auto known = d->check(id); !known)
        return done(fail(known.error()));
    (void)d->net();
    d->edits->publishNew(id, profile, relays, approver, passphrases, std::move(done));
}

} // namespace hatstand::accounts
