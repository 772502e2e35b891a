// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/Vault.h"
#include "core/session/SessionStore.h"

#include <QHash>
#include <QSet>

namespace hatstand::session {

/// The two stores as one truth: every step that touches the vault is written down in SQLite first and its end
/// after, so that a kill at any instant can be finished from what is found. Knows rows and secrets, not
/// rules. Not more than one call at a time (OpQueue).
class Journal
{
public:
    /// current: a listed session as it now is, since rows change while a keychain prompt is open.
    Journal(SessionStore& store, secrets::Vault& vault, std::function<Session(const SessionId&)> current);

    /// What the vault's success leads to: the caller's own transaction, in which the row is no longer
    /// pending.
    using Commit = std::function<Result<void>()>;

    /// Row and secret together. On an error neither is there; with Why::MayStillHappen the row stays Adding.
    void add(const Session& session, SharedSecret secret, Commit commit, Callback<void> done);
    /// The new secret over the old one. On an error the row is as it was; with Why::MayStillHappen it stays
    /// Replacing, since only a later look tells which of the two is there.
    void replace(const SessionId& id, SharedSecret secret, Commit commit, Callback<void> done);
    /// The secret and its row go: how is Removing, Forgetting, or Resting until expiresAt under trash:<id>.
    /// On an error of the vault the row is as it was.
    void remove(const SessionId& id, Pending how, const QDateTime& expiresAt, Callback<void> done);
    /// What rests goes back to its own place, or to the session of the same identity that is listed, which
    /// keeps its place, times and label.
    enum class To { OwnRow, ListedRow };
    void bringBack(const Session& rested, To to, Callback<Session> done);
    void forgetResting(const SessionId& id, Callback<void> done);

    /// Removing, Forgetting or Resting for many rows in one transaction; finish() then does the work for
    /// each.
    [[nodiscard]] Result<void> beginRemovals(const QList<StoredRow>& rows);
    /// What a change of a listed row has to keep in its pending column.
    [[nodiscard]] Pending pendingOf(const SessionId& id) const { return m_pending.value(id, Pending::None); }
    /// A listed row that a kill left pending.
    void resume(const StoredRow& row) { m_pending.insert(row.session.id, row.pending); }
    /// Writes down again what is as it was and could not be written when it became so.
    void payDebts();

    enum class End { Live, Gone };
    struct Finished
    {
        End end = End::Live;
        Session session; ///< as it now is in the store, where it is live
    };
    /// Goes on where a kill stopped. An error leaves the row as it is, to be tried again.
    void finish(const StoredRow& unfinished, const QDateTime& expiresAt, Callback<Finished> done);
    /// A row again as it was before its removal began. Where the disk refuses, payDebts() tries again.
    void undo(const Session& session);

private:
    [[nodiscard]] Result<void> mark(const Session& session, Pending pending);
    void finishRemoving(const StoredRow& row, Callback<void> done);
    void finishResting(StoredRow row, Callback<void> done);
    using Made = std::function<Session()>; ///< the row as it is to be, asked for at the last moment
    void finishReturning(
        const SessionId& id, Made made, const std::shared_ptr<bool>& mayBeBack, Callback<Session> done);
    [[nodiscard]] Session returnedTo(const Session& listed, const Session& rested) const;
    [[nodiscard]] Session restedRow(const SessionId& id, const Session& otherwise) const;
    [[nodiscard]] Result<Finished> countIn(Session session);
    void finishAdding(const StoredRow& row, Callback<Finished> done);
    void finishReplacing(const StoredRow& row, Callback<Finished> done);

    SessionStore& m_store;
    secrets::Vault& m_vault;
    std::function<Session(const SessionId&)> m_current;
    QHash<SessionId, Pending> m_pending;
    QSet<SessionId> m_owed; ///< listed as they were, though their rows still say that they go
};

/// "trash:<session id>": where a secret rests in the vault.
[[nodiscard]] QString restingKey(const SessionId& id);

} // namespace hatstand::session
