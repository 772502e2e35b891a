// SPDX-License-Identifier: MIT
#include "app/cli/AddSession.h"
#include "app/cli/Commands.h"
#include "app/cli/Input.h"
#include "app/cli/Output.h"
#include "core/antelope/Chains.h"
#include "core/chain/ChainClient.h"
#include "core/session/SessionManager.h"
#include "core/signing/Accounts.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::NewSession;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Adding)
public:
    static Error usage(const QString& text) { return {.code = ErrorCode::Usage, .detail = text}; }
};

int countOf(const Request& request, std::initializer_list<QLatin1StringView> options)
{
    int count = 0;
    for (QLatin1StringView option : options)
        count += request.has(QString(option)) ? 1 : 0;
    return count;
}

void addOrFinish(const CallPtr& call, Result<NewSession> session)
{
    if (session)
        addSession(call, std::move(*session));
    else
        call->finish(fail(session.error()));
}

/// The one line on standard input, then with it onwards.
void readLine(const CallPtr& call, std::function<void(SharedSecret line)> then)
{
    call->console->readInput(
        onward<SharedSecret>(call, [call, then = std::move(then)](const SharedSecret& input) {
            auto line = onlyLine(*input);
            if (line)
                then(std::make_shared<const SecretBuffer>(std::move(*line)));
            else
                call->finish(fail(line.error()));
        }));
}

void addEncrypted(const CallPtr& call, const SharedSecret& ncryptsec)
{
    if (const auto checked = signing::checkNcryptsec(*ncryptsec); !checked)
        return call->finish(fail(checked.error()));
    call->console->passphrase(Console::Passphrase::ExistingKey, {},
        onward<SharedSecret>(call, [call, ncryptsec](const SharedSecret& passphrase) {
            signing::nostrFromNcryptsec(ncryptsec, passphrase, call->services.pool, &call->services.sessions,
                nullptr, [call](Result<NewSession> session) { addOrFinish(call, std::move(session)); });
        }));
}

/// Why the chain's answer is against adding it; nullopt: nothing is.
std::optional<Error> misfit(const NewSession& session, const chain::ChainAccount& account)
{
    const QString level = session.id.identity();
    if (session.publicKey.isEmpty()) // only watched: the account is enough
        return std::nullopt;
    const chain::Permission* permission = account.permission(level.section(u'@', 1));
    if (!permission)
        return Error{.code = ErrorCode::NotFound, .why = Why::NoSuchPermission, .detail = level};
    if (permission->weightOf(session.publicKey) == 0)
        return Error{.code = ErrorCode::KeyMismatch, .detail = level};
    if (!permission->isEnough(session.publicKey))
        return Error{.code = ErrorCode::KeyMismatch, .why = Why::KeyTooWeak, .detail = level};
    return std::nullopt;
}

/// Whether the account is there and the key controls it, asked of the chain unless told not to.
void addChecked(const CallPtr& call, const antelope::Chain& chain, Result<NewSession> session)
{
    if (!session || call->request.has(u"offline"_s))
        return addOrFinish(call, std::move(session));
    const QString id = session->id.text();
    const QString actor = session->id.identity().section(u'@', 0, 0);
    call->services.chainClient.account(chain.id, actor, id, &call->services.chainClient,
        [call, session = std::move(*session)](const Result<chain::ChainAccount>& account) {
            if (!account && account.error().code == ErrorCode::Network && account.error().why == Why::Unsaid)
                return call->finish(fail(ErrorCode::Network,
                    Text::tr("with --offline the account is added without asking the chain.")));
            if (!account)
                return call->finish(fail(account.error()));
            if (const auto reason = misfit(session, *account))
                return call->finish(fail(*reason));
            addSession(call, session);
        });
}

void printAdded(const CallPtr& call, const session::Added& added)
{
    if (call->request.json())
        call->console->out(
            jsonLines(QJsonObject{{u"id"_s, added.id.text()}, {u"replaced"_s, added.replaced}}));
    else
        call->out(added.id.text() + u'\n');
    call->finish({});
}

} // namespace

void addSession(
    const CallPtr& call, NewSession session, const std::function<Result<void>(const session::Added&)>& then)
{
    session.label = call->request.value(u"label"_s);
    session.isPrivate = call->request.has(u"private"_s);
    session.activate = !call->request.has(u"no-activate"_s);
    if (const auto label = call->services.sessions.checkLabel(session.label, session.id); !label)
        return call->finish(fail(label.error()));
    const bool needsVault = session.secret != nullptr;
    const auto store = [call, then, session = std::move(session)] {
        call->services.sessions.add(
            session, onward<session::Added>(call, [call, then](const session::Added& added) {
                const auto done = then ? then(added) : Result<void>();
                if (!done)
                    return call->finish(done);
                printAdded(call, added);
            }));
    };
    if (needsVault)
        call->openVault(onward<void>(call, store));
    else
        store();
}

void addNostr(const CallPtr& call)
{
    const Request& request = call->request;
    if (countOf(request, {"generate"_L1, "nsec-stdin"_L1, "ncryptsec-stdin"_L1, "watch"_L1}) != 1)
        return call->finish(fail(Text::usage(Text::tr(
            "Usage: hatstand add nostr (--generate | --nsec-stdin | --ncryptsec-stdin | --watch NPUB)"))));
    if (request.has(u"generate"_s))
        return addSession(call, signing::generateNostr(call->services.random));
    if (request.has(u"watch"_s))
        return addOrFinish(call, signing::watchNostr(request.value(u"watch"_s)));
    readLine(call, [call](const SharedSecret& line) {
        if (call->request.has(u"ncryptsec-stdin"_s))
            addEncrypted(call, line);
        else
            addOrFinish(call, signing::nostrFromKey(*line));
    });
}

void addAntelope(const CallPtr& call)
{
    const Request& request = call->request;
    if (request.has(u"anchor"_s))
        return addAnchor(call);
    if (countOf(request, {"key-stdin"_L1, "watch"_L1}) != 1 || !request.has(u"chain"_s)
        || !request.has(u"account"_s))
        return call->finish(
            fail(Text::usage(Text::tr("Usage: hatstand add antelope --chain C --account ACTOR@PERMISSION "
                                      "(--key-stdin | --watch) [--offline] | --chain C --anchor"))));
    const auto chain = call->services.chains.find(request.value(u"chain"_s));
    if (!chain)
        return call->finish(fail(chain.error()));
    const QString account = request.value(u"account"_s);
    const auto watched
        = signing::watchAntelope(*chain, account); // also checks the name, before a key is read
    if (!watched || request.has(u"watch"_s))
        return addChecked(call, *chain, watched);
    readLine(call, [call, chain = *chain, account](const SharedSecret& line) {
        addChecked(call, chain, signing::antelopeFromKey(chain, account, *line));
    });
}

} // namespace hatstand::app::commands
