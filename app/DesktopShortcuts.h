// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/shortcuts/global/GlobalShortcuts.h"

namespace hatstand::session {
class SessionManager;
}

namespace hatstand::app {

/// The way to global shortcuts on this desktop, chosen once: grabs where the X server is the desktop's own,
/// the portal under Wayland and in a sandbox, otherwise none.
[[nodiscard]] std::unique_ptr<ui::GlobalKeys> makeGlobalKeys();

/// How a shell starts this program with this profile. home: --home, or empty.
[[nodiscard]] QString shellCommand(const QString& home);

/// What the keys ask for: which account to switch to, without showing anything, and which window.
class DesktopShortcuts final : public QObject
{
    Q_OBJECT
public:
    DesktopShortcuts(
        const session::SessionManager& sessions, ui::GlobalShortcuts& shortcuts, QObject* parent = nullptr);

Q_SIGNALS:
    void switchRequested(const hatstand::session::SessionId& id); ///< to another account than the active one
    void switcherRequested();
    void addRequested();

private:
    void onTriggered(ui::GlobalAction action, int digit);
    void switchTo(const session::SessionId& id);

    const session::SessionManager& m_sessions;
};

} // namespace hatstand::app
