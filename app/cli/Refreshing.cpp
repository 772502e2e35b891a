// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"
#include "core/accounts/AccountDirectory.h"
#include "core/accounts/ChainAccounts.h"
#include "core/session/SessionFinder.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::SessionId;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Refreshing)
public:
    static Error usage(const QString& text) { return {.code = ErrorCode::Usage, .detail = text}; }
};

/// The one that is named, else the active one.
Result<SessionId> which(const Call& call)
{
    const auto& sessions = call.services.sessions;
    if (!call.request.arguments.isEmpty())
        return session::findSession(sessions, call.request.argument(0));
    if (const SessionId active = sessions.active(); !active.isEmpty())
        return active;
    return fail(ErrorCode::NoActive);
}

bool hasAny(const Call& call, QLatin1StringView family)
{
    const auto& all = call.services.sessions.sessions();
    return std::any_of(all.cbegin(), all.cend(),
        [&](const session::Session& session) { return session.id.family() == family; });
}

/// Done where one of the networks answered.
void refreshBoth(const CallPtr& call, const Callback<void>& done)
{
    if (!hasAny(*call, "antelope"_L1))
        return call->services.accounts.refreshAll(done);
    if (!hasAny(*call, "nostr"_L1))
        return call->services.chainAccounts.refreshAll(done);
    const auto first = std::make_shared<std::optional<Result<void>>>();
    const Callback<void> both = [first, done](const Result<void>& result) {
        if (*first)
            done(result ? result : **first);
        else
            *first = result;
    };
    call->services.accounts.refreshAll(both);
    call->services.chainAccounts.refreshAll(both);
}

} // namespace

void refresh(const CallPtr& call)
{
    auto& nostr = call->services.accounts;
    auto& chains = call->services.chainAccounts;
    const bool all = call->request.has(u"all"_s);
    if (all && !call->request.arguments.isEmpty())
        return call->finish(
            fail(Text::usage(Text::tr("Usage: hatstand refresh [SESSION | --all] [--wait]"))));
    const auto id = all ? SessionId() : which(*call);
    if (!id)
        return call->finish(fail(id.error()));
    // An instance goes on with it; a process that ends with the command can't.
    const bool waits = call->request.has(u"wait"_s) || !nostr.isStarted();
    const Callback<void> done = [call, waits](const Result<void>& result) {
        if (waits)
            call->finish(result);
    };
    if (all)
        refreshBoth(call, done);
    else if (id->family() == "antelope"_L1)
        chains.refresh(*id, done);
    else
        nostr.refresh(*id, done);
    if (!waits)
        call->finish({});
}

} // namespace hatstand::app::commands
