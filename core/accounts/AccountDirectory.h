// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountData.h"
#include "core/base/Result.h"
#include "core/relay/RelayConnection.h"
#include "core/session/Session.h"
#include "core/signing/Approver.h"

#include <QObject>

namespace hatstand {
class Clock;
class Random;
class Settings;
namespace session {
class SessionManager;
}
namespace signing {
class OwnKeys;
class Signer;
} // namespace signing
} // namespace hatstand

namespace hatstand::accounts {

/// The public data of every Nostr account that is logged in: profile, follows, mutes and relays. What was
/// learned earlier is there at once, offline too; the network does its work on a thread of its own and tells
/// by the signals. The account that is active is followed live, the others are refreshed at the start, when
/// they become active and every 30 minutes; private ones only while active. Accounts share no connection and
/// no filter. Logging out removes what is kept of an account. Ids of other networks are never known.
class AccountDirectory final : public QObject
{
    Q_OBJECT
public:
    struct Context
    {
        session::SessionManager& sessions;
        signing::Signer& signer;
        signing::OwnKeys& ownKeys;
        Settings& settings;
        const Clock& clock;
        Random& random;
        QString cacheFile; ///< absolute; may be deleted at any time
        relay::RelayLimits limits = {}; ///< of each connection
        std::chrono::milliseconds patience = std::chrono::seconds(20); ///< for one account's refresh
    };
    explicit AccountDirectory(const Context& context, QObject* parent = nullptr);
    ~AccountDirectory() override;

    /// Reads the summaries from the cache. Cheap; a damaged cache is made anew.
    void load();
    /// From now on refreshes by itself and follows the active account: what an instance does.
    void start();
    [[nodiscard]] bool isStarted() const; ///< what is asked of it goes on without whoever asked

    /// Empty for an account that nothing is known of.
    [[nodiscard]] const AccountSummary& summary(const session::SessionId& id) const;
    /// Of the relays that were tried since the start; otherwise as the relay list says.
    [[nodiscard]] QList<relay::RelayStatus> relays(const session::SessionId& id) const;
    /// From the cache, off this thread, and what is private where the key can be had unasked. NotFound for an
    /// id that is not logged in or not Nostr's.
    void lists(const session::SessionId& id, QObject* context, Callback<AccountLists> done);

    /// Answers when it is over: Network where no relay answered.
    void refresh(const session::SessionId& id, const Callback<void>& done = {});
    /// Leaves out private ones that are not active. Network where not one account reached a relay.
    void refreshAll(Callback<void> done = {});

    /// Fetches the newest, changes that, has it signed and publishes it to the write relays. Before anything
    /// is asked: NotFound, WrongNetwork, WatchOnly; Network with NotLoadedYet where no fresh list could be
    /// had; Signer's errors; Network where no relay took it (detail: each with what it said, one a line):
    /// then nothing has changed here. approver and passphrases have to live until the answer.
    void edit(const session::SessionId& id, const Edit& edit, signing::Approver& approver,
        signing::PassphraseSource& passphrases, Callback<Published> done);
    /// Kinds 0, 10002 and 3 of an account that was just made, to these relays and the indexers.
    void publishNew(const session::SessionId& id, const QMap<QString, QString>& profile,
        const QList<nostr::Relay>& relays, signing::Approver& approver,
        signing::PassphraseSource& passphrases, Callback<Published> done);

Q_SIGNALS:
    void changed(const hatstand::session::SessionId& id); ///< its summary
    void listsChanged(const hatstand::session::SessionId& id); ///< what lists() gives is newer
    void relaysChanged(const hatstand::session::SessionId& id);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::accounts
