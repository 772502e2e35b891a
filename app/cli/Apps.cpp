// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "app/cli/Terminal.h"
#include "core/links/LinkHost.h"
#include "core/session/SessionManager.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using links::AppLink;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Apps)
public:
    static QString never() { return tr("never used"); }
};

QJsonValue timeOrNull(const QDateTime& time)
{
    return time.isValid() ? QJsonValue(time.toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonObject appJson(const CallPtr& call, const AppLink& app)
{
    return {{u"id"_s, app.channel}, {u"kind"_s, u"anchor-link"_s}, {u"name"_s, app.app},
        {u"userAgent"_s, app.agent}, {u"host"_s, app.host}, {u"session"_s, app.session.text()},
        {u"createdAt"_s, timeOrNull(app.createdAt)}, {u"lastUsedAt"_s, timeOrNull(app.lastUsedAt)},
        {u"connected"_s, call->services.linkHost->isConnected(app.channel)}};
}

QStringList row(const CallPtr& call, const AppLink& app)
{
    const session::Session* session = call->services.sessions.find(app.session);
    return {app.channel, Terminal::escaped(app.app),
        session ? call->services.sessions.nameOf(*session) : app.session.text(),
        app.lastUsedAt.isValid() ? app.lastUsedAt.toString(Qt::ISODate) : Text::never()};
}

/// By its id, or by its name where only one has it. NotFound, Ambiguous (with the ids).
Result<AppLink> find(const CallPtr& call, const QString& name)
{
    if (const AppLink* app = call->services.links->find(name))
        return *app;
    QList<AppLink> fitting;
    for (const AppLink& app : call->services.links->apps()) {
        if (app.app == name)
            fitting += app;
    }
    if (fitting.size() == 1)
        return fitting.constFirst();
    QStringList ids;
    for (const AppLink& app : std::as_const(fitting))
        ids += app.channel;
    return ids.isEmpty() ? fail(Error{ErrorCode::NotFound, Why::NoSuchApp, name})
                         : fail(ErrorCode::Ambiguous, ids.join(u'\n'));
}

} // namespace

void apps(const CallPtr& call)
{
    QJsonArray all;
    QList<QStringList> rows;
    for (const AppLink& app : call->services.links->apps()) {
        all += appJson(call, app);
        rows += row(call, app);
    }
    if (call->request.json())
        call->console->out(jsonLines(all));
    else
        call->out(table(rows));
    call->finish({});
}

void appsShow(const CallPtr& call)
{
    const auto app = find(call, call->request.argument(0));
    if (!app)
        return call->finish(fail(app.error()));
    const QJsonObject object = appJson(call, *app);
    if (call->request.json()) {
        call->console->out(jsonLines(object));
        return call->finish({});
    }
    QList<QStringList> rows;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!it->isNull())
            rows += {it.key(), Terminal::escaped(it->toVariant().toString())};
    }
    call->out(table(rows));
    call->finish({});
}

void appsRevoke(const CallPtr& call)
{
    const auto app = find(call, call->request.argument(0));
    call->finish(app ? call->services.links->revoke(app->channel) : fail(app.error()));
}

} // namespace hatstand::app::commands
