// SPDX-License-Identifier: MIT
// The accounts' connections: made when there is something to do with them, and let go; what is published.
#include "core/accounts/AccountWorker.h"

namespace hatstand::accounts {

AccountRelays& AccountWorker::relaysOf(const QByteArray& pubkey)
{
    Account& account = m_accounts[pubkey];
    if (account.relays)
        return *account.relays;
    const auto key = nostr::PublicKey::parse(QString::fromLatin1(pubkey)).value_or(nostr::PublicKey());
    account.relays = new AccountRelays(key,
        {.store = *m_store,
            .relay = {.policy = m_setup.policy,
                .reachability = *m_reachability,
                .clock = m_clock,
                .random = m_random,
                .circuit = circuitOf(pubkey),
                .limits = m_setup.limits},
            .indexers = m_setup.indexers,
            .mayAuthAtIndexers = m_setup.mayAuthAtIndexers,
            .patience = m_setup.patience},
        this);
    AccountRelays* relays = account.relays;
    connect(relays, &AccountRelays::refreshed, this,
        [this, pubkey](const AccountRelays::Outcome& outcome) { onRefreshed(pubkey, outcome); });
    connect(relays, &AccountRelays::taken, this, [this, pubkey](int kind) { onTaken(pubkey, kind); });
    connect(relays, &AccountRelays::statusChanged, this, [this, pubkey] {
        m_changed.insert(pubkey);
        if (!m_tell->isActive())
            m_tell->start();
    });
    connect(relays, &AccountRelays::authenticationWanted, this,
        [this, pubkey](const QString& relay, const QString& challenge) {
            Q_EMIT authenticationWanted(pubkey, relay, challenge);
        });
    connect(relays, &AccountRelays::publishedTo, this,
        [this, pubkey](const QString& eventId, const Published::Answer& answer) {
            Q_EMIT publishedTo(pubkey, eventId, answer);
            if (--m_accounts[pubkey].publishing <= 0)
                QMetaObject::invokeMethod(
                    this, [this, pubkey] { letGo(pubkey); }, Qt::QueuedConnection);
        });
    return *relays;
}

/// Drawn, so that nobody can link it with one of another run.
QString AccountWorker::circuitOf(const QByteArray& pubkey)
{
    QString& circuit = m_accounts[pubkey].circuit;
    if (circuit.isEmpty()) {
        ByteArray<16> drawn{};
        m_random.fill(drawn);
        circuit = QString::fromLatin1(toQByteArray(drawn).toHex());
    }
    return circuit;
}

/// Whether its connections stay: it is the live one, or is being edited.
bool AccountWorker::isFollowed(const QByteArray& pubkey) const
{
    return pubkey == m_live || m_accounts.value(pubkey).edits > 0;
}

void AccountWorker::drop(const QByteArray& pubkey)
{
    const auto account = m_accounts.find(pubkey);
    if (account == m_accounts.end() || !account->relays)
        return;
    account->relays->end(); // publications are answered while it is known whose they are
    delete std::exchange(account->relays, nullptr);
    account->publishing = 0;
}

/// Connections that nobody needs any more.
void AccountWorker::letGo(const QByteArray& pubkey)
{
    const auto account = m_accounts.find(pubkey);
    if (account == m_accounts.end() || !account->relays || isFollowed(pubkey) || m_running.contains(pubkey)
        || account->publishing > 0)
        return;
    delete std::exchange(account->relays, nullptr);
}

void AccountWorker::tellRelays()
{
    for (const QByteArray& pubkey : std::exchange(m_changed, {})) {
        const AccountRelays* relays = m_accounts.value(pubkey).relays;
        if (!relays)
            continue;
        Q_EMIT relaysChanged(pubkey, relays->statuses());
        if (relays->isRefreshing() && !m_store->summary(pubkey).isKnown)
            tellSummary(pubkey); // its progress
    }
}

void AccountWorker::publish(const QByteArray& pubkey, const QByteArray& event, const QStringList& relays)
{
    const auto wire = nostr::readEvent(event);
    if (!wire || !m_accounts.contains(pubkey)) {
        const QString id = wire ? QString::fromLatin1(toQByteArray(wire->id).toHex()) : QString();
        for (const QString& relay : relays)
            Q_EMIT publishedTo(pubkey, id, {.relay = relay, .answered = false});
        return;
    }
    AccountRelays& connections = relaysOf(pubkey);
    m_accounts[pubkey].publishing += int(relays.size());
    connections.publish(event, relays);
}

QStringList AccountWorker::writeRelays(const QByteArray& pubkey)
{
    return m_accounts.contains(pubkey) ? relaysOf(pubkey).writeRelays() : QStringList();
}

QStringList AccountWorker::publishRelays(const QByteArray& pubkey, int kind)
{
    QStringList relays = writeRelays(pubkey);
    if (relays.isEmpty() || (kind != nostr::kProfileKind && kind != nostr::kRelaysKind))
        return relays;
    const AccountRelays& account = relaysOf(pubkey);
    relays = withIndexers(relays);
    relays.removeIf([&](const QString& url) { return account.isBlocked(url); });
    return relays;
}

QStringList AccountWorker::withIndexers(QStringList relays) const
{
    for (const QString& indexer : m_setup.indexers) {
        if (!relays.contains(indexer))
            relays += indexer;
    }
    return relays;
}

void AccountWorker::beginEdit(const QByteArray& pubkey)
{
    const auto account = m_accounts.find(pubkey);
    if (account == m_accounts.end())
        return;
    ++account->edits;
    relaysOf(pubkey).setLive(true);
}

void AccountWorker::endEdit(const QByteArray& pubkey)
{
    const auto account = m_accounts.find(pubkey);
    if (account == m_accounts.end() || account->edits == 0 || --account->edits > 0)
        return;
    if (m_private.contains(pubkey) && !isFollowed(pubkey))
        return stop(pubkey);
    if (account->relays)
        account->relays->setLive(isFollowed(pubkey));
    letGo(pubkey);
}

void AccountWorker::authenticate(const QByteArray& pubkey, const QString& relay, const QByteArray& event)
{
    if (AccountRelays* relays = m_accounts.value(pubkey).relays)
        relays->authenticate(relay, event);
}

void AccountWorker::retryAuthentication(const QByteArray& pubkey)
{
    AccountRelays* relays = m_accounts.value(pubkey).relays;
    if (relays && relays->dropDeclined())
        refresh(pubkey);
}

void AccountWorker::declineAuthentication(const QByteArray& pubkey, const QString& relay)
{
    if (AccountRelays* relays = m_accounts.value(pubkey).relays)
        relays->declineAuthentication(relay);
}

} // namespace hatstand::accounts
