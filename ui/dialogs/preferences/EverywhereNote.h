// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/parts/Parts.h"
#include "ui/shortcuts/global/GlobalShortcuts.h"

namespace hatstand::ui {

/// Above the table: who has the last word on the keys that work everywhere, where that is not Hatstand.
class EverywhereNote final : public QFrame
{
    Q_OBJECT
public:
    explicit EverywhereNote(GlobalShortcuts& shortcuts, QWidget* parent = nullptr);

Q_SIGNALS:
    void commandsWanted();

private:
    void refresh();

    GlobalShortcuts& m_shortcuts;
    QLabel* m_text;
    QPushButton* m_ask;
    QPushButton* m_show;
};

/// What to bind in the desktop's own settings where no program gets keys: one command a row, to be copied.
class CommandCard final : public QFrame
{
    Q_OBJECT
public:
    explicit CommandCard(GlobalShortcuts& shortcuts, QWidget* parent = nullptr);

private:
    void addRow(class QVBoxLayout* rows, const GlobalShortcuts::Command& command);
};

} // namespace hatstand::ui
