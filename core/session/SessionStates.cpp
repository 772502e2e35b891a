// SPDX-License-Identifier: MIT
// Which secrets exist, learned without reading one and without a prompt.
#include "core/session/SessionManager_p.h"

#include <algorithm>

namespace hatstand::session {

using secrets::VaultState;

void SessionManager::refreshStates(Callback<void> done)
{
    d->queue.run([this, done = std::move(done)](const std::function<void()>& finish) {
        d->learnStates([done, finish] {
            finish();
            if (done)
                done({});
        });
    });
}

void SessionManager::noteUse(const SessionId& id, std::optional<ErrorCode> failure)
{
    if (!failure)
        return d->setState(id, SessionState::Ready, ErrorCode::Failed);
    switch (*failure) {
    case ErrorCode::Locked:
        return d->setState(id, SessionState::Locked, *failure);
    case ErrorCode::SecretMissing:
        return d->setState(id, SessionState::SecretMissing, *failure);
    case ErrorCode::KeychainUnavailable:
        return d->setState(id, SessionState::Unknown, *failure);
    default:
        return; // a refusal says nothing of the secret
    }
}

void SessionManager::Private::learnStates(std::function<void()> done)
{
    vault.refresh([this, done = std::move(done)](const Result<VaultState>&) {
        vault.keys([this, done](Result<QSet<QString>> keys) {
            if (keys)
                vaultKeys = std::move(*keys);
            else
                vaultKeys.reset();
            if (!store.setAside().isEmpty())
                salvageFromVault();
            applyStates();
            done();
        });
    });
}

void SessionManager::Private::applyStates()
{
    const VaultState state = vault.state();
    for (const Session& session : QList<Session>(list.all())) { // a copy: what is told of may change the list
        const SessionId& id = session.id;
        if (session.signer == SignerKind::WatchOnly)
            setState(id, SessionState::Ready, ErrorCode::Failed);
        else if (vaultKeys && !vaultKeys->contains(id.text()))
            setState(id, SessionState::SecretMissing, ErrorCode::SecretMissing);
        else if (state == VaultState::Locked)
            setState(id, SessionState::Locked, ErrorCode::Locked);
        else if (vaultKeys && state != VaultState::Unavailable)
            setState(id, SessionState::Ready, ErrorCode::Failed);
        else
            setState(id, SessionState::Unknown, ErrorCode::KeychainUnavailable);
    }
}

/// Damaged stays damaged whatever the vault says: its row can't be trusted until it is added again.
void SessionManager::Private::setState(const SessionId& id, SessionState state, ErrorCode reason)
{
    const Session* found = list.find(id);
    if (!found || found->state == SessionState::Damaged || (found->state == state && found->reason == reason))
        return;
    Session session = *found;
    session.state = state;
    session.reason = reason;
    list.update(session);
    Q_EMIT q.sessionChanged(id);
}

/// After a damaged store was set aside, the vault still names its accounts: each is listed again, without its
/// label.
void SessionManager::Private::salvageFromVault()
{
    if (!vaultKeys)
        return;
    const auto isKnown = [&](const SessionId& id) {
        const auto names = [&](const StoredRow& row) { return row.session.id == id; };
        return list.find(id) || std::any_of(resting.cbegin(), resting.cend(), names)
            || std::any_of(unfinished.cbegin(), unfinished.cend(), names);
    };
    for (const QString& key : std::as_const(*vaultKeys)) {
        const auto id = networks.parseId(key);
        if (!id || isKnown(*id))
            continue;
        Session session;
        session.id = *id;
        session.signer = SignerKind::LocalKey;
        session.wallet = QStringLiteral("hatstand");
        session.place = placeForNew();
        session.addedAt = clock.now();
        if (store.write(SessionStore::Durability::Full, [&] { return store.put(rowOf(session)); }))
            listNew(session);
    }
}

} // namespace hatstand::session
