// SPDX-License-Identifier: MIT
// Which secrets exist, learned without a prompt, and without reading one but those that are adopted.
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

void SessionManager::noteStanding(const SessionId& id, bool isGood)
{
    const Session* found = d->list.find(id);
    if (!found || isGood == !d->badStanding.contains(id))
        return;
    if (isGood) {
        const auto byVault = d->badStanding.take(id);
        return d->setState(id, byVault.state, byVault.reason);
    }
    if (found->signer == SignerKind::WatchOnly || found->state == SessionState::Damaged)
        return;
    d->badStanding.insert(id, {.state = found->state, .reason = found->reason});
    d->setState(id, found->state, found->reason);
}

void SessionManager::noteProfileName(const SessionId& id, const QString& name)
{
    const Session* found = d->list.find(id);
    if (!found || found->profileName == name)
        return;
    Session session = *found;
    session.profileName = name;
    d->list.update(session);
    Q_EMIT sessionChanged(id);
}

void SessionManager::Private::learnStates(std::function<void()> done)
{
    vault.refresh([this, done = std::move(done)](const Result<VaultState>&) {
        vault.keys([this, done](Result<QSet<QString>> keys) {
            if (keys)
                vaultKeys = std::move(*keys);
            else
                vaultKeys.reset();
            const auto apply = [this, done] {
                applyStates();
                done();
            };
            if (adoptFromVault() && vault.state() == VaultState::Unlocked)
                finishAll(apply); // of what kind they are
            else
                apply();
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
        else if (state == VaultState::Locked) // which need not show what it has
            setState(id, SessionState::Locked, ErrorCode::Locked);
        else if (vaultKeys && !vaultKeys->contains(id.text()))
            setState(id, SessionState::SecretMissing, ErrorCode::SecretMissing);
        else if (vaultKeys && state != VaultState::Unavailable)
            setState(id, SessionState::Ready, ErrorCode::Failed);
        else
            setState(id, SessionState::Unknown, ErrorCode::KeychainUnavailable);
    }
}

/// Damaged stays damaged whatever the vault says: its row can't be trusted until it is added again. One that
/// needs a login stays so as well; what the vault says is kept for when it does not any more.
void SessionManager::Private::setState(const SessionId& id, SessionState state, ErrorCode reason)
{
    if (const auto bad = badStanding.find(id); bad != badStanding.end()) {
        *bad = {.state = state, .reason = reason};
        state = SessionState::NeedsLogin;
        reason = ErrorCode::KeyMismatch;
    }
    const Session* found = list.find(id);
    if (!found || found->state == SessionState::Damaged || (found->state == state && found->reason == reason))
        return;
    Session session = *found;
    session.state = state;
    session.reason = reason;
    list.update(session);
    Q_EMIT q.sessionChanged(id);
}

/// A secret that no row names belonged to a store that was lost, or came from a keychain that answered too
/// late. Its account is listed again, without its label, and what rested rests again: no key is out of sight.
/// What kind of secret it is is told by the entry alone, which may be locked: until it was looked at the row
/// is that of a replacement that was cut off. What rests is looked at when it comes back.
bool SessionManager::Private::adoptFromVault()
{
    if (!vaultKeys)
        return false;
    bool isAny = false;
    const auto isNamedBy = [](const QList<StoredRow>& rows, const SessionId& id) {
        return std::any_of(
            rows.cbegin(), rows.cend(), [&](const StoredRow& row) { return row.session.id == id; });
    };
    const QString rests = restingKey({});
    for (const QString& key : std::as_const(*vaultKeys)) {
        const bool isResting = key.startsWith(rests);
        const auto id = networks.parseId(isResting ? key.mid(rests.size()) : key);
        if (!id || isNamedBy(unfinished, *id)
            || (isResting ? isNamedBy(resting, *id) : list.find(*id) != nullptr))
            continue;
        StoredRow row;
        row.session.id = *id;
        row.session.signer = SignerKind::LocalKey;
        row.session.wallet = QStringLiteral("hatstand");
        row.session.place = placeForNew();
        row.session.addedAt = clock.now();
        if (isResting)
            row.expiresAt = clock.now().addDays(kRestDays);
        else
            row.pending = Pending::Replacing;
        const auto put = [&] { return isResting ? store.putResting(row) : store.put(row); };
        if (!store.write(SessionStore::Durability::Full, put))
            continue;
        if (isResting) {
            reloadResting();
            continue;
        }
        journal.resume(row);
        unfinished += row;
        listNew(row.session);
        isAny = true;
    }
    return isAny;
}

} // namespace hatstand::session
