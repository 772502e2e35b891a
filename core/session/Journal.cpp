// SPDX-License-Identifier: MIT
#include "core/session/Journal.h"

#include "core/secrets/StoredSecret.h"

namespace hatstand::session {
namespace {

using Durability = SessionStore::Durability;

bool isMissing(const Error& error)
{
    return error.code == ErrorCode::SecretMissing;
}

StoredRow rowOf(const Session& session, Pending pending = Pending::None)
{
    return {.session = session, .pending = pending, .expiresAt = {}};
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
    return m_store.write(Durability::Full, [&] { return m_store.put(rowOf(session, pending)); });
}

Result<void> Journal::undo(const StoredRow& row)
{
    return mark(row.session, Pending::None);
}

Result<void> Journal::beginRemovals(const QList<StoredRow>& rows)
{
    return m_store.write(Durability::Full, [&] {
        Result<void> done;
        for (const StoredRow& row : rows)
            done = done.and_then([&] { return m_store.put(row); });
        return done;
    });
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
            const auto forget
                = [this, id] { return m_store.write(Durability::Full, [&] { return m_store.erase(id); }); };
            if (!written) {
                (void)forget();
                return done(committed);
            }
            // The disk refused at the end: the secret must not stay behind a row that does not count.
            m_vault.remove(id.text(), [forget, committed, done](const Result<void>& removed) {
                if (removed)
                    (void)forget();
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
            m_pending.remove(id);
            if (!written)
                (void)mark(m_current(id), Pending::None);
            done(written.and_then(commit));
        });
}

void Journal::remove(const SessionId& id, const QDateTime& expiresAt, Callback<void> done)
{
    const Session session = m_current(id);
    if (session.signer == SignerKind::WatchOnly)
        return done(m_store.write(Durability::Full, [&] { return m_store.erase(id); }));
    StoredRow row = rowOf(session, expiresAt.isValid() ? Pending::Resting : Pending::Removing);
    if (auto marked = mark(session, row.pending); !marked) {
        m_pending.remove(id);
        return done(marked);
    }
    row.expiresAt = expiresAt;
    const auto orUndo = [this, id, done = std::move(done)](Result<void> removed) {
        m_pending.remove(id);
        if (!removed)
            (void)mark(m_current(id), Pending::None);
        done(removed);
    };
    if (expiresAt.isValid())
        finishResting(row, orUndo);
    else
        finishRemoving(row, orUndo);
}

void Journal::bringBack(const Session& session, const std::optional<Session>& before, Callback<void> done)
{
    const auto marked = mark(session, Pending::Returning);
    m_pending.remove(session.id); // it is not listed yet, or its old row takes no changes that must be kept
    if (!marked)
        return done(marked);
    const auto mayBeBack = std::make_shared<bool>(false);
    const auto answer = [this, session, before, mayBeBack, done = std::move(done)](Result<void> returned) {
        const auto restore = [this, session, before] {
            (void)m_store.write(Durability::Full,
                [&] { return before ? m_store.put(rowOf(*before)) : m_store.erase(session.id); });
        };
        if (returned)
            return done(returned);
        if (!*mayBeBack) {
            restore();
            return done(returned);
        }
        // It still rests. Nothing may stay at its own place; if that can't be told now, the next start
        // finishes it.
        m_vault.remove(session.id.text(), [restore, returned, done](const Result<void>& removed) {
            if (removed)
                restore();
            done(returned);
        });
    };
    finishReturning(rowOf(session), mayBeBack, answer);
}

void Journal::finishRemoving(const StoredRow& row, Callback<void> done)
{
    m_vault.remove(row.session.id.text(), [this, row, done = std::move(done)](Result<void> removed) {
        done(removed.and_then(
            [&] { return m_store.write(Durability::Full, [&] { return m_store.erase(row.session.id); }); }));
    });
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
    m_vault.read(key, [this, row, key, moveRow, deleteFirst, done](Result<SharedSecret> secret) {
        if (secret) {
            return m_vault.write(
                restingKey(row.session.id), *secret, [deleteFirst, done](Result<void> written) {
                    if (written)
                        deleteFirst();
                    else
                        done(written);
                });
        }
        if (!isMissing(secret.error()))
            return done(fail(secret.error()));
        // Already moved, or there was none: it rests if it is at the resting place.
        m_vault.read(
            restingKey(row.session.id), [this, row, moveRow, done](const Result<SharedSecret>& resting) {
                if (resting)
                    return done(moveRow());
                if (!isMissing(resting.error()))
                    return done(fail(resting.error()));
                done(m_store.write(Durability::Full, [&] { return m_store.erase(row.session.id); }));
            });
    });
}

void Journal::finishReturning(
    const StoredRow& row, const std::shared_ptr<bool>& mayBeBack, Callback<void> done)
{
    const SessionId id = row.session.id;
    const auto settle = [this, row, id, done] {
        m_vault.remove(restingKey(id), [this, row, id, done](Result<void> removed) {
            done(removed.and_then([&] {
                return m_store.write(Durability::Full, [&] {
                    StoredRow live = row;
                    live.pending = Pending::None;
                    return m_store.put(live).and_then([&] { return m_store.eraseResting(id); });
                });
            }));
        });
    };
    m_vault.read(restingKey(id), [this, id, settle, mayBeBack, done](Result<SharedSecret> secret) {
        if (secret) {
            *mayBeBack = true;
            return m_vault.write(id.text(), *secret, [settle, done](Result<void> written) {
                if (written)
                    settle();
                else
                    done(written);
            });
        }
        if (!isMissing(secret.error()))
            return done(fail(secret.error()));
        // Moved already; or gone from both places, and then it is listed as missing rather than dropped.
        m_vault.read(id.text(), [settle, done](const Result<SharedSecret>& moved) {
            if (moved || isMissing(moved.error()))
                settle();
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
        return finishRemoving(unfinished, end(End::Gone));
    case Pending::Returning:
        return finishReturning(unfinished, std::make_shared<bool>(), end(End::Live));
    case Pending::Resting: {
        StoredRow row = unfinished;
        row.expiresAt = expiresAt;
        return finishResting(row, end(End::Gone));
    }
    }
}

/// The secret arrived: so did the account. It did not: nothing happened.
void Journal::finishAdding(const StoredRow& row, Callback<Finished> done)
{
    m_vault.read(
        row.session.id.text(), [this, row, done = std::move(done)](const Result<SharedSecret>& secret) {
            if (secret) {
                return done(mark(row.session, Pending::None)
                                .and_then([&] { return m_store.meta(); })
                                .and_then([&](StoreMeta meta) {
                                    if (row.session.activation > meta.lastActivation)
                                        meta = {row.session.activation, false};
                                    return m_store.write(
                                        Durability::Full, [&] { return m_store.putMeta(meta); });
                                })
                                .map([&] {
                                    return Finished{End::Live, row.session};
                                }));
            }
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
    m_vault.read(
        row.session.id.text(), [this, row, done = std::move(done)](const Result<SharedSecret>& secret) {
            if (!secret && !isMissing(secret.error()))
                return done(fail(secret.error()));
            Session session = row.session;
            if (secret) {
                const auto stored = secrets::decodeStoredSecret(**secret);
                if (!stored)
                    return done(fail(stored.error()));
                session.signer = stored->type == secrets::SecretType::Ncryptsec ? SignerKind::EncryptedKey
                                                                                : SignerKind::LocalKey;
                session.publicKey.clear();
            }
            done(mark(session, Pending::None).map([&] { return Finished{End::Live, session}; }));
        });
}

} // namespace hatstand::session
