// SPDX-License-Identifier: MIT
#include "app/cli/Scope.h"

#include "core/session/SessionFinder.h"

#include <QCoreApplication>
#include <QMap>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::SessionId;

/// Where a command names its session.
enum class Names { Nobody, ByArgument, ByOption };

const QMap<QString, Names>& allowed()
{
    static const QMap<QString, Names> commands{
        {u"current"_s, Names::Nobody},
        {u"list"_s, Names::Nobody},
        {u"show"_s, Names::ByArgument},
        {u"sign-event"_s, Names::ByOption},
        {u"sign-digest"_s, Names::ByOption},
        {u"sign-request"_s, Names::ByOption},
        {u"transact"_s, Names::ByOption},
    };
    return commands;
}

/// A name that others have too means this one here: the others do not exist for whoever asks.
bool means(const session::SessionManager& sessions, const QString& name, const SessionId& id)
{
    const auto found = session::findSession(sessions, name);
    if (found)
        return *found == id;
    return found.error().code == ErrorCode::Ambiguous
        && found.error().detail.split(u'\n').contains(id.text());
}

} // namespace

Error onlyAsOneAccount()
{
    return {.code = ErrorCode::Denied,
        .detail = QCoreApplication::translate("Scope",
            "“hatstand run” lets a program ask for its one account, and only to look at it and to sign.")};
}

Result<Request> withinScope(const session::SessionManager& sessions, Request request)
{
    const auto names = allowed().constFind(request.command);
    if (names == allowed().cend())
        return fail(onlyAsOneAccount());
    const SessionId id(request.scope);
    if (!sessions.find(id))
        return fail(ErrorCode::NotFound, request.scope);
    const bool byOption = *names == Names::ByOption;
    if (*names == Names::ByArgument && !means(sessions, request.argument(0), id))
        return fail(ErrorCode::WrongAccount);
    if (byOption && request.has(u"session"_s) && !means(sessions, request.value(u"session"_s), id))
        return fail(ErrorCode::WrongAccount);
    if (*names == Names::ByArgument)
        request.arguments = QStringList{id.text()};
    if (byOption)
        request.options.insert(u"session"_s, id.text());
    return request;
}

} // namespace hatstand::app
