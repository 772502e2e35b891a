// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"
#include "app/cli/EditRequest.h"
#include "app/cli/Output.h"
#include "app/cli/Terminal.h"
#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionFinder.h"
#include "core/signing/StoppableSigner.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using accounts::Edit;
using accounts::Published;
using session::SessionId;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Editing)
public:
    static QString answer(const Published::Answer& answer)
    {
        if (answer.accepted)
            return tr("accepted");
        if (!answer.answered)
            return tr("no answer");
        return answer.text.isEmpty() ? tr("refused")
                                     : tr("refused: %1").arg(Terminal::escaped(answer.text.simplified()));
    }
    static QString unchanged(const Edit& edit)
    {
        if (edit.what == Edit::What::Undo)
            return tr("Nothing to undo.\n");
        if (edit.what == Edit::What::Unmute && !edit.muted.isPrivate)
            return tr("Nothing to change. What is muted privately is named with --private.\n");
        return tr("Nothing to change.\n");
    }
};

QLatin1StringView nameOf(const Published::Answer& answer)
{
    if (answer.accepted)
        return "accepted"_L1;
    return answer.answered ? "refused"_L1 : "no-answer"_L1;
}

/// The one that is named, else the active one, and never another in its place.
Result<SessionId> whoEdits(const Call& call)
{
    const auto& sessions = call.services.sessions;
    auto id = call.request.has(u"session"_s)
        ? session::findSession(sessions, call.request.value(u"session"_s))
        : Result<SessionId>(sessions.active());
    if (!id)
        return id;
    if (id->isEmpty())
        return fail(ErrorCode::NoActive);
    if (id->family() != "nostr"_L1)
        return fail(Error{ErrorCode::InvalidInput, Why::WrongNetwork});
    return id;
}

/// Refuses what no relay should be asked for. Where nobody can say yes, that is told at once.
Result<void> checkSigns(const Call& call, const SessionId& id)
{
    const session::Session* session = call.services.sessions.find(id);
    if (session->signer == session::SignerKind::WatchOnly)
        return fail(ErrorCode::WatchOnly);
    if (session->state == session::SessionState::SecretMissing)
        return fail(ErrorCode::SecretMissing);
    if (signing::isSigningStopped(call.services.settings))
        return fail(Error{.code = ErrorCode::Denied, .why = Why::SigningStopped});
    if (!call.isThere())
        return fail(ErrorCode::ApprovalRequired);
    return {};
}

QJsonObject toJson(const Published& published)
{
    QJsonArray relays;
    for (const Published::Answer& answer : published.answers)
        relays += QJsonObject{
            {u"url"_s, answer.relay}, {u"result"_s, QString(nameOf(answer))}, {u"text"_s, answer.text}};
    const QJsonDocument event = QJsonDocument::fromJson(published.event);
    return {{u"changed"_s, published.isChanged},
        {u"event"_s, event.isObject() ? QJsonValue(event.object()) : QJsonValue()}, {u"relays"_s, relays}};
}

void print(const CallPtr& call, const Edit& edit, const Published& published)
{
    QList<QStringList> rows;
    for (const Published::Answer& answer : published.answers)
        rows += {Terminal::escaped(answer.relay), Text::answer(answer)};
    if (call->request.json())
        call->console->out(jsonLines(toJson(published)));
    else
        call->out(published.isChanged ? table(rows) : Text::unchanged(edit));
    call->finish({});
}

void run(const CallPtr& call)
{
    const auto edit = editOf(call->request);
    if (!edit)
        return call->finish(fail(edit.error()));
    const auto id = whoEdits(*call);
    if (!id)
        return call->finish(fail(id.error()));
    if (const auto signs = checkSigns(*call, *id); !signs)
        return call->finish(signs);
    const auto start = [call, edit = *edit, id = *id] {
        call->services.accounts.edit(id, edit, *call, *call,
            onward<Published>(
                call, [call, edit](const Published& published) { print(call, edit, published); }));
    };
    // What is private has to be read before there is anything to say yes to.
    if (edit->muted.isPrivate)
        call->openVault(onward<void>(call, start));
    else
        start();
}

} // namespace

void follow(const CallPtr& call)
{
    run(call);
}

void unfollow(const CallPtr& call)
{
    run(call);
}

void mute(const CallPtr& call)
{
    run(call);
}

void unmute(const CallPtr& call)
{
    run(call);
}

void profileSet(const CallPtr& call)
{
    run(call);
}

void undo(const CallPtr& call)
{
    run(call);
}

} // namespace hatstand::app::commands
