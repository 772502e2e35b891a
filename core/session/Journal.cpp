// SPDX-License-Identifier: MIT
#include "core/session/Journal.h"

#include "core/session/JournalRows.h"

namespace hatstand::session {
namespace {

using Durability = SessionStore::Durability;

bool mayStillHappen(const Result<void>& result)
{
    return !result && result.error().why == Why::MayStillHappen;
}

} // namespace

QString restingKey(const SessionId& id)
{
    return QStringLiteral("trash:") + id.text();
}

Journal::Journal(SessionStore& store, secrets::Vault& vault, std::function<Session(const SessionId&)> current)
    : m_store(store)
    , m_vault(vault)
    , m_current(std::move(current))
{
}

Result<void> Journal::mark(const Session& session, Pending pending)
{
    if (pending == Pending::None)
        m_pending.remove(session.id);
    else
        m_pending.insert(session.id, pending);
    auto written = m_store.write(Durability::Full, [&] { return m_store.put(rowOf(session, pending)); });
    if (written)
        m_owed.remove(session.id);
    return written;
}

void Journal::undo(const Session& session)
{
    if (!mark(session, Pending::None))
        m_owed.insert(session.id);
}

void Journal::payDebts()
{
    for (const SessionId& id : QSet<SessionId>(m_owed))
        undo(m_current(id));
}

Result<void> Journal::beginRemovals(const QList<StoredRow>& rows)
{
    auto begun = m_store.write(Durability::Full, [&] {
        Result<void> done;
        for (const StoredRow& row : rows)
            done = done.and_then([&] { return m_store.put(row); });
        return done;
    });
    if (begun)
        m_owed.clear(); // all that is listed is among them
    return begun;
}

void Journal::add(const Session& session, SharedSecret secret, Commit commit, Callback<void> done)
{
    if (auto marked = mark(session, Pending::Adding); !marked) {
        m_pending.remove(session.id);
        return done(marked);
    }
    const SessionId id = session.id;
    m_vault.write(id.text(), std::move(secret),
        [this, id, commit = std::move(commit), done = std::move(done)](Result<void> written) {
            m_pending.remove(id);
            const Result<void> committed = written.and_then(commit);
            if (committed)
                return done(committed);
            // A row that stays is finished at the next start, by what is then in the vault.
            const auto forget
                = [this, id] { (void)m_store.write(Durability::Full, [&] { return m_store.erase(id); }); };
            if (!written) {
                if (!mayStillHappen(written))
                    forget();
                return done(committed);
            }
            // The disk refused at the end: the secret must not stay behind a row that does not count.
            m_vault.remove(id.text(), [forget, committed, done](const Result<void>& removed) {
                if (removed)
                    forget();
                done(committed);
            });
        });
}

void Journal::replace(const SessionId& id, SharedSecret secret, Commit commit, Callback<void> done)
{
    if (auto marked = mark(m_current(id), Pending::Replacing); !marked) {
        m_pending.remove(id);
        return done(marked);
    }
    m_vault.write(id.text(), std::move(secret),
        [this, id, commit = std::move(commit), done = std::move(done)](Result<void> written) {
            if (mayStillHappen(written))
                return done(written);
            m_pending.remove(id);
            if (!written)
                undo(m_current(id));
            done(written.and_then(commit));
        });
}

void Journal::remove(const SessionId& id, Pending how, const QDateTime& expiresAt, Callback<void> done)
{
    const Session session = m_current(id);
    if (session.signer == SignerKind::WatchOnly) {
        auto erased = m_store.write(Durability::Full, [&] { return m_store.erase(id); });
        if (erased)
            m_owed.remove(id);
        return done(erased);
    }
    StoredRow row = rowOf(session, how);
    if (auto marked = mark(session, row.pending); !marked) {
        m_pending.remove(id);
        return done(marked);
    }
    row.expiresAt = expiresAt;
    const auto orUndo = [this, id, done = std::move(done)](Result<void> removed) {
        m_pending.remove(id);
        if (!removed)
            undo(m_current(id));
        done(removed);
    };
    if (how == Pending::Resting)
        finishResting(row, orUndo);
    else
        finishRemoving(row, orUndo);
}

void Journal::bringBack(const Session& rested, To to, Callback<Session> done)
{
    const SessionId id = rested.id;
    const bool isListed = to == To::ListedRow;
    const auto marked = isListed ? mark(m_current(id), Pending::Rejoining) : mark(rested, Pending::Returning);
    if (!isListed || !marked)
        m_pending.remove(id); // there is no listed row whose changes would have to keep it
    if (!marked)
        return done(fail(marked.error()));
    const auto mayBeBack = std::make_shared<bool>(false);
    const auto answer
        = [this, id, isListed, mayBeBack, done = std::move(done)](const Result<Session>& returned) {
              m_pending.remove(id);
              if (returned)
                  return done(returned);
              const auto restore = [this, id, isListed] {
                  if (isListed)
                      undo(m_current(id));
                  else
                      (void)m_store.write(Durability::Full, [&] { return m_store.erase(id); });
              };
              if (!*mayBeBack) {
                  restore();
                  return done(returned);
              }
              // It still rests. Nothing may stay at its own place; if that can't be told now, the next start
              // finishes it.
              m_vault.remove(id.text(), [restore, returned, done](const Result<void>& removed) {
                  if (removed)
                      restore();
                  done(returned);
              });
          };
    const auto made
        = [this, rested, isListed] { return isListed ? returnedTo(m_current(rested.id), rested) : rested; };
    finishReturning(id, made, mayBeBack, answer);
}

Session Journal::returnedTo(const Session& listed, const Session& rested) const
{
    Session session = listed;
    session.signer = rested.signer;
    session.wallet = rested.wallet;
    session.publicKey = rested.publicKey;
    session.exportedAt = rested.exportedAt;
    session.generated = rested.generated;
    if (session.label.isEmpty())
        session.label = rested.label;
    session.state = SessionState::Ready;
    return session;
}

Session Journal::restedRow(const SessionId& id, const Session& otherwise) const
{
    for (const StoredRow& row : m_store.restingRows().value_or(QList<StoredRow>())) {
        if (row.session.id == id)
            return row.session;
    }
    return otherwise;
}

void Journal::finishRemoving(const StoredRow& row, Callback<void> done)
{
    const SessionId id = row.session.id;
    const bool isForgotten = row.pending == Pending::Forgetting;
    const auto eraseRows = [this, id, isForgotten] {
        return m_store.write(Durability::Full, [&] {
            return m_store.erase(id).and_then(
                [&] { return isForgotten ? m_store.eraseResting(id) : Result<void>(); });
        });
    };
    const auto removeOwn = [this, id, eraseRows, done](const Result<void>& begun) {
        if (!begun)
            return done(begun);
        m_vault.remove(
            id.text(), [eraseRows, done](Result<void> removed) { done(removed.and_then(eraseRows)); });
    };
    if (isForgotten)
        m_vault.remove(restingKey(id), removeOwn);
    else
        removeOwn({});
}

/// Reads the secret, writes it under its resting name, deletes the first, then the row moves: each step may
/// be repeated.
void Journal::finishResting(StoredRow row, Callback<void> done)
{
    const QString key = row.session.id.text();
    const auto moveRow = [this, row] {
        return m_store.write(Durability::Full, [&] {
            StoredRow resting = row;
            resting.pending = Pending::None;
            return m_store.putResting(resting).and_then([&] { return m_store.erase(row.session.id); });
        });
    };
    const auto deleteFirst = [this, key, moveRow, done] {
        m_vault.remove(key, [this, key, moveRow, done](Result<void> removed) {
            if (removed)
                return done(moveRow());
            m_vault.remove(
                restingKey(SessionId(key)), [removed, done](const Result<void>&) { done(removed); });
        });
    };
    m_vault.copy(
        key, restingKey(row.session.id), [this, row, moveRow, deleteFirst, done](Result<void> copied) {
            if (copied)
                return deleteFirst();
            if (!isMissing(copied.error()))
                return done(copied);
            // Already moved, or there was none: it rests if it is at the resting place.
            m_vault.look(
                restingKey(row.session.id), [this, row, moveRow, done](const Result<Entry>& resting) {
                    if (resting)
                        return done(moveRow());
                    if (!isMissing(resting.error()))
                        return done(fail(resting.error()));
                    done(m_store.write(Durability::Full, [&] { return m_store.erase(row.session.id); }));
                });
        });
}

void Journal::finishReturning(
    const SessionId& id, Made made, const std::shared_ptr<bool>& mayBeBack, Callback<Session> done)
{
    const auto settle = [this, id, made = std::move(made), done](const Entry& entry) {
        m_vault.remove(restingKey(id), [this, id, made, entry, done](const Result<void>& removed) {
            Session session = made();
            if (entry && session.signer == SignerKind::LocalKey) // or so it was taken, by its name alone
                takeKind(session, *entry);
            done(removed
                     .and_then([&] {
                         return m_store.write(Durability::Full, [&] {
                             return m_store.put(rowOf(session)).and_then([&] {
                                 return m_store.eraseResting(id);
                             });
                         });
                     })
                     .map([&] { return session; }));
        });
    };
    m_vault.look(restingKey(id), [this, id, settle, mayBeBack, done](const Result<Entry>& rests) {
        if (rests) {
            *mayBeBack = true;
            const auto after = [settle, entry = *rests, done](const Result<void>& copied) {
                if (copied)
                    settle(entry);
                else
                    done(fail(copied.error()));
            };
            return m_vault.copy(restingKey(id), id.text(), after);
        }
        if (!isMissing(rests.error()))
            return done(fail(rests.error()));
        // Moved already; or gone from both places, and then it is listed as missing rather than dropped.
        m_vault.look(id.text(), [settle, done](const Result<Entry>& moved) {
            if (moved || isMissing(moved.error()))
                settle(moved ? *moved : Entry());
            else
                done(fail(moved.error()));
        });
    });
}

void Journal::forgetResting(const SessionId& id, Callback<void> done)
{
    m_vault.remove(restingKey(id), [this, id, done = std::move(done)](Result<void> removed) {
        done(removed.and_then(
            [&] { return m_store.write(Durability::Full, [&] { return m_store.eraseResting(id); }); }));
    });
}

} // namespace hatstand::session
