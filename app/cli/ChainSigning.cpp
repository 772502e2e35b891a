// SPDX-License-Identifier: MIT
#include "app/Person.h"
#include "app/cli/ChainFields.h"
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "core/session/SessionFinder.h"
#include "core/signing/StoppableSigner.h"
#include "ui/text/Sentences.h"

#include <QCoreApplication>
#include <QUrl>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using requests::Asking;
using requests::Outcome;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(ChainSigning)
public:
    static QString ownRequest()
    {
        return tr(
            "Hatstand itself made this link, for an Anchor wallet. Open it there, or scan its QR code.");
    }
    static QString done(const Outcome& outcome)
    {
        return outcome.wasSent ? tr("The transaction was sent.") : tr("It is signed.");
    }
};

/// Who asks and as whom, as the command line says it.
Result<Asking> askingOf(const CallPtr& call)
{
    if (signing::isSigningStopped(call->services.settings)) // before the network is asked for anything
        return fail(Error{.code = ErrorCode::Denied, .why = Why::SigningStopped});
    Asking asking{.peer = "hatstand "_L1 + call->request.command,
        .mayBroadcast = !call->request.has(u"no-broadcast"_s),
        .isGone = [console = call->console] { return console->isGone(); }};
    if (call->request.has(u"session"_s)) {
        const auto id = session::findSession(call->services.sessions, call->request.value(u"session"_s));
        if (!id)
            return fail(id.error());
        asking.session = *id;
        asking.mayChange = false;
    }
    if (!call->isThere())
        return fail(ErrorCode::ApprovalRequired);
    return asking;
}

void openInBrowser(const CallPtr& call, const QString& url)
{
    const bool isOpened = call->services.person && call->services.person->openAddress(QUrl(url));
    if (!isOpened && !call->request.json())
        call->out(url + u'\n');
}

void print(const CallPtr& call, const Outcome& outcome)
{
    const bool isIdentity = outcome.transactionId.isEmpty();
    if (call->request.json())
        call->console->out(jsonLines(outcomeJson(outcome)));
    else if (isIdentity)
        call->out((outcome.proof.isEmpty() ? outcome.signatures.value(0) : outcome.proof) + u'\n');
    else if (outcome.wasSent)
        call->out(outcome.transactionId + u'\n');
    else
        call->console->out(jsonLines(signedJson(outcome)));
    if (!outcome.openUrl.isEmpty())
        openInBrowser(call, outcome.openUrl);
    if (outcome.notAnswered) {
        call->console->err((Text::done(outcome) + u'\n').toUtf8());
        return call->finishSaid(fail(*outcome.notAnswered));
    }
    call->finish({});
}

void handle(const CallPtr& call, const QString& uri)
{
    const auto request = antelope::EsrRequest::parse(uri.trimmed());
    const auto asking = request ? askingOf(call) : fail(request.error());
    if (!asking)
        return call->finish(fail(asking.error()));
    call->services.requests.handle(*request, *asking, *call, *call,
        onward<Outcome>(call, [call](const Outcome& outcome) { print(call, outcome); }));
}

} // namespace

void signRequest(const CallPtr& call)
{
    const QString uri = call->request.argument(0);
    if (uri != "-"_L1)
        return handle(call, uri);
    call->console->readInput(onward<SharedSecret>(call,
        [call](const SharedSecret& input) { handle(call, QString::fromUtf8(toQByteArray(input->view()))); }));
}

void transact(const CallPtr& call)
{
    const auto asking = askingOf(call);
    if (!asking)
        return call->finish(fail(asking.error()));
    call->console->readInput(onward<SharedSecret>(call, [call, asking = *asking](const SharedSecret& input) {
        call->services.requests.transact(toQByteArray(input->view()), asking, *call, *call,
            onward<Outcome>(call, [call](const Outcome& outcome) { print(call, outcome); }));
    }));
}

/// Whoever opened it stands in front of the window, not of a terminal: what goes wrong is told there.
void open(const CallPtr& call)
{
    const auto request = antelope::EsrRequest::parse(call->request.argument(0));
    auto asking = request ? askingOf(call) : fail(request.error());
    const auto end = [call](const Result<Outcome>& outcome) {
        const bool isPersonsNo = !outcome
            && (outcome.error().code == ErrorCode::Denied || outcome.error().code == ErrorCode::Cancelled)
            && outcome.error().why == Why::Unsaid;
        if (Person* person = call->services.person; person && !outcome && !isPersonsNo)
            person->tell(ui::sentence(outcome.error()));
        else if (person && outcome && outcome->notAnswered)
            person->tell(Text::done(*outcome) + u' ' + ui::sentence(*outcome->notAnswered));
        if (outcome)
            print(call, *outcome);
        else
            call->finish(fail(outcome.error()));
    };
    if (request && request->isIdentity() && request->scope.text() == "hatstand"_L1) // links::AnchorLogin's
        return end(fail(Error{.code = ErrorCode::InvalidInput, .detail = Text::ownRequest()}));
    if (!asking)
        return end(fail(asking.error()));
    asking->peer = Text::tr("A link that was opened");
    asking->isGone = {}; // the link's opener has long gone
    call->services.requests.handle(*request, *asking, *call, *call, end);
}

} // namespace hatstand::app::commands
