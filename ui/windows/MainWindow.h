// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/SecretBuffer.h"
#include "core/session/Session.h"
#include "ui/UiContext.h"

#include <QWidget>

class QBoxLayout;
class QFrame;
class QLabel;
class QSplitter;
class QStackedWidget;

namespace hatstand::session {
struct LoggedOut;
}

namespace hatstand::ui {

class AccountsPane;
class DetailPane;
class EmptyPage;
class LockCommand;
class StatusLine;
class Toolbar;

/// The window. Shows the model and sends commands to the session core; every dialog it needs it asks for by a
/// signal (WindowDialogs opens them), so it knows none.
class MainWindow final : public QWidget
{
    Q_OBJECT
public:
    explicit MainWindow(UiContext& context, QWidget* parent = nullptr);
    ~MainWindow() override;
    [[nodiscard]] session::SessionId shown() const; ///< whose detail is at the right
    [[nodiscard]] const DetailPane& detail() const { return *m_detail; }

public Q_SLOTS:
    void showAccounts(); ///< brings it up, on this desktop, with the focus
    void openAddDialog();
    void openAddDialog(SharedSecret pasted);
    void openLogout(const hatstand::session::SessionId& id);
    void openLogoutAll();
    void openPreferences();
    void openUnlock();
    /// With a tray closing hides the window; without one it is the switcher, says so, and closing only
    /// minimises it. Until it is known, closing minimises.
    void setHasTray(bool hasTray);
    void note(const QString& text); ///< for 3 s in the status bar
    void complain(const QString& text);

Q_SIGNALS:
    void addRequested(const hatstand::SharedSecret& pasted); ///< null: nothing was pasted
    void addPrivateKeyRequested();
    void addWatchRequested();
    void logoutRequested(const hatstand::session::SessionId& id);
    void logoutAllRequested();
    void exportRequested(const hatstand::session::SessionId& id);
    void repairRequested(const hatstand::session::SessionId& id);
    void unlockRequested();
    void openRequestRequested();
    void requestOpened(const QString& uri); ///< an esr: link, to be asked about
    void preferencesRequested();
    void shortcutsRequested();
    void switcherRequested();
    void restingRequested();

protected:
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void connectParts();
    void installShortcuts();
    [[nodiscard]] session::SessionId meant() const; ///< by a key: the row that has the focus, or who is shown
    void onModelCount();
    void onActive(const session::SessionId& id);
    void offerUndo(const session::LoggedOut& left);
    void activate(const session::SessionId& id);
    void activateAt(int place);
    void arrange();
    void showDetail(bool shown);
    void editName(const session::SessionId& id);
    void followStop();
    [[nodiscard]] bool isNarrow() const;
    [[nodiscard]] bool leaveToSwitcher(QObject* watched, QEvent& event) const;
    [[nodiscard]] bool takePaste(bool privateKeysOnly);

    UiContext& m_context;
    LockCommand* m_lock;
    Toolbar* m_toolbar;
    QFrame* m_stopped;
    QFrame* m_noTray;
    QFrame* m_setAside;
    QStackedWidget* m_pages;
    EmptyPage* m_empty;
    QSplitter* m_split;
    QWidget* m_left;
    QBoxLayout* m_leftLayout;
    AccountsPane* m_accounts;
    DetailPane* m_detail;
    StatusLine* m_status;
    QBoxLayout* m_layout;
    session::SessionId m_undoOf; ///< whose logout can be taken back
    bool m_hasTray = false;
    bool m_quitting = false;
    bool m_detailShown = false; ///< only while narrow: the detail covers the list
};

} // namespace hatstand::ui
