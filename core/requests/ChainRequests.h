// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/EsrResolve.h"
#include "core/session/Session.h"
#include "core/signing/Approver.h"

#include <QObject>
#include <memory>
#include <optional>

class QUrl;

namespace hatstand {
class Clock;
class Random;
namespace accounts {
class ChainAccounts;
}
namespace chain {
class ChainClient;
class ChainRegistry;
} // namespace chain
namespace net {
class Fetcher;
}
namespace session {
class SessionManager;
}
namespace signing {
class Signer;
}
} // namespace hatstand

namespace hatstand::requests {

/// Who asks for it, and how it may be answered.
struct Asking
{
    QString peer; ///< "hatstand sign-request", an app's name
    std::optional<session::SessionId> session
        = {}; ///< who signs; none: as the request says, else the default
    bool mayChange = true; ///< the person may choose another account that fits; never where session is bound
    bool mayBroadcast = true; ///< false: it is only signed, whatever the request wants
    bool answers = true; ///< false: no callback is called
    std::function<bool()> isGone = {}; ///< whoever asked does not wait any more
};

/// What became of a request.
struct Outcome
{
    session::SessionId session; ///< who signed
    QString chainId;
    antelope::Transaction transaction;
    QStringList signatures;
    QString transactionId; ///< of the transaction, sent or not; empty for an identity
    bool wasSent = false;
    std::optional<quint32> blockNumber = {};
    QString proof = {}; ///< of an identity, "EOSIO …"
    QJsonObject payload = {}; ///< of a signing request, for its callback
    QString openUrl = {}; ///< the foreground callback, filled in, for the person's browser; empty: none
    bool wasAnswered = false; ///< a background callback took it
    std::optional<Error> notAnswered = {}; ///< a background callback did not
};

/// Adds to the answer of an identity request that wants a channel (info "link"): who keeps channels. Asked
/// after the yes and before the answer; later requests over the channel are then the session's alone.
class LinkKeeper
{
public:
    virtual ~LinkKeeper() = default;
    /// Answers what belongs into the payload: link_ch, link_key, link_name, link_meta.
    virtual void create(const antelope::EsrRequest& request, const session::SessionId& session,
        Callback<QList<QPair<QString, QString>>> done)
        = 0;
    /// The answer did not arrive: whoever asked never learned of this channel.
    virtual void withdraw(const QList<QPair<QString, QString>>& link) = 0;
};

/// From a request to its answer: which account, the chain's data, the person's yes, signature, sending,
/// callback. Every step can be waited on and none blocks; what can be refused is refused before anything is
/// asked of the network, and everything before a person is.
class ChainRequests final : public QObject
{
    Q_OBJECT
public:
    struct Context
    {
        session::SessionManager& sessions;
        signing::Signer& signer;
        chain::ChainClient& client;
        const chain::ChainRegistry& registry;
        accounts::ChainAccounts& accounts;
        net::Fetcher& fetcher;
        const Clock& clock;
    };
    explicit ChainRequests(const Context& context, QObject* parent = nullptr);
    ~ChainRequests() override;
    void setLinkKeeper(LinkKeeper* keeper); ///< outlives this; null: no channels are made

    /// A signing request. Errors: NoActive (no account that may sign it), NotFound, RequestForOtherChain,
    /// WrongAccount (it names another account), and those of EsrRequest, ChainClient and Signer. A callback
    /// that could not be reached is told in the outcome: what was signed and sent stays so. approver and
    /// passphrases have to live until the answer.
    void handle(const antelope::EsrRequest& request, const Asking& asking, signing::Approver& approver,
        signing::PassphraseSource& passphrases, Callback<Outcome> done);
    /// A transaction as tools write it: {actions:[{account,name,authorization,data}], …}, its actions' data
    /// in JSON or hex; one action or a list of actions will do. Header fields that are missing or zero are
    /// filled in from the chain, to end in 120 s. Malformed (detail: the field).
    void transact(const QByteArray& json, const Asking& asking, signing::Approver& approver,
        signing::PassphraseSource& passphrases, Callback<Outcome> done);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::requests
