// SPDX-License-Identifier: MIT
#include "app/cli/Call.h"

#include "app/Person.h"
#include "app/cli/Report.h"
#include "core/base/Settings.h"
#include "core/secrets/VaultSetup.h"
#include "core/session/SessionManager.h"
#include "core/signing/ChainWords.h"

#include <QCoreApplication>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultKind;
using secrets::VaultState;

class Consent
{
    Q_DECLARE_TR_FUNCTIONS(Consent)
public:
    static QString inTheWindow() { return tr("Waiting for your answer in Hatstand's window.") + u'\n'; }
    /// Empty: all that is to be signed was shown.
    static QString caution(const signing::SigningRequest& request)
    {
        if (!request.chain)
            return {};
        if (request.chain->isUnreadable())
            return tr("Part of this can't be read. What it does with the account is not known. Sign it all "
                      "the same?");
        const auto& actions = request.chain->actions;
        const bool isCut = std::any_of(
            actions.cbegin(), actions.cend(), [](const signing::ActionWords& each) { return each.isCut; });
        return isCut ? tr("There is more to this than was shown. Sign it all the same?") : QString();
    }
    /// Who and what once more in the last line, which is in sight however long the text above it is.
    /// It is the command that asks, whichever way it came to need a signature.
    static QString question(
        const signing::SigningRequest& request, const QString& command, const QString& shortId)
    {
        return tr("%1 wants to %2\nSigning as %3 (%4)\n\n%5\n\nSign as %3 (%6): %2?")
            .arg("hatstand "_L1 + command, request.what, request.sessionName, request.session.text(),
                request.text, shortId);
    }
};

QString nameOf(VaultKind kind)
{
    return kind == VaultKind::Passphrase ? u"passphrase"_s : u"keychain"_s;
}

} // namespace

Call::Call(const Services& theServices, Request theRequest, std::shared_ptr<Console> theConsole,
    std::function<void(int)> done)
    : services(theServices)
    , request(std::move(theRequest))
    , console(std::move(theConsole))
    , m_done(std::move(done))
{
}

void Call::finish(const Result<void>& result)
{
    if (auto done = std::exchange(m_done, {}))
        done(report(result, request.json(), *console));
}

void Call::finishSaid(const Result<void>& result)
{
    if (auto done = std::exchange(m_done, {}))
        done(report(result, false, *console));
}

void Call::openVault(Callback<void> done)
{
    const VaultKind kind = services.vault.kind();
    const QString wanted = request.value(u"vault"_s);
    if (kind == VaultKind::None)
        return chooseVault(
            wanted.isEmpty() ? services.settings.value(u"vault.wanted"_s) : wanted, std::move(done));
    if (!wanted.isEmpty() && wanted != nameOf(kind)) {
        return done(fail(Error{ErrorCode::Usage, Why::Unsaid,
            QCoreApplication::translate(
                "Vault", "This profile already keeps its keys elsewhere: vault.kind is %1.")
                .arg(nameOf(kind))}));
    }
    services.vault.refresh(
        [self = shared_from_this(), done = std::move(done)](const Result<VaultState>& state) mutable {
            if (state && *state == VaultState::Locked)
                self->unlock(std::move(done));
            else
                done({}); // whatever else is wrong, the vault itself says best when it is used
        });
}

void Call::chooseVault(const QString& kind, Callback<void> done)
{
    if (kind != "passphrase"_L1)
        return services.vaultSetup.useKeychain(std::move(done));
    console->passphrase(Console::Passphrase::NewVault, {},
        [self = shared_from_this(), done = std::move(done)](Result<SharedSecret> passphrase) mutable {
            if (!passphrase)
                return done(fail(passphrase.error()));
            if (self->services.vault.kind() == VaultKind::Keychain) // chosen by another while this was typed
                return self->openVault(std::move(done));
            self->services.vaultSetup.usePassphrase(*passphrase, std::move(done));
        });
}

void Call::unlock(Callback<void> done)
{
    if (!services.vault.takesPassphrase()) // the desktop asks
        return services.vault.unlock({}, std::move(done));
    console->passphrase(Console::Passphrase::Vault, {},
        [self = shared_from_this(), done = std::move(done)](Result<SharedSecret> passphrase) mutable {
            if (passphrase)
                self->services.vault.unlock(*passphrase, std::move(done));
            else if (passphrase.error().code == ErrorCode::PassphraseRequired && self->window())
                self->services.person->unlock(std::move(done)); // who said yes there can type it there
            else
                done(fail(passphrase.error()));
        });
}

signing::Approver* Call::window() const
{
    return services.person ? services.person->approver() : nullptr;
}

bool Call::isThere() const
{
    return request.canAsk || window() != nullptr;
}

void Call::approve(const signing::SigningRequest& what, Callback<void> done)
{
    const Callback<void> answered
        = [self = shared_from_this(), done = std::move(done)](const Result<void>& answer) {
              if (answer)
                  self->openVault(done);
              else
                  done(answer);
          };
    if (signing::Approver* asks = window()) {
        if (request.command != "open"_L1)
            console->err(Consent::inTheWindow().toUtf8());
        signing::SigningRequest asked = what;
        asked.peer = asked.peer.isEmpty() ? "hatstand "_L1 + request.command : asked.peer;
        asked.isOwnName = true; // of all that comes by a command
        if (request.command != "open"_L1) // a link's opener has done its work
            asked.isGone = [waiting = console] { return waiting->isGone(); };
        return asks->approve(asked, answered);
    }
    // What can't be read, or not all of it, takes a second yes.
    const QString caution = Consent::caution(what);
    const auto first = [this, self = shared_from_this(), caution, answered](const Result<void>& yes) {
        if (!yes || caution.isEmpty())
            return answered(yes);
        console->confirm(caution, answered);
    };
    console->confirm(
        Consent::question(what, request.command, services.sessions.networks().shortId(what.session)), first);
}

void Call::ask(For what, const QString& sessionName, Callback<SharedSecret> done)
{
    const auto which = what == For::Vault ? Console::Passphrase::Vault
        : what == For::NewKey             ? Console::Passphrase::NewKey
                                          : Console::Passphrase::ExistingKey;
    console->passphrase(which, sessionName, std::move(done));
}

} // namespace hatstand::app
