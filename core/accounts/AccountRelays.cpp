// SPDX-License-Identifier: MIT
#include "core/accounts/AccountRelays.h"

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;

} // namespace

AccountRelays::AccountRelays(const nostr::PublicKey& account, Context context, QObject* parent)
    : QObject(parent)
    , m_account(account)
    , m_context(std::move(context))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(m_context.patience);
    connect(&m_patience, &QTimer::timeout, this, &AccountRelays::finish);
    readLists();
}

AccountRelays::~AccountRelays() = default;

void AccountRelays::refresh()
{
    if (m_isRefreshing && m_isWhole)
        return;
    if (!std::exchange(m_isRefreshing, true)) {
        m_asked.clear();
        m_open.clear();
    }
    m_isWhole = true;
    readLists();
    m_patience.start();
    m_isAsking = true; // one that is not allowed says so at once
    for (const QString& url : std::as_const(m_context.indexers))
        ask(url);
    askMissing();
    m_isAsking = false;
    finishIfDone();
}

void AccountRelays::askAlso(const QStringList& relays)
{
    if (!std::exchange(m_isRefreshing, true)) {
        m_isWhole = false;
        m_asked.clear();
        m_patience.start();
    }
    m_isAsking = true;
    for (const QString& url : relays)
        ask(url);
    m_isAsking = false;
    finishIfDone();
}

void AccountRelays::setLive(bool live)
{
    m_isLive = live;
    if (!live && !m_isRefreshing)
        letGo();
}

int AccountRelays::progress() const
{
    const qsizetype all = m_open.size() + m_asked.size();
    return all == 0 ? 0 : int(100 * m_asked.size() / all);
}

QList<relay::RelayStatus> AccountRelays::statuses() const
{
    QList<relay::RelayStatus> all;
    const auto add = [&](const QString& url, bool read, bool write) {
        const auto* connection = m_connections.value(url);
        relay::RelayStatus status = connection ? connection->status() : relay::RelayStatus{.url = url};
        status.read = read;
        status.write = write;
        status.isIndexer = m_context.indexers.contains(url);
        if (isBlocked(url))
            status.state = relay::RelayState::Blocked;
        all += status;
    };
    for (const nostr::Relay& relay : m_relays)
        add(relay.url, relay.read, relay.write);
    for (const QString& url : m_context.indexers) {
        if (std::none_of(all.cbegin(), all.cend(), [&](const auto& status) { return status.url == url; }))
            add(url, false, false);
    }
    return all;
}

QStringList AccountRelays::writeRelays() const
{
    QStringList urls;
    const auto add = [&](const QString& url) {
        if (!isBlocked(url) && urls.size() < kMostRelays)
            urls += url;
    };
    if (m_relays.isEmpty())
        std::for_each(m_context.indexers.cbegin(), m_context.indexers.cend(), add);
    for (const nostr::Relay& relay : m_relays) {
        if (relay.write)
            add(relay.url);
    }
    return urls;
}

void AccountRelays::publish(const QByteArray& signedEvent, const QStringList& relays)
{
    for (const QString& url : relays) {
        ++m_publishing[url];
        connectTo(url).publish(signedEvent);
    }
}

void AccountRelays::authenticate(const QString& relay, const QByteArray& signedEvent)
{
    if (auto* connection = m_connections.value(relay))
        connection->authenticate(signedEvent);
}

bool AccountRelays::dropDeclined()
{
    bool dropped = false;
    for (auto* connection : std::as_const(m_connections)) {
        const QString url = connection->url();
        if (!connection->hasDeclined() || !mayBeTold(url) || m_publishing.contains(url))
            continue;
        connection->close();
        m_asked.remove(url);
        m_open.removeOne(url);
        dropped = true;
    }
    return dropped;
}

void AccountRelays::declineAuthentication(const QString& relay)
{
    if (auto* connection = m_connections.value(relay))
        connection->declineAuthentication();
}

relay::RelayConnection& AccountRelays::connectTo(const QString& url)
{
    if (auto* connection = m_connections.value(url)) {
        connection->open(); // it may have been let go, or wait for its next try
        return *connection;
    }
    auto* connection = new relay::RelayConnection(url, m_context.relay, this);
    m_connections.insert(url, connection);
    using relay::RelayConnection;
    connect(connection, &RelayConnection::eventReceived, this,
        [this](const QByteArray&, const nostr::WireEvent& event) { onEvent(event); });
    connect(connection, &RelayConnection::endOfStored, this,
        [this, url](const QByteArray& subscription) { settleIf(url, subscription, true); });
    connect(connection, &RelayConnection::subscriptionClosed, this,
        [this, url](const QByteArray& subscription) { settleIf(url, subscription, false); });
    connect(connection, &RelayConnection::failed, this, [this, url] { settle(url, false); });
    connect(connection, &RelayConnection::statusChanged, this, &AccountRelays::statusChanged);
    connect(connection, &RelayConnection::challenged, this,
        [this, url](const QString& challenge) { onChallenge(url, challenge); });
    connect(connection, &RelayConnection::published, this,
        [this, url](const QString& eventId, RelayConnection::Verdict verdict, const QString& text) {
            if (--m_publishing[url] <= 0)
                m_publishing.remove(url);
            Q_EMIT publishedTo(eventId,
                {.relay = url,
                    .answered = verdict != RelayConnection::Verdict::NoAnswer,
                    .accepted = verdict == RelayConnection::Verdict::Accepted,
                    .text = text});
        });
    connection->open();
    return *connection;
}

