// SPDX-License-Identifier: MIT
#pragma once

#include "core/links/Channels.h"
#include "core/links/LinkStore.h"
#include "core/requests/ChainRequests.h"
#include "core/signing/KeyHolder.h"

#include <QObject>
#include <functional>
#include <memory>

namespace hatstand::links {

/// Hatstand as the wallet of apps that log in by the Anchor protocol: makes a channel for each login that
/// wants one and, once started, listens to those whose account can sign, locked or not. What comes is taken
/// if it was sealed by the app's own key, was not there before, is not too late, and asks for a signature of
/// a transaction; it then goes the way of every request, one after the other for each app. An app is told
/// when the answer is no.
///
/// Each channel's key is derived from the vault's "profile" and the channel's name and never kept. What comes
/// while the vault is locked waits, sealed, until it is not: the newest few of each app. The person is asked
/// once to unlock it, and not again before it was; who forwards messages could otherwise ask all day. While
/// signing is stopped nobody is asked to.
class LinkHost final : public QObject, public requests::LinkKeeper
{
    Q_OBJECT
public:
    /// Of one app, beside the one that is asked about; and as many that can't be opened yet.
    static constexpr qsizetype kMostWaiting = 4;

    /// ChainRequests::handle().
    using Handle = std::function<void(const antelope::EsrRequest& request, const requests::Asking& asking,
        signing::Approver& approver, signing::PassphraseSource& passphrases,
        Callback<requests::Outcome> done)>;
    struct Context
    {
        LinkStore& store;
        session::SessionManager& sessions;
        secrets::Vault& vault;
        signing::KeyHolder& keys;
        net::Fetcher& fetcher; ///< by it answers are posted
        LinkNet net;
        const Clock& clock;
        Handle handle;
    };
    /// Has the person unlock the vault. A success need not have changed anything.
    using Unlock = std::function<void(Callback<void> done)>;
    explicit LinkHost(const Context& context, QObject* parent = nullptr);
    ~LinkHost() override;

    /// All outlive this, or the next stop() and what was asked until then. Null: nobody would answer, so
    /// nothing is listened to. Without unlock nobody is asked to.
    void start(signing::Approver* approver, signing::PassphraseSource* passphrases, Unlock unlock = {});
    void stop();
    /// Whether requests of this app come in now.
    [[nodiscard]] bool isConnected(const QString& channel) const;

    /// Nothing for a request without the info "link". Malformed; errors of the vault and of LinkStore.
    void create(const antelope::EsrRequest& request, const session::SessionId& session,
        Callback<QList<QPair<QString, QString>>> done) override;
    void withdraw(const QList<QPair<QString, QString>>& link) override;

Q_SIGNALS:
    void connectedChanged(const QString& channel);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::links
