// SPDX-License-Identifier: MIT
// The commands that touch the vault: one at a time, journalled, nothing listed that is not so in both stores.
#include "core/session/SessionManager_p.h"

#include <algorithm>

namespace hatstand::session {

namespace {

using Durability = SessionStore::Durability;

/// Counts several into one answer: the first error, or success.
struct Tally
{
    Result<void> first;
    void add(const Result<void>& result)
    {
        if (first && !result)
            first = result;
    }
};

} // namespace

void SessionManager::add(NewSession session, Callback<Added> done)
{
    d->queue.run([this, wanted = std::move(session), done = std::move(done)](std::function<void()> finish) {
        const auto answer = finishing<Added>(done, std::move(finish));
        const auto label = checkLabel(wanted.label, wanted.id);
        if (!label)
            return answer(fail(label.error()));
        NewSession checked = wanted;
        checked.label = *label;
        if (find(wanted.id))
            return d->replaceSigner(checked, answer);
        for (const StoredRow& row : std::as_const(d->unfinished)) {
            if (row.session.id != wanted.id)
                continue;
            return d->finishOne(row, [this, checked, answer](const Result<void>& finished) {
                if (!finished)
                    return answer(fail(finished.error()));
                if (find(checked.id))
                    d->replaceSigner(checked, answer);
                else
                    d->addNew(checked, answer);
            });
        }
        d->addNew(checked, answer);
    });
}

void SessionManager::Private::addNew(const NewSession& wanted, Callback<Added> done)
{
    const auto session = std::make_shared<Session>();
    session->id = wanted.id;
    session->label = wanted.label;
    session->signer = wanted.signer;
    session->wallet = wanted.wallet;
    session->publicKey = wanted.publicKey;
    session->generated = wanted.generated;
    session->isPrivate = wanted.isPrivate;
    session->place = placeForNew();
    session->addedAt = clock.now();
    session->state = SessionState::Ready;
    const bool activates = wanted.activate;
    StoreMeta reserved;
    if (activates)
        giveActivation(*session, reserved);

    // The number is drawn at the end: somebody else may have become active while the keychain asked.
    const auto commit = [this, session, activates]() -> Result<void> {
        StoreMeta next = meta;
        session->place = placeForNew();
        if (activates)
            giveActivation(*session, next);
        auto written = store.write(Durability::Full,
            [&] { return store.put(rowOf(*session)).and_then([&] { return store.putMeta(next); }); });
        if (!written)
            return written;
        isFinished(session->id);
        if (vaultKeys && session->signer != SignerKind::WatchOnly)
            vaultKeys->insert(session->id.text());
        announcing(
            [&] {
                meta = next;
                listNew(*session);
            },
            session->id.network());
        return {};
    };
    const auto answer = [this, session, done = std::move(done)](const Result<void>& added) {
        if (!added && added.error().why == Why::MayStillHappen)
            leaveUnfinished(*session, Pending::Adding);
        done(added.map([&] { return Added{session->id, false}; }));
    };
    if (wanted.secret)
        journal.add(*session, wanted.secret, commit, answer);
    else
        answer(commit());
}

void SessionManager::Private::replaceSigner(const NewSession& wanted, Callback<Added> done)
{
    const SessionId id = wanted.id;
    if (!wanted.secret) // watching what is there takes nothing away from it
        return done(Added{id, true});
    const auto commit = [this, wanted]() -> Result<void> {
        Session session = *list.find(wanted.id);
        if (session.publicKey != wanted.publicKey)
            session.exportedAt = {}; // another key, of which no copy is known
        session.signer = wanted.signer;
        session.wallet = wanted.wallet;
        session.publicKey = wanted.publicKey;
        session.generated = wanted.generated;
        session.state = SessionState::Ready;
        badStanding.remove(session.id); // which was the other key's
        if (vaultKeys)
            vaultKeys->insert(session.id.text());
        isFinished(session.id);
        return save(session, Durability::Full);
    };
    journal.replace(
        id, wanted.secret, commit, [this, id, done = std::move(done)](const Result<void>& replaced) {
            if (journal.pendingOf(id) == Pending::Replacing)
                leaveUnfinished(*list.find(id), Pending::Replacing);
            done(replaced.map([&] { return Added{id, true}; }));
        });
}

void SessionManager::logout(const SessionId& id, LogoutOptions options, Callback<void> done)
{
    d->queue.run([this, id, options, done = std::move(done)](std::function<void()> finish) {
        d->logoutOne(id, options, finishing<void>(done, std::move(finish)));
    });
}

/// How it goes: a key of which there is no copy rests.
Result<StoredRow> SessionManager::Private::leavingRow(const Session& session, LogoutOptions options) const
{
    // A damaged row's word that there is a copy is not taken.
    const bool isSaved = session.exportedAt.isValid() && session.state != SessionState::Damaged;
    const bool rests = !options.forget && session.signer != SignerKind::WatchOnly && !isSaved;
    const StoredRow* earlier = restingOf(session.id);
    // An account on a chain may have had another key, and two can't rest at one place.
    const bool isAnother = earlier && earlier->session.publicKey != session.publicKey;
    if (rests && isAnother)
        return refuse(Why::AnotherKeyRests, q.nameOf(session));
    if (rests)
        return StoredRow{session, Pending::Resting, clock.now().addDays(kRestDays)};
    const bool forgetsBoth = options.forget && earlier && !isAnother;
    return StoredRow{session, forgetsBoth ? Pending::Forgetting : Pending::Removing, {}};
}

void SessionManager::Private::logoutOne(const SessionId& id, LogoutOptions options, Callback<void> done)
{
    const Session* session = list.find(id);
    if (!session)
        return done(fail(ErrorCode::NotFound, id.text()));
    const auto leaving = leavingRow(*session, options);
    if (!leaving)
        return done(fail(leaving.error()));
    const bool wasActive = q.active() == id;
    const auto after = [this, id, wasActive, done = std::move(done)](const Result<void>& removed) {
        if (removed) {
            const LoggedOut left{*list.find(id), wasActive}; // with what was renamed while the vault asked
            if (vaultKeys)
                vaultKeys->remove(id.text());
            unlist(id);
            reloadResting();
            if (left.session.signer == SignerKind::WatchOnly || restingOf(id))
                Q_EMIT q.loggedOut(left);
        } else {
            q.noteUse(id, removed.error().code);
        }
        done(removed);
    };
    journal.remove(id, leaving->pending, leaving->expiresAt, after);
}

const StoredRow* SessionManager::Private::restingOf(const SessionId& id) const
{
    const auto at = std::find_if(
        resting.cbegin(), resting.cend(), [&](const StoredRow& row) { return row.session.id == id; });
    return at == resting.cend() ? nullptr : &*at;
}

void SessionManager::logoutAll(LogoutOptions options, Callback<void> done)
{
    d->queue.run([this, options, done = std::move(done)](std::function<void()> finish) {
        const auto answer = finishing<void>(done, std::move(finish));
        d->checkVaultOpen([this, options, answer](const Result<void>& open) {
            if (open)
                d->logoutEveryone(options, answer);
            else
                answer(open);
        });
    });
}

/// Log out all changes nothing unless the vault can be expected to do its part.
void SessionManager::Private::checkVaultOpen(Callback<void> done)
{
    bool anySecret = false;
    for (const Session& session : list.all())
        anySecret = anySecret || session.signer != SignerKind::WatchOnly;
    if (!anySecret)
        return done({});
    vault.refresh([this, done = std::move(done)](const Result<secrets::VaultState>& state) {
        if (!state)
            return done(fail(state.error()));
        switch (*state) {
        case secrets::VaultState::Unlocked:
            return done({});
        case secrets::VaultState::Locked:
            return done(fail(ErrorCode::Locked));
        case secrets::VaultState::Unavailable:
            return done(fail(ErrorCode::KeychainUnavailable));
        case secrets::VaultState::Unknown:
            break;
        }
        vault.look(QStringLiteral("profile"), [done](const auto& probe) {
            if (probe || probe.error().code == ErrorCode::SecretMissing)
                done({});
            else
                done(fail(probe.error()));
        });
    });
}

void SessionManager::Private::logoutEveryone(LogoutOptions options, Callback<void> done)
{
    QList<StoredRow> rows;
    for (const Session& session : list.all()) {
        const auto leaving = leavingRow(session, options);
        if (!leaving)
            return done(fail(leaving.error()));
        rows += *leaving;
    }
    if (auto begun = journal.beginRemovals(rows); !begun)
        return done(begun);
    const SessionId activeBefore = q.active();
    list.reset({});
    for (const StoredRow& row : std::as_const(rows))
        isFinished(row.session.id);
    if (!activeBefore.isEmpty())
        Q_EMIT q.activeChanged({});
    for (const StoredRow& row : std::as_const(rows))
        Q_EMIT q.sessionRemoved(row.session.id);

    const auto tally = std::make_shared<Tally>();
    const auto removeOne = [this, tally](const StoredRow& row, const std::function<void()>& next) {
        if (row.session.signer == SignerKind::WatchOnly) {
            tally->add(store.write(Durability::Full, [&] { return store.erase(row.session.id); }));
            return next();
        }
        journal.finish(
            row, row.expiresAt, [this, tally, row, next](const Result<Journal::Finished>& finished) {
                if (finished) {
                    if (vaultKeys)
                        vaultKeys->remove(row.session.id.text());
                } else { // the vault refused this one: it stays, and one may try again
                    tally->add(fail(finished.error()));
                    announcing([&] { listNew(row.session); }, row.session.id.network());
                    journal.undo(row.session);
                }
                next();
            });
    };
    inTurn<StoredRow>(rows, removeOne, [this, tally, done = std::move(done)] {
        reloadResting();
        done(tally->first);
    });
}

void SessionManager::untrash(const SessionId& id, Callback<void> done)
{
    d->queue.run([this, id, done = std::move(done)](std::function<void()> finish) {
        d->bringBack(id, 0, finishing<void>(done, std::move(finish))); // coming back never activates
    });
}

void SessionManager::undoLogout(const LoggedOut& left, Callback<void> done)
{
    d->queue.run([this, left, done = std::move(done)](std::function<void()> finish) {
        const auto answer = finishing<void>(done, std::move(finish));
        Session session = left.session;
        session.activation = d->numberFor(left);
        if (session.signer == SignerKind::WatchOnly)
            answer(d->listAgain(std::move(session)));
        else
            d->bringBack(session.id, session.activation, answer);
    });
}

/// The number it had, unless that would now make active one that was not.
quint64 SessionManager::Private::numberFor(const LoggedOut& left) const
{
    const Session* highest = list.find(list.highest());
    const bool staysBehind = highest && left.session.activation < highest->activation;
    return left.wasActive || staysBehind || meta.nobody ? left.session.activation : 0;
}

Result<void> SessionManager::Private::listAgain(Session session)
{
    if (list.find(session.id))
        return refuse(Why::AlreadyLoggedIn, q.nameOf(session));
    const auto& all = list.all();
    if (std::any_of(
            all.cbegin(), all.cend(), [&](const Session& listed) { return listed.place == session.place; }))
        session.place = placeForNew();
    if (auto written = store.write(Durability::Full, [&] { return store.put(rowOf(session)); }); !written)
        return written;
    announcing([&] { listNew(session); }, session.id.network());
    return {};
}

void SessionManager::Private::bringBack(const SessionId& id, quint64 activation, Callback<void> done)
{
    const StoredRow* rests = restingOf(id);
    if (!rests)
        return done(fail(ErrorCode::NotFound, id.text()));
    const Session* listed = list.find(id);
    const bool hasAKey = listed && listed->signer != SignerKind::WatchOnly;
    if (hasAKey && vaultStateOf(*listed) != SessionState::SecretMissing)
        return done(refuse(Why::AlreadyLoggedIn, q.nameOf(*listed)));
    Session rested = rests->session;
    rested.activation = activation;
    rested.state = SessionState::Ready;
    const auto after = [this, id, done = std::move(done)](const Result<Session>& returned) {
        if (!returned)
            return done(fail(returned.error()));
        if (vaultKeys)
            vaultKeys->insert(id.text());
        isFinished(id);
        badStanding.remove(id);
        if (list.find(id)) {
            list.update(*returned);
            Q_EMIT q.sessionChanged(id);
        } else {
            announcing([&] { listNew(*returned); }, id.network());
        }
        reloadResting();
        done({});
    };
    journal.bringBack(rested, listed ? Journal::To::ListedRow : Journal::To::OwnRow, after);
}

/// The vault may still do it: what became of it is looked up when it next answers.
void SessionManager::Private::leaveUnfinished(const Session& session, Pending pending)
{
    isFinished(session.id);
    unfinished += StoredRow{session, pending, {}};
}

} // namespace hatstand::session
