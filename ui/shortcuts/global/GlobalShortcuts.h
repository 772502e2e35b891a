// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Settings.h"
#include "ui/shortcuts/global/GlobalKeys.h"

#include <memory>
#include <optional>

namespace hatstand::ui {

/// What a key can do whichever program has the focus. The setting of each is "shortcuts.global.<name>".
enum class GlobalAction { Account, Switcher, Next, Previous, Last, Add };

/// Which keys work everywhere, as the person set them, and what the desktop made of them. One owner, the
/// composition root, which also does what is asked for.
class GlobalShortcuts final : public QObject
{
    Q_OBJECT
public:
    /// program: how a shell starts this program with this profile, "hatstand --home '/my files'".
    GlobalShortcuts(
        Settings& settings, std::unique_ptr<GlobalKeys> keys, QString program, QObject* parent = nullptr);
    ~GlobalShortcuts() override;
    /// Asks for the keys; nothing is touched before. Later changes are followed.
    void start();

    struct Row
    {
        GlobalAction action;
        QString name; ///< "next": the setting's name without "shortcuts.global.", that of ShortcutMap's row
        QString title;
    };
    [[nodiscard]] static QList<Row> rows();
    [[nodiscard]] static std::optional<Row> rowOf(const QString& name);
    [[nodiscard]] QKeySequence keys(GlobalAction action) const; ///< for Account the first, with digit 1
    [[nodiscard]] QString keysText(GlobalAction action) const; ///< "Ctrl+Alt+1 … 9"; empty for none
    [[nodiscard]] bool isChanged(GlobalAction action) const;
    /// The action that these keys already belong to, if another's.
    [[nodiscard]] std::optional<GlobalAction> holder(
        const QKeySequence& keys, std::optional<GlobalAction> except) const;
    /// InvalidInput if another action holds them or they lack a modifier other than Shift; for Account only a
    /// digit 1 to 9 is taken. Empty keys turn it off. Disk.
    [[nodiscard]] Result<void> set(GlobalAction action, const QKeySequence& keys);
    [[nodiscard]] Result<void> resetAll();

    [[nodiscard]] GlobalKeys::Way way() const;
    /// The keys in the desktop's words, where it decides them; empty: it gave none.
    [[nodiscard]] QString triggerText(GlobalAction action) const;
    /// Why the keys do nothing, in one sentence; empty: they work, or nobody knows yet.
    [[nodiscard]] QString trouble(GlobalAction action) const;
    struct Command
    {
        QString title; ///< "Switch to account 3"
        QString line; ///< for a shell: "hatstand switch --position 3"
    };
    /// What does the same where no keys can be had: to be bound in the desktop's own settings.
    [[nodiscard]] QList<Command> commands() const;

    void setPaused(bool paused); ///< while keys are being recorded
    void lookAgain(); ///< a program that held a key may have ended
    /// Whether the person said no when the desktop asked; it is not asked again until askAgain().
    [[nodiscard]] bool isDeclined() const;
    void askAgain();

Q_SIGNALS:
    void changed();
    void triggered(hatstand::ui::GlobalAction action, int digit); ///< digit 1 to 9 for Account, else 0

private:
    void bind();
    [[nodiscard]] QStringList idsOf(GlobalAction action) const;
    void onPressed(const QString& id);

    Settings& m_settings;
    std::unique_ptr<GlobalKeys> m_keys;
    QString m_program;
    bool m_started = false;
};

} // namespace hatstand::ui
