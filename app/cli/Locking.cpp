// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"
#include "core/secrets/VaultSetup.h"
#include "core/signing/StoppableSigner.h"

#include <QCoreApplication>

namespace hatstand::app::commands {
namespace {

using secrets::VaultKind;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Locking)
public:
    static Error refusal(const QString& text) { return {.code = ErrorCode::InvalidInput, .detail = text}; }
    static Error noKeys() { return refusal(tr("This profile keeps no keys yet.")); }
    static Error noPassphrase() { return refusal(tr("There is no Hatstand passphrase.")); }
};

/// So that whoever asks next is told of it.
void finishOnceKnown(const CallPtr& call)
{
    call->services.sessions.refreshStates([call](const Result<void>&) { call->finish({}); });
}

void change(const CallPtr& call, const SharedSecret& before, const SharedSecret& after)
{
    call->services.vault.changePassphrase(
        before, after, onward<void>(call, [call] { finishOnceKnown(call); }));
}

/// Whether there is a passphrase is known once the vault was asked; the answer itself is then its state().
void onceAsked(const CallPtr& call, std::function<void()> then)
{
    call->services.vault.refresh([then = std::move(then)](const Result<secrets::VaultState>&) { then(); });
}

/// Goes on with the passphrase there is; refuses where there is none.
void withPassphrase(const CallPtr& call, const std::function<void(const SharedSecret&)>& then)
{
    onceAsked(call, [call, then] {
        if (!call->services.vault.takesPassphrase())
            return call->finish(fail(Text::noPassphrase()));
        call->console->passphrase(Console::Passphrase::Vault, {}, onward<SharedSecret>(call, then));
    });
}

} // namespace

void lock(const CallPtr& call)
{
    onceAsked(call, [call] {
        if (!call->services.vault.takesPassphrase()) {
            return call->finish(fail(Text::refusal(
                Text::tr("There is no Hatstand passphrase to forget; the desktop locks its own keychain. "
                         "“hatstand pause” stops signing."))));
        }
        call->services.vault.lock([call](const Result<void>& done) { call->finish(done); });
    });
}

void unlock(const CallPtr& call)
{
    if (call->services.vault.kind() == VaultKind::None)
        return call->finish(fail(Text::noKeys()));
    call->openVault(onward<void>(call, [call] { finishOnceKnown(call); }));
}

void pause(const CallPtr& call)
{
    call->finish(signing::setSigningStopped(call->services.settings, true));
}

void resume(const CallPtr& call)
{
    call->finish(signing::setSigningStopped(call->services.settings, false));
}

void passphraseSet(const CallPtr& call)
{
    if (call->services.vault.kind() == VaultKind::None)
        return call->finish(fail(Text::noKeys()));
    onceAsked(call, [call] {
        if (call->services.vault.takesPassphrase()) {
            return call->finish(fail(Text::refusal(Text::tr(
                "There is a Hatstand passphrase already. “hatstand passphrase change” gives it another."))));
        }
        call->openVault(onward<void>(call, [call] {
            call->console->passphrase(Console::Passphrase::NewVault, {},
                onward<SharedSecret>(call, [call](const SharedSecret& after) { change(call, {}, after); }));
        }));
    });
}

void passphraseChange(const CallPtr& call)
{
    withPassphrase(call, [call](const SharedSecret& before) {
        call->console->passphrase(Console::Passphrase::NewVault, {},
            onward<SharedSecret>(
                call, [call, before](const SharedSecret& after) { change(call, before, after); }));
    });
}

void passphraseRemove(const CallPtr& call)
{
    if (call->services.vault.kind() == VaultKind::Passphrase) {
        return call->finish(
            fail(Text::refusal(Text::tr("Keys in Hatstand's own file are always under a passphrase."))));
    }
    withPassphrase(call, [call](const SharedSecret& before) { change(call, before, {}); });
}

} // namespace hatstand::app::commands
