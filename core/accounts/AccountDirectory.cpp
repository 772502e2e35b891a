// SPDX-License-Identifier: MIT
#include "core/accounts/AccountDirectory.h"

#include "core/accounts/AccountEdits.h"
#include "core/accounts/Across.h"
#include "core/accounts/NetSetup.h"
#include "core/base/Settings.h"
#include "core/nostr/RelayMessage.h"
#include "core/session/SessionManager.h"
#include "core/signing/OwnKeys.h"

#include <QFile>
#include <QPointer>
#include <QThread>

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

bool isNostr(const SessionId& id)
{
    return id.family() == "nostr"_L1;
}

QByteArray keyOf(const SessionId& id)
{
    return id.identity().toLatin1();
}

SessionId idOf(const QByteArray& pubkey)
{
    return SessionId("nostr:"_L1 + QString::fromLatin1(pubkey));
}

} // namespace

class AccountDirectory::Private
{
public:
    Private(AccountDirectory& owner, const Context& given)
        : q(owner)
        , context(given)
    {
    }

    ~Private()
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

    /// The network's thread, from the first time that it is needed.
    AccountWorker& net()
    {
        if (!worker)
            startWorker();
        return *worker;
    }

    /// Asks the worker on its thread.
    template <class Function>
    void ask(Function function)
    {
        QMetaObject::invokeMethod(&net(), std::move(function));
    }

    void startWorker();
    void connectWorker();
    void configure();
    [[nodiscard]] QList<QByteArray> pubkeys() const;
    [[nodiscard]] Result<void> check(const SessionId& id) const;
    /// Private, and not active: nothing is asked about it unless the person names it.
    [[nodiscard]] bool isHidden(const SessionId& id) const
    {
        const Session* session = context.sessions.find(id);
        return session && session->isPrivate && context.sessions.active() != id;
    }
    void note(const SessionId& id, const AccountSummary& summary);
    void removed(const SessionId& id);
    void authenticate(const QByteArray& pubkey, const QString& relay, const QString& challenge);
    void openPrivateMutes(
        const QByteArray& pubkey, const AccountWorker::SealedMutes& sealed,
        const std::function<void()>& then = [] {});
    void followActive();
    void tellPrivate();

    AccountDirectory& q;
    Context context;
    QThread thread;
    AccountWorker* worker = nullptr; ///< lives on the thread
    AccountEdits* edits = nullptr;
    QHash<SessionId, AccountSummary> summaries;
    QHash<SessionId, QList<relay::RelayStatus>> relays;
    QSet<QByteArray> privates; ///< as the worker knows them
    QMultiHash<QByteArray, Callback<void>> waiting; ///< for a refresh, which the worker always ends
    /// The mute list for which the key was asked already.
    struct Tried
    {
        ByteArray<32> listId{};
        bool wasLocked = false; ///< and it was locked away
    };
    QHash<SessionId, Tried> triedPrivate;
    QSet<SessionId> unanswered; ///< relays asked who they are, and the key was locked away
    bool isStarted = false;
    const AccountSummary nothing;
};

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
