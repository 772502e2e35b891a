// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shortcuts/ShortcutMap.h"

class QKeyEvent;
class QShortcut;

namespace hatstand::ui {

/// One command in one window: a QShortcut, or, where the keys are digits, a filter that takes them by their
/// place.
class InstalledShortcut final : public QObject
{
    Q_OBJECT
public:
    InstalledShortcut(
        const ShortcutMap& map, QWidget* window, Command command, std::function<void(int)> handler);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();
    [[nodiscard]] std::optional<int> digitMeant(const QKeyEvent& event) const;

    const ShortcutMap& m_map;
    QWidget* m_window;
    Command m_command;
    std::function<void(int)> m_handler;
    QShortcut* m_shortcut;
    QKeyCombination m_digit{}; ///< Key_unknown's place, 0, where the keys are no digit
};

} // namespace hatstand::ui
