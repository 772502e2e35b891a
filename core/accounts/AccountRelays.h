// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountData.h"
#include "core/accounts/AccountStore.h"
#include "core/relay/RelayConnection.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace hatstand::accounts {

/// The connections of one account, shared with no other. Asks the indexers and the account's own write relays
/// (NIP-65, the outbox model) for its data, goes on to the relays that a newer list names, leaves out those
/// that it blocks, and gives what is newer to the store. On the network's thread.
class AccountRelays final : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMostRelays = 8; ///< write relays that are asked
    static constexpr std::chrono::seconds kPatience{20}; ///< for one refresh

    struct Context
    {
        AccountStore& store;
        relay::RelayContext relay; ///< with this account's circuit
        QStringList indexers; ///< normalised
        bool mayAuthAtIndexers = false; ///< the person chose them
        std::chrono::milliseconds patience = kPatience;
    };
    struct Outcome
    {
        QStringList answered; ///< gave an end of stored events
        QStringList silent; ///< did not, in time
        [[nodiscard]] bool isReached() const { return !answered.isEmpty(); }
    };

    AccountRelays(const nostr::PublicKey& account, Context context, QObject* parent = nullptr);
    ~AccountRelays() override;

    /// Asks all relays; refreshed() follows. While one is under way it counts for both.
    void refresh();
    /// Goes on with these, which somebody else names as the account's.
    void askAlso(const QStringList& relays);
    /// Keeps the connections and subscriptions, or lets them go after the next refresh.
    void setLive(bool live);
    [[nodiscard]] bool isRefreshing() const { return m_isRefreshing; }
    [[nodiscard]] int progress() const; ///< of the refresh, 0 to 100
    [[nodiscard]] QList<relay::RelayStatus> statuses() const;
    /// Write relays that are not blocked, at most kMostRelays; the indexers where there is no relay list.
    [[nodiscard]] QStringList writeRelays() const;
    /// Sends to these; publishedTo() tells each answer.
    void publish(const QByteArray& signedEvent, const QStringList& relays);
    void authenticate(const QString& relay, const QByteArray& signedEvent);
    void declineAuthentication(const QString& relay);
    /// Lets go of relays that were not told who this is and may be told: asked again, they ask again. Whether
    /// there were any.
    bool dropDeclined();
    [[nodiscard]] bool isBlocked(const QString& url) const { return m_blocked.contains(url); }
    /// Closes all connections; what was published and not answered is answered so.
    void end();

Q_SIGNALS:
    void refreshed(const hatstand::accounts::AccountRelays::Outcome& outcome);
    void taken(int kind); ///< the store has a newer one
    void statusChanged();
    /// A relay that this account names asks who it is (NIP-42).
    void authenticationWanted(const QString& relay, const QString& challenge);
    void publishedTo(const QString& eventId, const hatstand::accounts::Published::Answer& answer);

private:
    relay::RelayConnection& connectTo(const QString& url);
    void ask(const QString& url);
    void askMissing();
    void settle(const QString& url, bool answered);
    void settleIf(const QString& url, const QByteArray& subscription, bool answered);
    [[nodiscard]] bool mayBeTold(const QString& url) const;
    void finishIfDone();
    void finish();
    void onEvent(const nostr::WireEvent& event);
    void onChallenge(const QString& url, const QString& challenge);
    void letGo();
    [[nodiscard]] QByteArray key() const { return m_account.hex().toLatin1(); }
    void readLists();

    nostr::PublicKey m_account;
    Context m_context;
    QList<nostr::Relay> m_relays; ///< as the store has them
    QStringList m_blocked;
    QHash<QString, relay::RelayConnection*> m_connections; ///< owned as children
    QHash<QString, int> m_publishing; ///< answers that are waited for
    QHash<QString, bool> m_asked; ///< of this refresh: whether it answered, once it is settled
    QStringList m_open; ///< asked and not settled
    QHash<QString, QByteArray>
        m_subscriptions; ///< by relay: a new one each time, so that no answer to an earlier one counts
    quint64 m_count = 0; ///< of subscriptions
    QTimer m_patience;
    bool m_isLive = false;
    bool m_isRefreshing = false;
    bool m_isWhole = false; ///< the refresh asks all of them, not only those that somebody else named
    bool m_isAsking = false; ///< not all were asked yet, so it can't be over
};

} // namespace hatstand::accounts
