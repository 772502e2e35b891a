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
/// wants one and, once started, listens to those whose account can sign. What comes is taken if it was sealed
/// by the app's own key, was not there before, is not too late, and asks for a signature of a transaction; it
/// then goes the way of every request, one after the other for each app. An app is told when the answer is
/// no.
///
/// Each channel's key is derived from the vault's "profile" and the channel's name and never kept.
class LinkHost final : public QObject, public requests::LinkKeeper
{
    Q_OBJECT
public:
    static constexpr qsizetype kMostWaiting = 4; ///< of one app, beside the one that is asked about

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
    explicit LinkHost(const Context& context, QObject* parent = nullptr);
    ~LinkHost() override;

    /// Both outlive this, or the next stop() and what was asked until then. Null: nobody would answer, so
    /// nothing is listened to.
    void start(signing::Approver* approver, signing::PassphraseSource* passphrases);
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
