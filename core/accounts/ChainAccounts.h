// SPDX-License-Identifier: MIT
#pragma once

#include "core/chain/ChainClient.h"
#include "core/session/Session.h"

#include <QDateTime>
#include <QHash>

namespace hatstand {
class Settings;
namespace chain {
class ChainRegistry;
}
namespace session {
class SessionManager;
}
} // namespace hatstand

namespace hatstand::accounts {

/// What is known of an Antelope account.
struct ChainSummary
{
    bool isKnown = false; ///< the chain told of it once, now or earlier
    chain::ChainAccount account = {};
    QDateTime refreshedAt = {}; ///< UTC; invalid: never
    bool isRefreshing = false;
    Error failure = {}; ///< of the last attempt, where hasFailed
    bool hasFailed = false;
    /// By the chain, as of refreshedAt, for the session's own permission and key.
    enum class Standing {
        Unknown, ///< not asked yet, or the session's key is not known
        Good,
        NoAccount, ///< deleted, or never there
        NoPermission,
        KeyGone, ///< the permission does not name the key any more
        KeyTooWeak, ///< it does, and the key alone is not enough
    };
    Standing standing = Standing::Unknown;

    friend bool operator==(const ChainSummary&, const ChainSummary&) = default;
};

/// The public data of every Antelope account that is logged in. What was learned earlier is there at once,
/// offline too, from one file of the cache. The active account is refreshed when it becomes active and every
/// few minutes, the others at the start, one after the other with pauses, and every 30 minutes; private ones
/// only while active. A session whose key the chain does not take any more is noted to the SessionManager as
/// needing a login; one that it takes again is noted as well. Logging out removes what is kept.
class ChainAccounts final : public QObject
{
    Q_OBJECT
public:
    ChainAccounts(session::SessionManager& sessions, chain::ChainClient& client,
        const chain::ChainRegistry& registry, Settings& settings, const Clock& clock,
        const QString& cacheFile, QObject* parent = nullptr);
    ~ChainAccounts() override;

    void load(); ///< reads the cache; a damaged one is made anew
    void start(); ///< from now on refreshes by itself
    [[nodiscard]] bool isStarted() const;

    /// Empty for an account that nothing is known of.
    [[nodiscard]] const ChainSummary& summary(const session::SessionId& id) const;
    /// Errors of ChainClient::account(); one that is under way already answers both.
    void refresh(const session::SessionId& id, const Callback<void>& done = {});
    /// All but private ones that are not active. Network where not one answered.
    void refreshAll(Callback<void> done = {});

Q_SIGNALS:
    void changed(const hatstand::session::SessionId& id);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::accounts
