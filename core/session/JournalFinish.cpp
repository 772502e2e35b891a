// SPDX-License-Identifier: MIT
// Where a kill stopped, the journal goes on: what is in the vault tells how far it had come.
#include "core/session/Journal.h"

#include "core/session/JournalRows.h"

namespace hatstand::session {
using Durability = SessionStore::Durability;

void Journal::finish(const StoredRow& unfinished, const QDateTime& expiresAt, Callback<Finished> done)
{
    const auto end = [unfinished, done](End how) {
        return [unfinished, done, how](Result<void> finished) {
            done(finished.map([&] { return Finished{how, unfinished.session}; }));
        };
    };
    switch (unfinished.pending) {
    case Pending::None:
        return done(Finished{End::Live, unfinished.session});
    case Pending::Adding:
        return finishAdding(unfinished, std::move(done));
    case Pending::Replacing:
        return finishReplacing(unfinished, std::move(done));
    case Pending::Removing:
    case Pending::Forgetting:
        return finishRemoving(unfinished, end(End::Gone));
    case Pending::Returning:
    case Pending::Rejoining: {
        const SessionId id = unfinished.session.id;
        const auto made = [this, unfinished, id] {
            if (unfinished.pending == Pending::Returning)
                return unfinished.session;
            return returnedTo(m_current(id), restedRow(id, unfinished.session));
        };
        const auto after = [this, id, done](const Result<Session>& returned) {
            if (returned)
                m_pending.remove(id);
            done(returned.map([](const Session& session) { return Finished{End::Live, session}; }));
        };
        return finishReturning(id, made, std::make_shared<bool>(), after);
    }
    case Pending::Resting: {
        StoredRow row = unfinished;
        row.expiresAt = expiresAt;
        return finishResting(row, end(End::Gone));
    }
    }
}

/// What was cut off becomes active as it was meant to, unless somebody else became so meanwhile: no number is
/// given twice.
Result<Journal::Finished> Journal::countIn(Session session)
{
    auto meta = m_store.meta();
    if (!meta)
        return fail(meta.error());
    if (session.activation > meta->lastActivation) {
        *meta = {session.activation, false};
    } else {
        session.activation = 0;
        session.lastActiveAt = {};
    }
    return m_store
        .write(Durability::Full,
            [&] { return m_store.put(rowOf(session)).and_then([&] { return m_store.putMeta(*meta); }); })
        .map([&] {
            return Finished{End::Live, session};
        });
}

/// The secret arrived: so did the account. It did not: nothing happened.
void Journal::finishAdding(const StoredRow& row, Callback<Finished> done)
{
    m_vault.look(row.session.id.text(), [this, row, done = std::move(done)](const Result<Entry>& secret) {
        if (secret)
            return done(countIn(row.session));
        if (!isMissing(secret.error()))
            return done(fail(secret.error()));
        done(m_store.write(Durability::Full, [&] { return m_store.erase(row.session.id); }).map([&] {
            return Finished{End::Gone, row.session};
        }));
    });
}

/// Which of the two secrets is there is told by the entry; which public key goes with it is learned at its
/// next use.
void Journal::finishReplacing(const StoredRow& row, Callback<Finished> done)
{
    m_vault.look(row.session.id.text(), [this, row, done = std::move(done)](const Result<Entry>& secret) {
        if (!secret && !isMissing(secret.error()))
            return done(fail(secret.error()));
        Session session = m_current(row.session.id); // renamed, activated, moved since it was read
        if (secret) {
            if (!*secret)
                return done(fail(ErrorCode::Damaged, row.session.id.text()));
            takeKind(session, **secret);
            if (!session.publicKey.isEmpty())
                session.exportedAt = {}; // of which of the two there is a copy can't be told
            session.publicKey.clear();
        }
        done(mark(session, Pending::None).map([&] { return Finished{End::Live, session}; }));
    });
}

} // namespace hatstand::session
