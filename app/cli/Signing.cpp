// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"
#include "core/codec/Hex.h"
#include "core/session/SessionFinder.h"
#include "core/signing/Signer.h"

#include <QCoreApplication>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Signing)
public:
    static Error usage(const QString& text) { return {.code = ErrorCode::Usage, .detail = text}; }
    static QString exportQuestion(const QString& name, const SessionId& id)
    {
        return tr(
            "Write out the key of %1 (%2) unprotected?\nWhoever has it can sign as this account for ever.")
            .arg(name, id.text());
    }
};

void printLine(const CallPtr& call, const QByteArray& line)
{
    call->console->out(line + '\n');
    call->finish({});
}

/// Refuses what no question should be asked for.
Result<void> checkHasKey(const Session& session)
{
    if (session.signer == session::SignerKind::WatchOnly)
        return fail(ErrorCode::WatchOnly);
    if (session.state == session::SessionState::SecretMissing)
        return fail(ErrorCode::SecretMissing);
    return {};
}

void deliver(const CallPtr& call, const SessionId& id, const Console::Destination& destination,
    const SharedSecret& content)
{
    call->console->deliver(destination, content,
        onward<void>(call, [call, id] { call->finish(call->services.sessions.markExported(id)); }));
}

void exportPlain(const CallPtr& call, const Session& session, const Console::Destination& destination)
{
    const SessionId id = session.id;
    const QString question = Text::exportQuestion(call->services.sessions.nameOf(session), id);
    const auto give = [call, id, destination] {
        call->services.signer.exportKey(id, *call,
            onward<SharedSecret>(call,
                [call, id, destination](const SharedSecret& key) { deliver(call, id, destination, key); }));
    };
    call->console->confirm(
        question, onward<void>(call, [call, give] { call->openVault(onward<void>(call, give)); }));
}

void exportEncrypted(const CallPtr& call, const Session& session, const Console::Destination& destination)
{
    if (session.id.family() != "nostr"_L1)
        return call->finish(fail(Error{ErrorCode::InvalidInput, Why::WrongNetwork}));
    const SessionId id = session.id;
    const auto give = [call, id, destination](const SharedSecret& passphrase) {
        call->services.signer.exportEncrypted(
            id, passphrase, *call, onward<QByteArray>(call, [=](const QByteArray& ncryptsec) {
                deliver(call, id, destination,
                    std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(bytesOf(ncryptsec))));
            }));
    };
    // One that is encrypted is given out as it is, under the passphrase it has.
    const bool asItIs = session.signer == session::SignerKind::EncryptedKey;
    call->openVault(onward<void>(call, [call, asItIs, give] {
        if (asItIs)
            give({});
        else
            call->console->passphrase(Console::Passphrase::NewKey, {}, onward<SharedSecret>(call, give));
    }));
}

} // namespace

void signEvent(const CallPtr& call)
{
    call->console->readInput(onward<SharedSecret>(call, [call](const SharedSecret& input) {
        const QByteArray event = toQByteArray(input->view());
        const auto& sessions = call->services.sessions;
        const auto id = call->request.has(u"session"_s)
            ? session::findSession(sessions, call->request.value(u"session"_s))
            : signing::whoSigns(sessions, event);
        if (!id)
            return call->finish(fail(id.error()));
        if (id->family() != "nostr"_L1)
            return call->finish(fail(Error{ErrorCode::InvalidInput, Why::WrongNetwork}));
        call->services.signer.signEvent(*id, event, *call, *call,
            onward<QByteArray>(call, [call](const QByteArray& json) { printLine(call, json); }));
    }));
}

void signDigest(const CallPtr& call)
{
    const QByteArray text = call->request.argument(0).toLatin1();
    const auto digest = codec::fromHex(std::string_view(text.constData(), std::size_t(text.size())));
    if (!digest || digest->size() != 32)
        return call->finish(fail(Error{ErrorCode::InvalidInput, Why::BadDigest}));
    if (!call->request.has(u"session"_s))
        return call->finish(
            fail(Text::usage(Text::tr("Usage: hatstand sign-digest HEX64 --session SESSION"))));
    const auto id = session::findSession(call->services.sessions, call->request.value(u"session"_s));
    if (!id)
        return call->finish(fail(id.error()));
    if (id->family() != "antelope"_L1)
        return call->finish(fail(Error{ErrorCode::InvalidInput, Why::WrongNetwork}));
    ByteArray<32> bytes{};
    std::copy(digest->begin(), digest->end(), bytes.begin());
    call->services.signer.signDigest(*id, bytes, *call, *call,
        onward<QString>(call, [call](const QString& signature) { printLine(call, signature.toLatin1()); }));
}

void exportKey(const CallPtr& call)
{
    const Request& request = call->request;
    const bool plain = request.has(u"key"_s);
    if (plain == request.has(u"ncryptsec"_s))
        return call->finish(
            fail(Text::usage(Text::tr("Usage: hatstand export SESSION (--ncryptsec | --key) [--to FILE]"))));
    if (request.has(u"to"_s) && request.value(u"to"_s).isEmpty())
        return call->finish(fail(Text::usage(Text::tr("--to needs a file."))));
    const auto id = session::findSession(call->services.sessions, request.argument(0));
    if (!id)
        return call->finish(fail(id.error()));
    const Session session = *call->services.sessions.find(*id);
    if (const auto can = checkHasKey(session); !can)
        return call->finish(can);
    const Console::Destination destination{request.value(u"to"_s), plain};
    call->console->checkDestination(destination, onward<void>(call, [=] {
        if (plain)
            exportPlain(call, session, destination);
        else
            exportEncrypted(call, session, destination);
    }));
}

} // namespace hatstand::app::commands
