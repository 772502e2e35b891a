// SPDX-License-Identifier: MIT
#include "app/cli/ChainFields.h"
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "core/antelope/Chains.h"
#include "core/session/SessionFinder.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionFilter;
using session::SessionId;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Listing)
public:
    static Error usage(const QString& text) { return {.code = ErrorCode::Usage, .detail = text}; }
};

Result<SessionFilter> filterOf(const Call& call)
{
    SessionFilter filter;
    const Request& request = call.request;
    filter.family = request.value(u"network"_s);
    if (request.has(u"network"_s) && filter.family != "nostr"_L1 && filter.family != "antelope"_L1)
        return fail(Text::usage(Text::tr("--network is nostr or antelope.")));
    if (request.has(u"chain"_s)) {
        const auto chain = call.services.chains.find(request.value(u"chain"_s));
        if (!chain)
            return fail(chain.error());
        filter.network = "antelope:"_L1 + chain->id;
    }
    if (request.has(u"signer"_s)) {
        const auto kind = session::signerKindFromName(request.value(u"signer"_s));
        if (!kind)
            return fail(Text::usage(Text::tr("--signer is local-key, encrypted-key, remote or watch-only.")));
        filter.signer = *kind;
    }
    filter.wallet = request.value(u"wallet"_s);
    filter.only = SessionId(request.scope);
    return filter;
}

QList<const Session*> byRecency(const Services& services, const SessionFilter& filter)
{
    QList<const Session*> found;
    for (const SessionId& id : services.sessions.byRecency()) {
        const Session* session = services.sessions.find(id);
        if (session && filter.accepts(*session))
            found += session;
    }
    return found;
}

/// The named session, or the end of the call.
const Session* find(const CallPtr& call, const QString& name)
{
    const auto id = session::findSession(call->services.sessions, name);
    const Session* session = id ? call->services.sessions.find(*id) : nullptr;
    if (!session)
        call->finish(fail(id ? Error{ErrorCode::NotFound, Why::Unsaid, name} : id.error()));
    return session;
}

/// The session at --position, or the end of the call.
const Session* findPlace(const CallPtr& call)
{
    const QString place = call->request.value(u"position"_s);
    bool ok = false;
    const int position = place.toInt(&ok);
    const auto& sessions = call->services.sessions.sessions();
    if (ok && position >= 1 && position <= sessions.size())
        return &sessions[position - 1];
    call->finish(fail(ok && position >= 1 ? Error{ErrorCode::NotFound, Why::Unsaid, place}
                                          : Text::usage(Text::tr("A position is a number from 1."))));
    return nullptr;
}

} // namespace

void list(const CallPtr& call)
{
    const auto filter = filterOf(*call);
    if (!filter)
        return call->finish(fail(filter.error()));
    const auto sessions = byRecency(call->services, *filter);
    if (call->request.json()) {
        QJsonArray all;
        for (const Session* session : sessions)
            all += QJsonObject::fromVariantMap(describeSession(call->services, *session));
        call->console->out(jsonLines(all));
        return call->finish({});
    }
    QList<QStringList> rows;
    for (const Session* session : sessions) {
        const bool active = session->id == call->services.sessions.active();
        rows += {active ? u"*"_s : u" "_s, call->services.sessions.nameOf(*session),
            call->services.sessions.networks().networkName(session->id), QString(name(session->signer)),
            QString(name(session->state)), session->id.text()};
    }
    call->out(table(rows));
    call->finish({});
}

void current(const CallPtr& call)
{
    const auto filter = filterOf(*call);
    if (!filter)
        return call->finish(fail(filter.error()));
    SessionId id = call->services.sessions.active();
    if (!filter->only.isEmpty()) { // for whom it runs as, this is who is worn
        const auto sessions = byRecency(call->services, *filter);
        id = sessions.isEmpty() ? SessionId() : sessions.first()->id;
    } else if (!filter->family.isEmpty() || !filter->network.isEmpty()) {
        // The default of all the networks that are meant: the highest activation, whether or not anybody is
        // active.
        const auto sessions = byRecency(call->services, *filter);
        id = !sessions.isEmpty() && sessions.first()->activation > 0 ? sessions.first()->id : SessionId();
    }
    const Session* session = call->services.sessions.find(id);
    if (!session)
        return call->finish(fail(ErrorCode::NoActive));
    if (call->request.json())
        call->console->out(jsonLines(QJsonObject::fromVariantMap(describeSession(call->services, *session))));
    else
        call->out(session->id.text() + u'\n');
    call->finish({});
}

void switchTo(const CallPtr& call)
{
    const bool none = call->request.has(u"none"_s);
    const bool byPlace = call->request.has(u"position"_s);
    if (int(none) + int(byPlace) + int(!call->request.arguments.isEmpty()) != 1) {
        return call->finish(
            fail(Text::usage(Text::tr("Usage: hatstand switch SESSION | --position N | --none"))));
    }
    if (none)
        return call->finish(call->services.sessions.activateNobody());
    if (const Session* session = byPlace ? findPlace(call) : find(call, call->request.argument(0))) {
        const QString name = call->services.sessions.nameOf(*session);
        const auto done = call->services.sessions.activate(session->id);
        if (done && !call->request.json())
            call->out(Text::tr("Now using %1").arg(name) + u'\n');
        call->finish(done);
    }
}

void rename(const CallPtr& call)
{
    if (const Session* session = find(call, call->request.argument(0)))
        call->finish(call->services.sessions.rename(session->id, call->request.argument(1)));
}

void setPrivate(const CallPtr& call)
{
    const QString value = call->request.argument(1);
    if (value != "on"_L1 && value != "off"_L1)
        return call->finish(fail(Text::usage(Text::tr("Usage: hatstand private SESSION on|off"))));
    if (const Session* session = find(call, call->request.argument(0)))
        call->finish(call->services.sessions.setPrivate(session->id, value == "on"_L1));
}

void move(const CallPtr& call)
{
    bool ok = false;
    const int position = call->request.argument(1).toInt(&ok);
    if (!ok || position < 1)
        return call->finish(fail(Text::usage(Text::tr("A position is a number from 1."))));
    if (const Session* session = find(call, call->request.argument(0)))
        call->finish(call->services.sessions.move(session->id, position));
}

void chains(const CallPtr& call)
{
    QJsonArray all;
    QList<QStringList> rows;
    for (const antelope::Chain& chain : call->services.chains.all()) {
        all += chainJson(chain);
        rows += {(QStringList{chain.alias} + chain.otherAliases).join(u", "_s), chain.name, chain.id};
    }
    if (call->request.json())
        call->console->out(jsonLines(all));
    else
        call->out(table(rows));
    call->finish({});
}

} // namespace hatstand::app::commands
