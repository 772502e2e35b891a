// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"
#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionFinder.h"

#include <QCoreApplication>

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

} // namespace

void refresh(const CallPtr& call)
{
    auto& accounts = call->services.accounts;
    const bool all = call->request.has(u"all"_s);
    if (all && !call->request.arguments.isEmpty())
        return call->finish(
            fail(Text::usage(Text::tr("Usage: hatstand refresh [SESSION | --all] [--wait]"))));
    const auto id = all ? SessionId() : which(*call);
    if (!id)
        return call->finish(fail(id.error()));
    if (!all && id->family() != "nostr"_L1)
        return call->finish(fail(Error{ErrorCode::InvalidInput, Why::WrongNetwork}));
    // An instance goes on with it; a process that ends with the command can't.
    const bool waits = call->request.has(u"wait"_s) || !accounts.isStarted();
    const Callback<void> done = [call, waits](const Result<void>& result) {
        if (waits)
            call->finish(result);
    };
    if (all)
        accounts.refreshAll(done);
    else
        accounts.refresh(*id, done);
    if (!waits)
        call->finish({});
}

} // namespace hatstand::app::commands
