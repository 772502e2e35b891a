// SPDX-License-Identifier: MIT
#pragma once

#include "core/links/AnchorLogin.h"
#include "core/signing/KeyHolder.h"
#include "core/signing/RemoteSigner.h"

namespace hatstand::net {
class Fetcher;
}

namespace hatstand::links {

/// Has the Anchor that an account was logged in with sign: the transaction goes over its channel, sealed by
/// the entry of the vault, and the answer is taken only if the signature is over that very transaction and of
/// a key of the account's permission. Only the sealing touches the vault, and a locked one is not unlocked:
/// Locked.
class AnchorSigner final : public QObject, public signing::RemoteSigner
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds kWait = std::chrono::minutes(2); ///< or till the transaction's end

    struct Context
    {
        session::SessionManager& sessions;
        const LinkStore& store;
        signing::KeyHolder& keys;
        net::Fetcher& fetcher;
        LinkNet net;
        const Clock& clock;
        AccountOf account;
    };
    explicit AnchorSigner(const Context& context, QObject* parent = nullptr);
    ~AnchorSigner() override;

    void signTransaction(const session::SessionId& id, const antelope::Transaction& transaction,
        qint64 chainAhead, Callback<QString> done) override;
    void cancel(const session::SessionId& id) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::links
