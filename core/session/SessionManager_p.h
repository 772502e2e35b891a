// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Journal.h"
#include "core/session/OpQueue.h"
#include "core/session/SessionList.h"
#include "core/session/SessionManager.h"
#include "core/session/SessionStore.h"

#include <QSet>
#include <optional>

namespace hatstand::session {

constexpr int kRestDays = 30;

/// The queue goes on before the caller is told, who may give the next command at once.
template <class T>
Callback<T> finishing(Callback<T> done, std::function<void()> finish)
{
    return [done = std::move(done), finish = std::move(finish)](Result<T> result) {
        finish();
        if (done)
            done(std::move(result));
    };
}

class SessionManager::Private
{
public:
    Private(SessionManager& manager, SessionStore& sessionStore, secrets::Vault& sessionVault,
        const Networks& all, const Clock& theClock)
        : q(manager)
        , store(sessionStore)
        , vault(sessionVault)
        , networks(all)
        , clock(theClock)
        , journal(sessionStore, sessionVault, [this](const SessionId& id) { return *list.find(id); })
    {
    }

    SessionManager& q;
    SessionStore& store;
    secrets::Vault& vault;
    const Networks& networks;
    const Clock& clock;
    Journal journal;
    OpQueue queue;

    SessionList list;
    StoreMeta meta;
    QList<StoredRow> resting;
    QList<StoredRow> unfinished; ///< a kill interrupted these; not listed until settle() is through with them
    std::optional<QSet<QString>> vaultKeys; ///< as last learned; nullopt: can't be known
    struct ByVault
    {
        SessionState state = SessionState::Unknown;
        ErrorCode reason = ErrorCode::Failed;
    };
    QHash<SessionId, ByVault> badStanding; ///< those that need a login, and what they would be without

    // --- changes of the list, each with its signals ---
    /// Runs change and then tells what became different: who is active, and whose default it is.
    void announcing(const std::function<void()>& change, const QString& network);
    [[nodiscard]] StoredRow rowOf(const Session& session) const
    {
        return {session, journal.pendingOf(session.id), {}};
    }
    [[nodiscard]] Result<void> save(const Session& session, SessionStore::Durability durability);
    void giveActivation(Session& session, StoreMeta& next) const;
    void listNew(const Session& session);
    /// Behind all, and not the place of one that may come back: places are never shared.
    [[nodiscard]] qint64 placeForNew() const;
    void unlist(const SessionId& id);
    void isFinished(const SessionId& id);
    void trustNumbersOf(const QList<StoredRow>& rows, QList<Session>& listed);
    void reloadResting();
    void leaveUnfinished(const Session& session, Pending pending);
    [[nodiscard]] const StoredRow* restingOf(const SessionId& id) const;

    // --- with the vault (SessionChanges.cpp) ---
    void addNew(const NewSession& wanted, Callback<Added> done);
    void replaceSigner(const NewSession& wanted, Callback<Added> done);
    void logoutOne(const SessionId& id, LogoutOptions options, Callback<void> done);
    void logoutEveryone(LogoutOptions options, Callback<void> done);
    /// activation: the number it comes back with; 0: as one that was never active.
    void bringBack(const SessionId& id, quint64 activation, Callback<void> done);
    [[nodiscard]] Result<void> listAgain(Session session);
    [[nodiscard]] quint64 numberFor(const LoggedOut& left) const;
    void finishOne(const StoredRow& row, Callback<void> done);
    void finishAll(std::function<void()> done);
    void forgetExpired(std::function<void()> done);
    void checkVaultOpen(Callback<void> done);
    [[nodiscard]] Result<StoredRow> leavingRow(const Session& session, LogoutOptions options) const;

    // --- states (SessionStates.cpp) ---
    void learnStates(std::function<void()> done);
    void applyStates();
    bool adoptFromVault(); ///< whether any is listed that was not
    void setState(const SessionId& id, SessionState state, ErrorCode reason);
    /// Whatever the network says of the key: what the vault says.
    [[nodiscard]] SessionState vaultStateOf(const Session& session) const
    {
        return session.state == SessionState::NeedsLogin ? badStanding.value(session.id).state
                                                         : session.state;
    }
};

} // namespace hatstand::session