void AccountRelays::ask(const QString& url)
{
    if (m_asked.contains(url) || m_open.contains(url) || isBlocked(url))
        return;
    m_open += url;
    relay::RelayConnection& connection = connectTo(url);
    // What is live is asked anew: its end tells that it is fresh.
    QByteArray& subscription = m_subscriptions[url];
    connection.unsubscribe(subscription);
    subscription = "account-" + QByteArray::number(++m_count);
    connection.subscribe(subscription, {.author = m_account, .kinds = nostr::accountKinds()});
}

void AccountRelays::askMissing()
{
    for (const QString& url : writeRelays())
        ask(url);
}

void AccountRelays::settleIf(const QString& url, const QByteArray& subscription, bool answered)
{
    if (m_subscriptions.value(url) == subscription)
        settle(url, answered);
}

/// A relay has said all, or won't. One that fails may still answer later, while the account is live.
void AccountRelays::settle(const QString& url, bool answered)
{
    if (!m_open.removeOne(url))
        return;
    m_asked.insert(url, answered);
    Q_EMIT statusChanged();
    finishIfDone();
}

void AccountRelays::finishIfDone()
{
    if (m_isRefreshing && !m_isAsking && m_open.isEmpty())
        finish();
}

void AccountRelays::finish()
{
    m_patience.stop();
    m_isRefreshing = false;
    Outcome outcome;
    for (auto asked = m_asked.cbegin(); asked != m_asked.cend(); ++asked)
        (asked.value() ? outcome.answered : outcome.silent) += asked.key();
    outcome.silent += m_open;
    m_open.clear();
    letGo();
    Q_EMIT refreshed(outcome);
}

void AccountRelays::onEvent(const nostr::WireEvent& event)
{
    if (!m_context.store.take(event))
        return;
    const bool hasMoved = event.kind == nostr::kRelaysKind || event.kind == nostr::kBlockedRelaysKind;
    if (hasMoved)
        readLists();
    const bool wasAsking = std::exchange(m_isAsking, true); // what follows belongs to this refresh
    if (event.kind == nostr::kBlockedRelaysKind) {
        for (const QString& url : m_connections.keys()) {
            if (isBlocked(url)) {
                m_connections.value(url)->close();
                settle(url, false);
            }
        }
    }
    if (hasMoved && !m_isRefreshing)
        letGo();
    if (hasMoved)
        dropDeclined(); // it was a stranger until now
    if (hasMoved && (m_isRefreshing || m_isLive))
        askMissing();
    m_isAsking = wasAsking;
    Q_EMIT taken(event.kind);
    finishIfDone();
}

/// Saying who one is ties the account to the connection, so only relays that the account itself names, or the
/// person, are told.
void AccountRelays::onChallenge(const QString& url, const QString& challenge)
{
    if (mayBeTold(url))
        Q_EMIT authenticationWanted(url, challenge);
    else
        declineAuthentication(url);
}

bool AccountRelays::mayBeTold(const QString& url) const
{
    const bool isOwn = std::any_of(
        m_relays.cbegin(), m_relays.cend(), [&](const nostr::Relay& relay) { return relay.url == url; });
    return isOwn || (m_context.mayAuthAtIndexers && m_context.indexers.contains(url));
}

void AccountRelays::end()
{
    m_patience.stop();
    m_isRefreshing = false;
    m_isLive = false;
    m_publishing.clear();
    letGo();
}

/// But for those that have yet to say whether they take something, and those that a live account follows.
void AccountRelays::letGo()
{
    const QStringList followed = m_isLive ? writeRelays() + m_context.indexers : QStringList();
    for (auto* connection : std::as_const(m_connections)) {
        if (!m_publishing.contains(connection->url()) && !followed.contains(connection->url()))
            connection->close();
    }
}

void AccountRelays::readLists()
{
    m_relays = m_context.store.relays(key());
    m_blocked = m_context.store.blockedRelays(key());
}

} // namespace hatstand::accounts
