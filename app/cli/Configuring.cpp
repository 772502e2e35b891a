// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "core/accounts/NetSetup.h"
#include "core/secrets/VaultSetup.h"
#include "core/session/SessionManager.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Configuring)
public:
    /// Of a value that a setting of the network does not take.
    static Error badNetSetting(const QString& key, const QString& word)
    {
        const QString sentence = key == "nostr.indexers"_L1
            ? tr("“%1” is not a relay's address, which begins with wss:// or ws://.")
            : key == "links.service"_L1 ? tr("“%1” is not the https address of a host.")
            : key == "network.hosts"_L1 ? tr("“%1” is not the name or address of a host.")
                                        : tr("“%1” is not a proxy: socks5://HOST:PORT or http://HOST:PORT.");
        return refusal(sentence.arg(word.left(80)));
    }
    static Error refusal(const QString& text) { return {.code = ErrorCode::InvalidInput, .detail = text}; }
};

const QString kVaultKind = u"vault.kind"_s;
const QString kWantedVault = u"vault.wanted"_s;

/// The vault is made with its first secret. Until then the setting says only which one it shall be.
Result<void> setVaultKind(const Services& services, const QString& value)
{
    if (value == services.settings.value(kVaultKind) && !value.isEmpty())
        return {};
    if (services.vaultSetup.isDecided())
        return fail(Text::refusal(Text::tr("vault.kind can't be changed once keys are kept.")));
    const auto set = services.settings.set(kWantedVault, value);
    return set || set.error().code != ErrorCode::InvalidInput ? set : refuse(Why::BadSetting, kVaultKind);
}

QString valueOf(const Services& services, const QString& key)
{
    const QString value = services.settings.value(key);
    return key == kVaultKind && value.isEmpty() ? services.settings.value(kWantedVault) : value;
}

} // namespace

void configList(const CallPtr& call)
{
    QJsonObject all;
    QString lines;
    for (const QString& key : Settings::keys()) {
        const QString value = valueOf(call->services, key);
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
    const QString key = call->request.argument(0);
    if (!Settings::keys().contains(key))
        return call->finish(refuse(Why::BadSetting, key));
    const QString value = valueOf(call->services, key);
    if (call->request.json())
        call->console->out(jsonLines(QJsonObject{{key, value}}));
    else
        call->out(value + u'\n');
    call->finish({});
}

void configSet(const CallPtr& call)
{
    const QString key = call->request.argument(0);
    const QString value = call->request.argument(1);
    if (!Settings::keys().contains(key))
        return call->finish(refuse(Why::BadSetting, key));
    if (key == kVaultKind)
        return call->finish(setVaultKind(call->services, value));
    if (!accounts::isNetSetting(key))
        return call->finish(call->services.settings.set(key, value));
    const auto checked = accounts::checkNetSetting(key, value);
    call->finish(checked ? call->services.settings.set(key, *checked)
                         : fail(Text::badNetSetting(key, checked.error().detail)));
}

} // namespace hatstand::app::commands
