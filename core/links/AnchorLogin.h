// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Clock.h"
#include "core/chain/ChainClient.h"
#include "core/links/Channels.h"
#include "core/links/LinkStore.h"

#include <QObject>
#include <functional>
#include <memory>

namespace hatstand::links {

/// ChainClient::account().
using AccountOf = std::function<void(const QString& chainId, const QString& name, const QString& circuit,
    QObject* context, Callback<chain::ChainAccount> done)>;

/// What a login by an Anchor makes.
struct AnchorAccount
{
    session::NewSession session; ///< Remote, its wallet "anchor"; the key that was proven
    WalletLink wallet; ///< for LinkStore::setWallet(), once the session was added
};

/// Logs in with an account that an existing Anchor signs for: an identity request is shown, by QR code or
/// link, that Anchor answers over a channel, and what it says is compared with the chain.
class AnchorLogin final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kWait = std::chrono::minutes(5);

    struct Context
    {
        LinkNet net;
        const Clock& clock;
        AccountOf account;
        std::chrono::milliseconds wait = kWait;
    };
    explicit AnchorLogin(const Context& context, QObject* parent = nullptr);
    ~AnchorLogin() override;

    /// Answers the request to show, "esr:…". One that was under way is answered with Cancelled. Errors:
    /// Denied (by that Anchor's person), Expired, Cancelled; Malformed (detail: the part of the answer);
    /// NotFound with NoSuchAccount or NoSuchPermission; KeyMismatch, KeyTooWeak; Network where the chain
    /// can't be asked.
    [[nodiscard]] QString start(const QString& chainId, Callback<AnchorAccount> done);
    void cancel();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::links
