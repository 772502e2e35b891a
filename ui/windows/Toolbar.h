// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"

#include <QFrame>

class QMenu;
class QPushButton;

namespace hatstand::ui {

class AccountCombo;
class LockCommand;

/// The 56 px above everything: quick switch, the page's tab, lock, menu and "Add account". Each is there only
/// while it does something.
class Toolbar final : public QFrame
{
    Q_OBJECT
public:
    Toolbar(UiContext& context, LockCommand& lock, QWidget* parent = nullptr);

Q_SIGNALS:
    void switchRequested(const hatstand::session::SessionId& id);
    void addRequested();
    void restingRequested();
    void logoutAllRequested();
    void openRequestRequested();
    void preferencesRequested();
    void shortcutsRequested();
    void quitRequested();

private:
    void fillMenu();
    void follow();

    UiContext& m_context;
    LockCommand& m_lockCommand;
    AccountCombo* m_combo;
    QPushButton* m_lock;
    QPushButton* m_menuButton;
    QPushButton* m_add;
    QMenu* m_menu;
};

} // namespace hatstand::ui
