// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace hatstand::ui {

class SwitcherDelegate;
class SwitcherFoot;
class SwitcherModel;

/// The quick switcher: type, choose, and it is gone. Switches by itself; what needs the window it asks for.
/// Made anew for each use (WA_DeleteOnClose), so that it always begins with all accounts and costs nothing
/// while it is away.
class SwitcherWindow final : public QDialog
{
    Q_OBJECT
public:
    explicit SwitcherWindow(UiContext& context, QWidget* parent = nullptr);
    ~SwitcherWindow() override;
    /// On the screen with the pointer, or beside the tray icon where its place on the screen is known. On
    /// Wayland the compositor places it.
    void showAt(const QRect& icon = {});
    void comeToFront();
    [[nodiscard]] session::SessionId chosen() const; ///< whom Enter switches to; empty: nobody

Q_SIGNALS:
    void addRequested();
    void logoutRequested(const hatstand::session::SessionId& id);
    void logoutAllRequested();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void installShortcuts();
    void followAccounts();
    void followKeys();
    void onQuery(const QString& text);
    void onRows();
    void onCurrent();
    void setRow(int row);
    void switchTo(const session::SessionId& id);
    [[nodiscard]] bool steer(const QKeyEvent& event);
    template <class Signal, class... Arguments>
    void leaveFor(Signal signal, Arguments... arguments);

    UiContext& m_context;
    SwitcherModel* m_model;
    SwitcherDelegate* m_delegate;
    QLineEdit* m_search;
    QStackedWidget* m_stack;
    QListView* m_list;
    QLabel* m_nothing;
    QPushButton* m_clear;
    SwitcherFoot* m_foot;
    session::SessionId m_current; ///< outlives a reset of the rows
    QTimer m_left; ///< the focus is elsewhere, and did not come back at once
    bool m_rounded = false;
};

} // namespace hatstand::ui
