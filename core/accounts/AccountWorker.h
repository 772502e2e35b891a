// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountRelays.h"
#include "core/net/Fetcher.h"

#include <QQueue>
#include <QSet>

namespace hatstand::accounts {

/// The network's side of the directory, on a thread of its own: whatever relays send, however much, holds up
/// no window. Refreshes accounts a few at a time and apart from each other, keeps one live, and publishes.
/// Keys are public keys as 64 hex digits; what it tells, it tells by signals.
class AccountWorker final : public QObject
{
    Q_OBJECT
public:
    struct Setup
    {
        net::NetPolicy policy;
        QStringList indexers; ///< normalised
        bool mayAuthAtIndexers = false;
        relay::RelayLimits limits = {};
        std::chrono::milliseconds patience = AccountRelays::kPatience; ///< for one refresh
    };
    static constexpr int kAtOnce = 4; ///< accounts that are refreshed at the same time
    static constexpr std::chrono::minutes kInterval{30}; ///< between an account's refreshes

    AccountWorker(QString cacheFile, const Clock& clock, Random& random);
    ~AccountWorker() override;

    void open(); ///< the cache; the first thing that is asked of it
    void configure(const Setup& setup);
    void setAccounts(const QList<QByteArray>& pubkeys); ///< all that are logged in; others are forgotten
    /// Those of which nothing is asked by itself unless they are live.
    void setPrivate(const QSet<QByteArray>& pubkeys);
    void add(const QByteArray& pubkey); ///< was logged in since; nothing is done for one that is not
    void setPeriodic(bool periodic); ///< refreshes by itself from now on
    void setLive(const QByteArray& pubkey); ///< followed until another is; empty: nobody
    /// Forgets it; whatever is under way for it is answered as not reached.
    void remove(const QByteArray& pubkey);
    /// refreshed() follows, once. Before those that only wait for their time.
    void refresh(const QByteArray& pubkey);
    void publish(const QByteArray& pubkey, const QByteArray& event, const QStringList& relays);
    /// Between these its connections stay and what they bring is taken, so that newest() is the newest.
    void beginEdit(const QByteArray& pubkey);
    void endEdit(const QByteArray& pubkey);
    void authenticate(const QByteArray& pubkey, const QString& relay, const QByteArray& event);
    void retryAuthentication(const QByteArray& pubkey); ///< of relays that nobody could answer then
    void declineAuthentication(const QByteArray& pubkey, const QString& relay);

    [[nodiscard]] AccountLists lists(const QByteArray& pubkey) const { return m_store->lists(pubkey); }
    [[nodiscard]] std::optional<nostr::WireEvent> newest(const QByteArray& pubkey, int kind) const;
    [[nodiscard]] std::optional<nostr::WireEvent> earlier(const QByteArray& pubkey, int kind) const;
    [[nodiscard]] QStringList writeRelays(const QByteArray& pubkey);
    /// Where this account writes; kinds that everybody looks for also go to the indexers.
    [[nodiscard]] QStringList publishRelays(const QByteArray& pubkey, int kind);
    [[nodiscard]] QStringList withIndexers(QStringList relays) const;
    /// An edit upon base that some relay took. False: there is a newer one by now.
    bool takeEdit(const nostr::WireEvent& event, const std::optional<nostr::WireEvent>& base);
    struct SealedMutes
    {
        ByteArray<32> listId{};
        QString content;
    };
    /// The private part of the newest mute list, where there is one that was not read.
    [[nodiscard]] std::optional<SealedMutes> sealedMutes(const QByteArray& pubkey) const;
    void tellPrivateMutes(const QByteArray& pubkey); ///< privateMutesFound(), if there are
    void takePrivateMutes(const QByteArray& pubkey, const ByteArray<32>& listId, const QByteArray& tags);

Q_SIGNALS:
    void summaryChanged(const QByteArray& pubkey, const hatstand::accounts::AccountSummary& summary);
    void listsChanged(const QByteArray& pubkey);
    void relaysChanged(const QByteArray& pubkey, const QList<hatstand::relay::RelayStatus>& relays);
    void refreshed(const QByteArray& pubkey, const hatstand::accounts::AccountRelays::Outcome& outcome);
    void publishedTo(const QByteArray& pubkey, const QString& eventId,
        const hatstand::accounts::Published::Answer& answer);
    void authenticationWanted(const QByteArray& pubkey, const QString& relay, const QString& challenge);
    /// The newest mute list has a part that only the account's key opens.
    void privateMutesFound(
        const QByteArray& pubkey, const hatstand::ByteArray<32>& listId, const QString& content);

private:
    struct Account
    {
        AccountRelays* relays = nullptr; ///< while there is something to do with them; a child
        QDateTime due; ///< when it refreshes by itself
        int publishing = 0; ///< answers that are waited for
        int edits = 0; ///< under way
        QString askedNip05;
        QString circuit; ///< of this run, the account's own
    };
    AccountRelays& relaysOf(const QByteArray& pubkey);
    void startNext();
    void onRefreshed(const QByteArray& pubkey, const AccountRelays::Outcome& outcome);
    void onTaken(const QByteArray& pubkey, int kind);
    [[nodiscard]] QString circuitOf(const QByteArray& pubkey);
    void letGo(const QByteArray& pubkey);
    void tellRelays();
    [[nodiscard]] bool isFollowed(const QByteArray& pubkey) const;
    void stop(const QByteArray& pubkey);
    void drop(const QByteArray& pubkey);
    void tellSummary(const QByteArray& pubkey);
    void checkNip05(const QByteArray& pubkey);
    void enqueueDue();
    [[nodiscard]] quint32 randomBelow(quint32 limit);

    QString m_cacheFile;
    const Clock& m_clock;
    Random& m_random;
    Setup m_setup;
    std::unique_ptr<cache::AccountCache> m_cache;
    std::unique_ptr<AccountStore> m_store;
    std::unique_ptr<net::Reachability> m_reachability;
    std::unique_ptr<net::Fetcher> m_fetcher;
    QHash<QByteArray, Account> m_accounts;
    QSet<QByteArray> m_private;
    QByteArray m_live;
    QQueue<QByteArray> m_queue; ///< to be refreshed
    QSet<QByteArray> m_running;
    QSet<QByteArray> m_changed; ///< whose relays there is news of
    QTimer* m_tell = nullptr;
    QTimer* m_tick = nullptr; ///< looks who is due
    QTimer* m_pause = nullptr; ///< between two accounts, so that they are not seen to belong together
};

} // namespace hatstand::accounts
