// SPDX-License-Identifier: MIT
#include "ui/shortcuts/ShortcutMap.h"

#include "ui/shortcuts/InstalledShortcut.h"
#include "ui/shortcuts/KeySetting.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QWidget>
#include <array>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

struct Entry
{
    Command command;
    QLatin1StringView name;
    const char* title;
};

constexpr std::array kEntries{
    Entry{
        Command::SwitchToAccount, "accounts"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Switch to account 1 to 9")},
    Entry{Command::Next, "next"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Next account")},
    Entry{Command::Previous, "previous"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Previous account")},
    Entry{Command::Last, "last"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Last account")},
    Entry{Command::Add, "add"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Add account")},
    Entry{Command::Switcher, "switcher"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Quick switcher")},
    Entry{Command::Search, "search"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Find an account")},
    Entry{Command::Rename, "rename"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Rename")},
    Entry{Command::LogOut, "logout"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Log out")},
    Entry{Command::Lock, "lock"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Lock, or stop signing")},
    Entry{Command::MoveUp, "moveUp"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Move account up")},
    Entry{Command::MoveDown, "moveDown"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Move account down")},
    Entry{Command::OpenRequest, "openRequest"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Open signing request")},
    Entry{Command::Preferences, "preferences"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Preferences")},
    Entry{Command::Help, "help"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Show all shortcuts")},
    Entry{Command::Quit, "quit"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Quit")},
};

QString settingOf(Command command)
{
    for (const Entry& entry : kEntries) {
        if (entry.command == command)
            return "shortcuts."_L1 + entry.name;
    }
    return {};
}

KeyKind kindOf(Command command)
{
    return command == Command::SwitchToAccount ? KeyKind::Digits : KeyKind::One;
}

} // namespace

ShortcutMap::ShortcutMap(Settings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
{
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key.startsWith("shortcuts."_L1))
            Q_EMIT changed();
    });
}

QList<ShortcutMap::Row> ShortcutMap::rows()
{
    QList<Row> rows;
    for (const Entry& entry : kEntries)
        rows
            += Row{entry.command, QString(entry.name), QCoreApplication::translate("Shortcuts", entry.title)};
    return rows;
}

QKeySequence ShortcutMap::keys(Command command) const
{
    const QString setting = settingOf(command);
    const auto keys = keysFromSetting(kindOf(command), m_settings.value(setting));
    return keys ? *keys : *keysFromSetting(kindOf(command), Settings::defaultOf(setting));
}

QString ShortcutMap::textOf(const QKeySequence& keys)
{
    QString text = keys.toString(QKeySequence::NativeText);
    if (keys.count() == 1 && keys[0].key() == Qt::Key_Delete) {
        text = QKeySequence(QKeyCombination(keys[0].keyboardModifiers(), Qt::Key_A))
                   .toString(QKeySequence::NativeText);
        text.chop(1);
        text += QCoreApplication::translate("Shortcuts", "Delete", "the key");
    }
    return text;
}

QString ShortcutMap::keysText(Command command) const
{
    const QKeySequence first = keys(command);
    if (command != Command::SwitchToAccount || first.isEmpty())
        return textOf(first);
    const QKeySequence last(QKeyCombination(first[0].keyboardModifiers(), Qt::Key_9));
    return QCoreApplication::translate("Shortcuts", "%1 … %2", "first and last of nine shortcuts")
        .arg(textOf(first), textOf(last));
}

bool ShortcutMap::isPressed(Command command, const QKeyEvent& event) const
{
    const QKeySequence wanted = keys(command);
    return wanted.count() == 1
        && wanted[0]
        == QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, static_cast<Qt::Key>(event.key()));
}

bool ShortcutMap::isChanged(Command command) const
{
    return m_settings.isChanged(settingOf(command));
}

std::optional<Command> ShortcutMap::holder(const QKeySequence& wanted, std::optional<Command> except) const
{
    const KeyKind kind = except ? kindOf(*except) : KeyKind::One;
    for (const Entry& entry : kEntries) {
        if (entry.command != except && keysClash(kind, wanted, kindOf(entry.command), keys(entry.command)))
            return entry.command;
    }
    return std::nullopt;
}

Result<void> ShortcutMap::set(Command command, const QKeySequence& keys)
{
    const QString setting = settingOf(command);
    if (!keys.isEmpty()) {
        const bool fits = kindOf(command) == KeyKind::One || isAccountDigit(keys);
        if (!fits || typesText(keys) || holder(keys, command))
            return refuse(Why::BadSetting, setting);
    }
    return m_settings.set(setting, settingFromKeys(kindOf(command), keys));
}

Result<void> ShortcutMap::resetAll()
{
    for (const Entry& entry : kEntries) {
        if (auto done = m_settings.set(settingOf(entry.command), {}); !done)
            return done;
    }
    return {};
}

void ShortcutMap::install(QWidget* window, Command command, std::function<void(int digit)> handler)
{
    new InstalledShortcut(*this, window, command, std::move(handler));
}

} // namespace hatstand::ui
