// SPDX-License-Identifier: MIT
#include "app/cli/AddSession.h"
#include "core/antelope/Chains.h"
#include "core/chain/ChainClient.h"
#include "core/links/AnchorLogin.h"
#include "core/links/LinkHost.h"
#include "core/secrets/Vault.h"

#include <QCoreApplication>
#include <QTimer>
#include <chrono>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr std::chrono::seconds kLook{1}; ///< whether somebody still waits

class Text
{
    Q_DECLARE_TR_FUNCTIONS(AnchorAdding)
public:
    static Error usage()
    {
        return {.code = ErrorCode::Usage, .detail = tr("Usage: hatstand add antelope --chain C --anchor")};
    }
    static QString show(const QString& uri)
    {
        return tr("Open this in Anchor, or scan it as a QR code, within 5 minutes:") + u'\n' + uri + u'\n';
    }
};

void logIn(const CallPtr& call, const QString& chainId)
{
    if (call->console->isGone())
        return call->finish(fail(ErrorCode::Cancelled));
    auto& client = call->services.chainClient;
    const links::AnchorLogin::Context context{*call->services.linkNet, call->services.clock,
        [&client](const QString& chain, const QString& name, const QString& circuit, QObject* asking,
            Callback<chain::ChainAccount> done) {
            client.account(chain, name, circuit, asking, std::move(done));
        }};
    // Not owned by what it answers, which it holds: an instance that ends in between takes both along.
    auto* login = new links::AnchorLogin(context, call->services.linkHost);
    const auto answered = onward<links::AnchorAccount>(call, [call](const links::AnchorAccount& account) {
        if (call->console->isGone())
            return call->finish(fail(ErrorCode::Cancelled));
        addSession(call, account.session, [call, wallet = account.wallet](const session::Added&) {
            return call->services.links->setWallet(wallet);
        });
    });
    const QString uri = login->start(chainId, [login, answered](Result<links::AnchorAccount> result) {
        login->deleteLater();
        answered(std::move(result));
    });
    call->console->err(Text::show(uri).toUtf8());
    // Whoever gave it up does not want the account any more, whatever is answered in Anchor later.
    auto* look = new QTimer(login);
    QObject::connect(look, &QTimer::timeout, login, [call, login] {
        if (call->console->isGone())
            login->cancel();
    });
    look->start(kLook);
}

} // namespace

void addAnchor(const CallPtr& call)
{
    const Request& request = call->request;
    if (!request.has(u"chain"_s) || request.has(u"account"_s) || request.has(u"key-stdin"_s)
        || request.has(u"watch"_s) || request.has(u"offline"_s) || !call->services.linkNet)
        return call->finish(fail(Text::usage()));
    const auto chain = call->services.chains.find(request.value(u"chain"_s));
    if (!chain)
        return call->finish(fail(chain.error()));
    // What can be refused is refused before somebody scans anything; whose label it is is not known yet.
    if (const auto label = call->services.sessions.checkLabel(request.value(u"label"_s), {}); !label)
        return call->finish(fail(label.error()));
    // Nor is a login wasted on a vault that takes nothing.
    const auto prepare = [call, chainId = chain->id] {
        call->services.vault.prepare(onward<void>(call, [call, chainId] { logIn(call, chainId); }));
    };
    call->openVault(onward<void>(call, prepare));
}

} // namespace hatstand::app::commands
