// SPDX-License-Identifier: MIT
#include "core/base/Settings.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <array>

namespace hatstand {
namespace {

using namespace Qt::Literals::StringLiterals;

/// Whatever stays on the line that `config list` gives it.
bool isLine(const QString& value)
{
    return value.isValidUtf16() && std::all_of(value.begin(), value.end(), [](QChar c) {
        return c.category() != QChar::Other_Control && c.category() != QChar::Separator_Line
            && c.category() != QChar::Separator_Paragraph;
    });
}

bool isBool(const QString& value)
{
    return value == "true"_L1 || value == "false"_L1;
}

bool isTheme(const QString& value)
{
    return value == "system"_L1 || value == "light"_L1 || value == "dark"_L1;
}

bool isOrder(const QString& value)
{
    return value == "mine"_L1 || value == "recent"_L1 || value == "name"_L1;
}

/// When a notification tells of a switch; "shortcut": one by a global shortcut.
bool isNotifying(const QString& value)
{
    return value == "always"_L1 || value == "shortcut"_L1 || value == "never"_L1;
}

bool isVault(const QString& value)
{
    return value == "keychain"_L1 || value == "passphrase"_L1;
}

bool isMinutes(const QString& value)
{
    const int minutes = value.toInt();
    return minutes >= 1 && minutes <= 24 * 60 && value == QString::number(minutes);
}

struct Key
{
    QLatin1StringView name;
    QLatin1StringView byDefault;
    bool (*accepts)(const QString& value);
};

/// Shortcut values are QKeySequence::PortableText, "none" for no keys; "shortcuts.accounts" holds only the
/// modifiers that go with the digits 1 to 9. That a text is a key sequence is checked where there is a Gui.
/// "shortcuts.global.*" work in every program; "shortcuts.portal" is whether a desktop that gives such keys
/// out is asked for them.
/// "links.service" forwards what programs of the Anchor protocol tell each other.
/// "nostr.indexers": the first two keep everybody's profiles, follow lists and relay lists; the others take
/// whatever an account without a relay list writes. "none" for no indexers.
constexpr std::array kKeys{
    Key{"links.service"_L1, "https://cb.anchor.link"_L1, isLine},
    Key{"lock.idleMinutes"_L1, "15"_L1, isMinutes},
    Key{"lock.onScreenLock"_L1, "true"_L1, isBool},
    Key{"lock.onSuspend"_L1, "true"_L1, isBool},
    Key{"lock.onUserSwitch"_L1, "true"_L1, isBool},
    Key{"network.hosts"_L1, ""_L1, isLine},
    Key{"network.proxy"_L1, ""_L1, isLine},
    Key{"nostr.indexers"_L1, "wss://purplepag.es,wss://user.kindpag.es,wss://relay.damus.io,wss://nos.lol"_L1,
        isLine},
    Key{"notify.switch"_L1, "shortcut"_L1, isNotifying},
    Key{"pictures.remote"_L1, "true"_L1, isBool},
    Key{"shortcuts.accounts"_L1, "Ctrl"_L1, isLine},
    Key{"shortcuts.add"_L1, "Ctrl+N"_L1, isLine},
    Key{"shortcuts.global.accounts"_L1, "Ctrl+Alt"_L1, isLine},
    Key{"shortcuts.global.add"_L1, "none"_L1, isLine},
    Key{"shortcuts.global.last"_L1, "Ctrl+Alt+0"_L1, isLine},
    Key{"shortcuts.global.next"_L1, "none"_L1, isLine},
    Key{"shortcuts.global.previous"_L1, "none"_L1, isLine},
    Key{"shortcuts.global.switcher"_L1, "Ctrl+Alt+K"_L1, isLine},
    Key{"shortcuts.help"_L1, "Ctrl+/"_L1, isLine},
    Key{"shortcuts.last"_L1, "Ctrl+0"_L1, isLine},
    Key{"shortcuts.lock"_L1, "Ctrl+L"_L1, isLine},
    Key{"shortcuts.logout"_L1, "Del"_L1, isLine},
    Key{"shortcuts.moveDown"_L1, "Alt+Down"_L1, isLine},
    Key{"shortcuts.moveUp"_L1, "Alt+Up"_L1, isLine},
    Key{"shortcuts.next"_L1, "Ctrl+Tab"_L1, isLine},
    Key{"shortcuts.openRequest"_L1, "Ctrl+O"_L1, isLine},
    Key{"shortcuts.preferences"_L1, "Ctrl+,"_L1, isLine},
    Key{"shortcuts.portal"_L1, "true"_L1, isBool},
    Key{"shortcuts.previous"_L1, "Ctrl+Shift+Tab"_L1, isLine},
    Key{"shortcuts.quit"_L1, "Ctrl+Q"_L1, isLine},
    Key{"shortcuts.rename"_L1, "F2"_L1, isLine},
    Key{"shortcuts.search"_L1, "Ctrl+F"_L1, isLine},
    Key{"shortcuts.switcher"_L1, "Ctrl+K"_L1, isLine},
    Key{"signing.stopped"_L1, "false"_L1, isBool},
    Key{"ui.order"_L1, "mine"_L1, isOrder},
    Key{"ui.theme"_L1, "system"_L1, isTheme},
    Key{"vault.kind"_L1, ""_L1, isVault},
};

/// Kept with the others and not among them: what "vault.kind" was set to before there was a vault.
constexpr Key kWantedVault{"vault.wanted"_L1, ""_L1, isVault};

const Key* find(const QString& name)
{
    for (const Key& key : kKeys) {
        if (key.name == name)
            return &key;
    }
    return name == kWantedVault.name ? &kWantedVault : nullptr;
}

} // namespace

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_file(std::make_unique<QSettings>(file, QSettings::IniFormat))
{
}

QStringList Settings::keys()
{
    QStringList names;
    for (const Key& key : kKeys)
        names += QString(key.name);
    return names;
}

QString Settings::defaultOf(const QString& name)
{
    const Key* key = find(name);
    return key ? QString(key->byDefault) : QString();
}

Result<QString> Settings::get(const QString& name) const
{
    if (!find(name))
        return refuse(Why::BadSetting, name);
    return value(name);
}

QString Settings::value(const QString& name) const
{
    const Key* key = find(name);
    Q_ASSERT(key);
    const QString stored = m_file->value(name).toString();
    return !stored.isEmpty() && key->accepts(stored) ? stored : QString(key->byDefault);
}

Result<void> Settings::set(const QString& name, const QString& value)
{
    const Key* key = find(name);
    if (!key || (!value.isEmpty() && !key->accepts(value)))
        return refuse(Why::BadSetting, name);
    const QString before = this->value(name);
    const QString file = m_file->fileName();
    if (m_file->status() != QSettings::NoError) // it keeps the first error for good
        m_file = std::make_unique<QSettings>(file, QSettings::IniFormat);
    const QVariant stored = m_file->value(name);
    put(name, value == key->byDefault ? QString() : value);
    m_file->sync();
    if (m_file->status() != QSettings::NoError) {
        put(name, stored.toString()); // otherwise it goes on with the new value as if it were written
        return fail(ErrorCode::Disk, file);
    }
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
    if (this->value(name) != before)
        Q_EMIT changed(name);
    return {};
}

void Settings::put(const QString& name, const QString& value)
{
    if (value.isEmpty())
        m_file->remove(name);
    else
        m_file->setValue(name, value);
}

bool Settings::isChanged(const QString& name) const
{
    return value(name) != defaultOf(name);
}

} // namespace hatstand
