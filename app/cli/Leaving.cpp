// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "core/session/SessionFinder.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::RestingSession;
using session::Session;
using session::SessionId;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Leaving)
public:
    static Error usage(const QString& text) { return {.code = ErrorCode::Usage, .detail = text}; }
    static QString question(const QString& name, const Session& session, bool forget);
};

QString Text::question(const QString& name, const Session& session, bool forget)
{
    const QString who = tr("Log out %1 (%2)?\n").arg(name, session.id.text());
    if (session.signer == session::SignerKind::WatchOnly)
        return who + tr("It was only watched, so no key is deleted.");
    if (session.exportedAt.isValid())
        return who + tr("Its key is deleted. It was exported before.");
    return who
        + (forget ? tr("Its key was never exported and is deleted now. Without a backup the account is lost "
                       "for good.")
                  : tr("Its key was never exported. It rests for 30 days and can be brought back with "
                       "untrash."));
}

bool holdsKey(const Session& session)
{
    return session.signer != session::SignerKind::WatchOnly;
}

void logoutAll(const CallPtr& call)
{
    if (!call->request.arguments.isEmpty() || !call->request.has(u"yes"_s))
        return call->finish(fail(Text::usage(Text::tr("Usage: hatstand logout --all --yes [--forget]"))));
    bool needsVault = false;
    for (const Session& session : call->services.sessions.sessions())
        needsVault = needsVault || holdsKey(session);
    const auto leave = [call] {
        call->services.sessions.logoutAll({.forget = call->request.has(u"forget"_s)},
            [call](const Result<void>& done) { call->finish(done); });
    };
    if (needsVault)
        call->openVault(onward<void>(call, leave));
    else
        leave();
}

void logoutOne(const CallPtr& call, const SessionId& id, bool needsVault)
{
    const auto leave = [call, id] {
        call->services.sessions.logout(id, {.forget = call->request.has(u"forget"_s)},
            [call](const Result<void>& done) { call->finish(done); });
    };
    if (needsVault)
        call->openVault(onward<void>(call, leave));
    else
        leave();
}

/// As sessions are named, among those that rest.
Result<SessionId> findResting(const session::SessionManager& sessions, const QString& text)
{
    const auto resting = sessions.resting();
    const auto byId = sessions.networks().parseId(text);
    const auto matcher = sessions.networks().matcherFor(text);
    QList<SessionId> found;
    for (const RestingSession& rest : resting) {
        const SessionId& id = rest.session.id;
        const bool fits = byId ? id == *byId
            : matcher          ? (*matcher)(id)
                               : session::goesBy(sessions, rest.session, text);
        if (fits)
            found += id;
    }
    if (found.isEmpty() || text.isEmpty()) // the empty actor and label are nobody's name
        return fail(ErrorCode::NotFound, text);
    if (found.size() == 1)
        return found.first();
    QStringList candidates;
    for (const SessionId& id : std::as_const(found))
        candidates += id.text();
    return fail(ErrorCode::Ambiguous, candidates.join(u'\n'));
}

} // namespace

void logout(const CallPtr& call)
{
    const Request& request = call->request;
    const auto& sessions = call->services.sessions;
    if (request.has(u"all"_s))
        return logoutAll(call);
    Result<SessionId> id = sessions.active();
    if (!request.arguments.isEmpty())
        id = session::findSession(sessions, request.argument(0));
    else if (id->isEmpty())
        id = fail(ErrorCode::NoActive);
    if (!id)
        return call->finish(fail(id.error()));
    const Session session = *sessions.find(*id);
    const bool needsVault = holdsKey(session);
    if (request.has(u"yes"_s))
        return logoutOne(call, *id, needsVault);
    call->console->confirm(Text::question(sessions.nameOf(session), session, request.has(u"forget"_s)),
        onward<void>(call, [call, id = *id, needsVault] { logoutOne(call, id, needsVault); }));
}

void trash(const CallPtr& call)
{
    const auto& sessions = call->services.sessions;
    QJsonArray all;
    QList<QStringList> rows;
    for (const RestingSession& rest : sessions.resting()) {
        const QString expires = rest.expiresAt.toUTC().toString(Qt::ISODate);
        all += QJsonObject{{u"id"_s, rest.session.id.text()}, {u"label"_s, rest.session.label},
            {u"name"_s, sessions.nameOf(rest.session)}, {u"expiresAt"_s, expires}};
        rows += {sessions.nameOf(rest.session), expires, rest.session.id.text()};
    }
    if (call->request.json())
        call->console->out(jsonLines(all));
    else
        call->out(table(rows));
    call->finish({});
}

void untrash(const CallPtr& call)
{
    const auto id = findResting(call->services.sessions, call->request.argument(0));
    if (!id)
        return call->finish(fail(id.error()));
    call->openVault(onward<void>(call, [call, id = *id] {
        call->services.sessions.untrash(id, [call](const Result<void>& done) { call->finish(done); });
    }));
}

} // namespace hatstand::app::commands
