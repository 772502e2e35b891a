// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Settings.h"

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <functional>
#include <optional>

class QKeyEvent;
class QWidget;

namespace hatstand::ui {

/// Everything a key can do in the window. The setting of each is "shortcuts.<name>".
enum class Command {
    SwitchToAccount,
    Next,
    Previous,
    Last,
    Add,
    Switcher,
    Search,
    Rename,
    LogOut,
    Lock, ///< or stop signing: LockCommand
    MoveUp,
    MoveDown,
    OpenRequest,
    Preferences,
    Help,
    Quit
};

/// Which keys do what, as the person set it. Digits 1 to 9 are taken by their physical row, so that they work
/// where the layout needs Shift for digits (fr). One owner, the composition root; windows install their
/// actions.
class ShortcutMap final : public QObject
{
    Q_OBJECT
public:
    explicit ShortcutMap(Settings& settings, QObject* parent = nullptr);

    struct Row
    {
        Command command;
        QString name; ///< "next": the setting's name without "shortcuts."
        QString title; ///< "Next account"
    };
    [[nodiscard]] static QList<Row> rows(); ///< in the order they are shown
    [[nodiscard]] QKeySequence keys(Command command) const; ///< for SwitchToAccount the first, with digit 1
    [[nodiscard]] QString keysText(Command command) const; ///< "Ctrl+1 … Ctrl+9", "Ctrl+Tab", empty for none
    /// As a person reads them: "Ctrl+Shift+Tab", "Delete".
    [[nodiscard]] static QString textOf(const QKeySequence& keys);
    /// Whether a key event is this command's. For a widget that would take the keys for itself.
    [[nodiscard]] bool isPressed(Command command, const QKeyEvent& event) const;
    [[nodiscard]] bool isChanged(Command command) const;
    /// The command that these keys already belong to, if another's.
    [[nodiscard]] std::optional<Command> holder(
        const QKeySequence& keys, std::optional<Command> except) const;
    /// InvalidInput if another command holds them, or if they would type text (a letter without a modifier);
    /// for SwitchToAccount only a digit 1 to 9 with a modifier is taken. Empty keys remove the shortcut.
    /// Disk.
    [[nodiscard]] Result<void> set(Command command, const QKeySequence& keys);
    [[nodiscard]] Result<void> resetAll();

    /// handler is called with 1 to 9 for SwitchToAccount, otherwise with 0. Lives as long as window. In a
    /// text field that is being edited, keys that edit text (Delete, Ctrl+0 …) stay the field's.
    void install(QWidget* window, Command command, std::function<void(int digit)> handler);

Q_SIGNALS:
    void changed();

private:
    Settings& m_settings;
};

} // namespace hatstand::ui
