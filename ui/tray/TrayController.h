// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/models/LockCommand.h"
#include "ui/tray/TrayHostWatcher.h"

#include <QSystemTrayIcon>
#include <memory>

namespace hatstand {
class Settings;
namespace secrets {
class Vault;
}
} // namespace hatstand

namespace hatstand::ui {

class TrayMenu;

/// The icon in the tray, from the first tray that appears on. Switches accounts itself; everything that needs
/// a window it asks for.
class TrayController final : public QObject
{
    Q_OBJECT
public:
    TrayController(session::SessionManager& sessions, const SessionModel& model, secrets::Vault& vault,
        Settings& settings, QObject* parent, std::chrono::milliseconds grace = TrayHostWatcher::kGrace);
    TrayController(const UiContext& context, QObject* parent);
    ~TrayController() override;
    /// An icon can be seen now. While it is not, the window is the only way to the accounts.
    [[nodiscard]] bool isAvailable() const;
    /// So that nobody takes a stranger's name in it for markup: Qt shows the tooltip in an XEmbed tray and
    /// guesses what it is; some panels that show StatusNotifier items render it, others don't.
    [[nodiscard]] static QString toolTipFor(TrayHostWatcher::Host host, QString text);
    /// So many questions wait for the person's answer: the icon has a dot, the tooltip says so, and the
    /// menu leads there.
    void setWaiting(int questions);
    [[nodiscard]] int waiting() const { return m_waiting; }
    /// icon, with the dot at the top right of each of its sizes.
    [[nodiscard]] static QIcon withDot(const QIcon& icon);
    /// Empty for none.
    [[nodiscard]] static QString waitingText(int questions);

Q_SIGNALS:
    void questionWanted(); ///< the one that waits is to come to the front
    void showWindowRequested();
    /// A click on the icon. Where on the screen it is; empty where the desktop does not say (StatusNotifier).
    void switcherRequested(const QRect& icon);
    void addRequested();
    void logoutRequested(const hatstand::session::SessionId& id);
    void logoutAllRequested();
    void unlockRequested();
    void preferencesRequested();
    void quitRequested();
    void availableChanged(bool available);
    void looked(); ///< once: the icon of a tray that was there from the start shows

private:
    void onHost(TrayHostWatcher::Host host);
    void onActivated(QSystemTrayIcon::ActivationReason reason);
    void switchTo(const session::SessionId& id);
    void updateIcon();
    void updateToolTip();
    [[nodiscard]] QIcon icon() const;

    session::SessionManager& m_sessions;
    const SessionModel& m_model;
    LockCommand m_lock;
    TrayHostWatcher m_watcher;
    int m_waiting = 0; ///< questions
    std::unique_ptr<TrayMenu> m_menu; ///< before the icon, which refers to it
    std::unique_ptr<QSystemTrayIcon> m_icon; ///< null until a tray was there
};

} // namespace hatstand::ui
