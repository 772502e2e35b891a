// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountDirectory.h"
#include "core/accounts/AccountEdits.h"
#include "core/session/SessionManager.h"

#include <QThread>

namespace hatstand::accounts {

inline bool isNostr(const session::SessionId& id)
{
    return id.family() == QLatin1StringView("nostr");
}

inline QByteArray keyOf(const session::SessionId& id)
{
    return id.identity().toLatin1();
}

inline session::SessionId idOf(const QByteArray& pubkey)
{
    return session::SessionId(QLatin1StringView("nostr:") + QString::fromLatin1(pubkey));
}

class AccountDirectory::Private
{
public:
    Private(AccountDirectory& owner, const Context& given)
        : q(owner)
        , context(given)
    {
    }
    ~Private();

    /// The network's thread, from the first time that it is needed.
    AccountWorker& net()
    {
        if (!worker)
            startWorker();
        return *worker;
    }

    /// Asks the worker on its thread.
    template <class Function>
    void ask(Function function)
    {
        QMetaObject::invokeMethod(&net(), std::move(function));
    }

    // What is known of the accounts: AccountDirectory.cpp
    [[nodiscard]] QList<QByteArray> pubkeys() const;
    [[nodiscard]] Result<void> check(const session::SessionId& id) const;
    /// Private, and not active: nothing is asked about it unless the person names it.
    [[nodiscard]] bool isHidden(const session::SessionId& id) const
    {
        const session::Session* session = context.sessions.find(id);
        return session && session->isPrivate && context.sessions.active() != id;
    }
    void note(const session::SessionId& id, const AccountSummary& summary);
    void removed(const session::SessionId& id);

    // The worker, what it is told and what it asks: AccountDirectoryWorker.cpp
    void startWorker();
    void connectWorker();
    void configure();
    void authenticate(const QByteArray& pubkey, const QString& relay, const QString& challenge);
    void openPrivateMutes(
        const QByteArray& pubkey, const AccountWorker::SealedMutes& sealed,
        const std::function<void()>& then = [] {});
    void followActive();
    void tellPrivate();

    AccountDirectory& q;
    Context context;
    QThread thread;
    AccountWorker* worker = nullptr; ///< lives on the thread
    AccountEdits* edits = nullptr;
    QHash<session::SessionId, AccountSummary> summaries;
    QHash<session::SessionId, QList<relay::RelayStatus>> relays;
    QSet<QByteArray> privates; ///< as the worker knows them
    QMultiHash<QByteArray, Callback<void>> waiting; ///< for a refresh, which the worker always ends
    /// The mute list for which the key was asked already.
    struct Tried
    {
        ByteArray<32> listId{};
        bool wasLocked = false; ///< and it was locked away
    };
    QHash<session::SessionId, Tried> triedPrivate;
    QSet<session::SessionId> unanswered; ///< relays asked who they are, and the key was locked away
    bool isStarted = false;
    const AccountSummary nothing;
};

} // namespace hatstand::accounts
