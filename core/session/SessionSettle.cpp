// SPDX-License-Identifier: MIT
// After a start: what a kill interrupted is finished, and what has rested long enough goes.
#include "core/session/SessionManager_p.h"

namespace hatstand::session {

void SessionManager::settle(Callback<void> done)
{
    d->queue.run([this, done = std::move(done)](std::function<void()> finish) {
        const auto answer = finishing<void>(done, std::move(finish));
        d->journal.payDebts();
        d->finishAll([this, answer] {
            d->forgetExpired([this, answer] { d->learnStates([answer] { answer({}); }); });
        });
    });
}

void SessionManager::Private::finishAll(std::function<void()> done)
{
    inTurn<StoredRow>(
        unfinished,
        [this](const StoredRow& row, const std::function<void()>& next) {
            finishOne(row,
                [next](const Result<void>&) { next(); }); // what fails is tried again when the vault opens
        },
        std::move(done));
}

void SessionManager::Private::finishOne(const StoredRow& row, Callback<void> done)
{
    const auto after = [this, row, done = std::move(done)](const Result<Journal::Finished>& finished) {
        if (!finished)
            return done(fail(finished.error()));
        const SessionId id = row.session.id;
        isFinished(id);
        if (const auto stored = store.meta())
            meta = *stored;
        if (finished->end == Journal::End::Live) {
            announcing(
                [&] {
                    if (list.find(id)) {
                        list.update(finished->session);
                        Q_EMIT q.sessionChanged(id);
                    } else {
                        listNew(finished->session);
                    }
                },
                id.network());
        }
        reloadResting();
        done({});
    };
    // A kill between the rows of a listed, unexported key means the 30 days count from now.
    journal.finish(row, clock.now().addDays(kRestDays), after);
}

void SessionManager::Private::forgetExpired(std::function<void()> done)
{
    QList<SessionId> expired;
    for (const StoredRow& row : std::as_const(resting)) {
        if (row.session.state != SessionState::Damaged && row.expiresAt.isValid()
            && row.expiresAt <= clock.now())
            expired += row.session.id;
    }
    inTurn<SessionId>(
        expired,
        [this](const SessionId& id, const std::function<void()>& next) {
            journal.forgetResting(id, [this, id, next](const Result<void>& forgotten) {
                if (forgotten)
                    resting.removeIf([&](const StoredRow& row) { return row.session.id == id; });
                next();
            });
        },
        [this, any = !expired.isEmpty(), done = std::move(done)] {
            if (any)
                Q_EMIT q.restingChanged();
            done();
        });
}

} // namespace hatstand::session
