// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "core/secrets/VaultSetup.h"
#include "core/session/SessionManager.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultKind;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Configuring)
public:
    static Error refusal(const QString& text) { return {.code = ErrorCode::InvalidInput, .detail = text}; }
};

/// The vault is chosen with its first secret, so the setting can be changed only to what it is already.
Result<void> setVaultKind(const Services& services, const QString& value)
{
    if (value == services.settings.value(u"vault.kind"_s))
        return {};
    return fail(services.vaultSetup.isDecided()
            ? Text::refusal(Text::tr("vault.kind can't be changed once keys are kept."))
            : Text::refusal(Text::tr(
                "vault.kind is chosen with the first key: --vault keychain or --vault passphrase.")));
}

} // namespace

void configList(const CallPtr& call)
{
    QJsonObject all;
    QString lines;
    for (const QString& key : Settings::keys()) {
        const QString value = call->services.settings.value(key);
        all.insert(key, value);
        lines += key + u'=' + value + u'\n';
    }
    if (call->request.json())
        call->console->out(jsonLines(all));
    else
        call->out(lines);
    call->finish({});
}

void configGet(const CallPtr& call)
{
    const auto value = call->services.settings.get(call->request.argument(0));
    if (!value)
        return call->finish(fail(value.error()));
    if (call->request.json())
        call->console->out(jsonLines(QJsonObject{{call->request.argument(0), *value}}));
    else
        call->out(*value + u'\n');
    call->finish({});
}

void configSet(const CallPtr& call)
{
    const QString key = call->request.argument(0);
    const QString value = call->request.argument(1);
    call->finish(key == "vault.kind"_L1 ? setVaultKind(call->services, value)
                                        : call->services.settings.set(key, value));
}

void lock(const CallPtr& call)
{
    if (call->services.vault.kind() != VaultKind::Passphrase) {
        return call->finish(fail(Text::refusal(
            Text::tr("There is no Hatstand passphrase to forget; the desktop locks its own keychain."))));
    }
    call->services.vault.lock([call](const Result<void>& done) { call->finish(done); });
}

void unlock(const CallPtr& call)
{
    if (call->services.vault.kind() == VaultKind::None)
        return call->finish(fail(Text::refusal(Text::tr("This profile keeps no keys yet."))));
    call->openVault([call](const Result<void>& done) { call->finish(done); });
}

} // namespace hatstand::app::commands
