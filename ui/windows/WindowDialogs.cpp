// SPDX-License-Identifier: MIT
#include "ui/windows/WindowDialogs.h"

#include "core/session/SessionManager.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/ApprovalDialog.h"
#include "ui/dialogs/EditProfileDialog.h"
#include "ui/dialogs/ExportDialog.h"
#include "ui/dialogs/LogoutDialog.h"
#include "ui/dialogs/OpenRequestDialog.h"
#include "ui/dialogs/PreferencesDialog.h"
#include "ui/dialogs/RepairDialog.h"
#include "ui/dialogs/ShortcutsDialog.h"
#include "ui/dialogs/UnlockDialog.h"
#include "ui/dialogs/lists/AccountListDialog.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/windows/DetailPane.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/RestingDialog.h"

namespace hatstand::ui {

using session::SessionId;

WindowDialogs::WindowDialogs(UiContext& context, MainWindow& window, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_window(window)
{
    const auto showPage = [this](AddAccountDialog::Page page) {
        if (!isFree())
            return;
        auto* dialog = new AddAccountDialog(m_context, &m_window);
        dialog->showPage(page);
        open(dialog);
    };
    connect(&window, &MainWindow::addRequested, this, &WindowDialogs::add);
    connect(&window, &MainWindow::addPrivateKeyRequested, this,
        [showPage] { showPage(AddAccountDialog::Page::NostrKey); });
    connect(&window, &MainWindow::addWatchRequested, this,
        [showPage] { showPage(AddAccountDialog::Page::NostrWatch); });
    connect(&window, &MainWindow::logoutRequested, this, [this](const SessionId& id) {
        if (isFree())
            open(new LogoutDialog(m_context, {id}, &m_window));
    });
    connect(&window, &MainWindow::logoutAllRequested, this, [this] {
        QList<SessionId> all;
        for (const auto& session : m_context.sessions.sessions())
            all += session.id;
        if (!all.isEmpty() && isFree())
            open(new LogoutDialog(m_context, all, &m_window));
    });
    connect(&window, &MainWindow::exportRequested, this, [this](const SessionId& id) {
        if (isFree())
            open(new ExportDialog(m_context, id, &m_window));
    });
    const DetailPane* detail = &window.detail();
    using List = AccountListDialog::List;
    connect(detail, &DetailPane::followsRequested, this, [this](const SessionId& id) {
        if (isFree())
            open(new AccountListDialog(m_context, id, List::Follows, &m_window));
    });
    connect(detail, &DetailPane::mutesRequested, this, [this](const SessionId& id) {
        if (isFree())
            open(new AccountListDialog(m_context, id, List::Mutes, &m_window));
    });
    connect(detail, &DetailPane::profileRequested, this, [this](const SessionId& id) {
        if (isFree())
            open(new EditProfileDialog(m_context, id, &m_window));
    });
    connect(&window, &MainWindow::repairRequested, this, [this](const SessionId& id) {
        if (isFree())
            open(new RepairDialog(m_context, id, &m_window));
    });
    connect(&window, &MainWindow::unlockRequested, this, [this] {
        if (isFree())
            open(new UnlockDialog(m_context, &m_window));
    });
    connect(&context.vault, &secrets::Vault::stateChanged, this, [this](secrets::VaultState state) {
        if (m_context.vault.takesPassphrase() && state == secrets::VaultState::Locked)
            wipeTyped();
    });
    connect(&window, &MainWindow::openRequestRequested, this, [this] {
        if (!isFree())
            return;
        auto* dialog = new OpenRequestDialog(&m_window);
        connect(dialog, &OpenRequestDialog::requestOpened, &m_window, &MainWindow::requestOpened);
        open(dialog);
    });
    connect(&window, &MainWindow::preferencesRequested, this, [this] {
        if (isFree())
            open(new PreferencesDialog(m_context, &m_window));
    });
    connect(&window, &MainWindow::shortcutsRequested, this, [this] {
        if (isFree())
            open(new ShortcutsDialog(m_context, &m_window));
    });
    connect(&window, &MainWindow::restingRequested, this, [this] {
        if (isFree())
            open(new RestingDialog(m_context, &m_window));
    });
}

void WindowDialogs::wipeTyped()
{
    const auto fields = m_window.findChildren<SecretField*>();
    for (SecretField* field : fields)
        field->wipe();
}

QDialog* WindowDialogs::opened() const
{
    // Dialogs may put another in their own place, so it is the window that is asked.
    const auto dialogs = m_window.findChildren<QDialog*>();
    for (QDialog* dialog : dialogs) {
        if (dialog->isVisible() && !qobject_cast<ApprovalDialog*>(dialog)) // another program's doing
            return dialog;
    }
    return nullptr;
}

bool WindowDialogs::isFree()
{
    m_window.showAccounts();
    QDialog* dialog = opened();
    if (!dialog)
        return true;
    dialog->raise();
    dialog->activateWindow();
    return false;
}

void WindowDialogs::open(QDialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void WindowDialogs::add(const SharedSecret& pasted)
{
    if (!isFree())
        return;
    auto* dialog = new AddAccountDialog(m_context, &m_window);
    if (pasted)
        dialog->openWith(pasted);
    open(dialog);
}

} // namespace hatstand::ui
