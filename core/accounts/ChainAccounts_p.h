// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/ChainAccountFile.h"
#include "core/accounts/ChainAccounts.h"
#include "core/base/Clock.h"
#include "core/session/SessionManager.h"

#include <QTimer>

namespace hatstand::accounts {

inline bool isAntelope(const session::SessionId& id)
{
    return id.family() == QLatin1StringView("antelope");
}

inline bool isBad(ChainSummary::Standing standing)
{
    return standing != ChainSummary::Standing::Unknown && standing != ChainSummary::Standing::Good;
}

/// Who is asked for, when, and what follows from the answer.
class ChainAccounts::Private
{
public:
    Private(ChainAccounts& owner, session::SessionManager& manager, chain::ChainClient& chainClient,
        Settings& all, const Clock& theClock, const QString& cacheFile)
        : q(owner)
        , sessions(manager)
        , client(chainClient)
        , settings(all)
        , clock(theClock)
        , file(cacheFile)
    {
    }

    [[nodiscard]] QList<session::SessionId> ids() const;
    [[nodiscard]] bool isHidden(const session::SessionId& id) const
    {
        const session::Session* session = sessions.find(id);
        return !session || (session->isPrivate && sessions.active() != id);
    }
    void load();
    void begin(const session::SessionId& id, bool isNamed);
    void ended(const session::SessionId& id, const Result<chain::ChainAccount>& account);
    void cancel(const session::SessionId& id);
    void leaveHidden();
    void answer(const session::SessionId& id, const Result<void>& result);
    void beginWanted();
    void beginIdle();
    void queueIdle(const session::SessionId& id);
    void resume(); ///< with the idle ones, after a pause
    void look();
    void sessionChanged(const session::SessionId& id);
    void removed(const session::SessionId& id);
    void note(const session::SessionId& id)
    {
        sessions.noteStanding(id, !isBad(summaries.value(id).standing));
    }
    void save();

    struct Running
    {
        QObject* context = nullptr; ///< what is asked ends with it
        bool isNamed = false; ///< the person asked for this one
    };

    ChainAccounts& q;
    session::SessionManager& sessions;
    chain::ChainClient& client;
    Settings& settings;
    const Clock& clock;
    ChainAccountFile file;
    ChainAccountFile::Summaries summaries;
    QHash<session::SessionId, QString> keys; ///< with which the standing was found
    QHash<session::SessionId, QDateTime> triedAt;
    QHash<session::SessionId, Running> running;
    QMultiHash<QString, Callback<void>> waiting; ///< by the id of the account
    QList<session::SessionId> wanted; ///< by "all"
    QList<session::SessionId> idle; ///< because it is time
    QTimer pause;
    QTimer settled;
    QTimer looking;
    QTimer saving;
    bool isLoaded = false;
    bool isStarted = false;
    const ChainSummary nothing;
};

} // namespace hatstand::accounts
