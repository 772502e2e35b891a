// SPDX-License-Identifier: MIT
/// What keys do in the window: the commands, what is pasted, and which field may keep a key for itself.
#include "core/session/SessionManager.h"
#include "core/signing/Accounts.h"
#include "ui/models/LockCommand.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/theme/Widgets.h"
#include "ui/windows/AccountsPane.h"
#include "ui/windows/MainWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QLineEdit>

namespace hatstand::ui {
namespace {

using session::SessionId;

constexpr qsizetype kLongestPaste = 8192; ///< characters; nothing that is known is longer

} // namespace

void MainWindow::installShortcuts()
{
    const auto on = [this](Command command, std::function<void(int)> action) {
        m_context.shortcuts.install(this, command, std::move(action));
    };
    auto& sessions = m_context.sessions;
    on(Command::SwitchToAccount, [this](int digit) { activateAt(digit); });
    on(Command::Next, [this, &sessions](int) { activate(sessions.next()); });
    on(Command::Previous, [this, &sessions](int) { activate(sessions.previous()); });
    on(Command::Last, [this, &sessions](int) { activate(sessions.last()); });
    on(Command::Add, [this](int) { openAddDialog(); });
    on(Command::Switcher, [this](int) { Q_EMIT switcherRequested(); });
    on(Command::Search, [this](int) {
        showDetail(false);
        m_accounts->focusSearch();
    });
    on(Command::Rename, [this](int) { editName(meant()); });
    on(Command::LogOut, [this](int) { openLogout(meant()); });
    on(Command::Lock, [this](int) { m_lock->run(); });
    on(Command::MoveUp, [this](int) { m_accounts->move(meant(), -1); });
    on(Command::MoveDown, [this](int) { m_accounts->move(meant(), +1); });
    on(Command::OpenRequest, [this](int) { Q_EMIT openRequestRequested(); });
    on(Command::Preferences, [this](int) { openPreferences(); });
    on(Command::Help, [this](int) { Q_EMIT shortcutsRequested(); });
    on(Command::Quit,
        [](int) { QMetaObject::invokeMethod(qApp, &QApplication::quit, Qt::QueuedConnection); });
}

SessionId MainWindow::meant() const
{
    const SessionId focused = m_accounts->focused();
    return focused.isEmpty() ? shown() : focused;
}

void MainWindow::activateAt(int place)
{
    if (place >= 1 && place <= m_context.sessions.count())
        activate(m_context.sessions.sessions().at(place - 1).id);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (!pressFocused(*this, *event))
        QWidget::keyPressEvent(event);
}

bool MainWindow::takePaste(bool privateKeysOnly)
{
    QString text = QGuiApplication::clipboard()->text();
    if (text.isEmpty() || text.size() > kLongestPaste)
        return false;
    auto pasted = std::make_shared<const SecretBuffer>(SecretBuffer::takeFrom(text).trimmed());
    using signing::Pasted;
    const Pasted what = signing::recognise(*pasted);
    const bool isPrivate
        = what == Pasted::NostrKey || what == Pasted::NostrEncryptedKey || what == Pasted::AntelopeKey;
    if (what == Pasted::None || (privateKeysOnly && !isPrivate))
        return false;
    openAddDialog(std::move(pasted));
    return true;
}

/// On X11 a text field takes Ctrl+K for itself, to delete what follows.
bool MainWindow::leaveToSwitcher(QObject* watched, QEvent& event) const
{
    const auto* field = qobject_cast<QLineEdit*>(watched);
    if (!field || field->window() != this
        || !m_context.shortcuts.isPressed(Command::Switcher, static_cast<QKeyEvent&>(event)))
        return false;
    event.ignore();
    return true;
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Quit && watched == qApp)
        m_quitting = true; // the windows are asked to close next
    if (event->type() == QEvent::ShortcutOverride)
        return leaveToSwitcher(watched, *event);
    if (event->type() != QEvent::KeyPress || !static_cast<QKeyEvent*>(event)->matches(QKeySequence::Paste))
        return false;
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != this)
        return false;
    // In a field a person may well look for an npub; a private key never belongs there.
    return takePaste(qobject_cast<const QLineEdit*>(widget) != nullptr);
}

} // namespace hatstand::ui
