// SPDX-License-Identifier: MIT
#include "app/Desktop.h"

#include "app/DesktopShortcuts.h"
#include "app/LogoutQuestion.h"
#include "app/cli/Commands.h"
#include "app/cli/SilentConsole.h"
#include "core/accounts/AccountDirectory.h"
#include "core/base/Log.h"
#include "core/session/SessionManager.h"
#include "ui/UiContext.h"
#include "ui/clipboard/SecretClipboard.h"
#include "ui/dialogs/ApprovalDialog.h"
#include "ui/dialogs/Approvals.h"
#include "ui/dialogs/LogoutDialog.h"
#include "ui/dialogs/UnlockDialog.h"
#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"
#include "ui/notify/SwitchNotifier.h"
#include "ui/pictures/PictureStore.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/switcher/SwitcherWindow.h"
#include "ui/theme/ThemeManager.h"
#include "ui/tray/TrayController.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/WindowDialogs.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDialog>
#include <QIcon>
#include <QMessageBox>
#include <QPointer>
#include <QScopeGuard>
#include <QTimer>
#include <QUrl>
#include <utility>
#include <vector>

namespace hatstand::app {
namespace {

constexpr int kNotified = 64; ///< pixels; what notifications show is hardly larger

} // namespace

class Desktop::Parts
{
public:
    Parts(Desktop& owner, QApplication& application, const Services& services)
        : desktop(owner)
        , all(services)
        , theme(application, services.settings)
        , pictures(
              {services.sessions, services.settings, services.clock, services.pool, services.pictureFolder,
                  [&accounts = services.accounts](
                      const session::SessionId& id) { return accounts.summary(id).profile.picture; }})
        , model(services.sessions)
        , shortcuts(services.settings)
        , globalShortcuts(services.settings, makeGlobalKeys(), shellCommand(services.home))
        , actions(services.sessions, globalShortcuts)
        , context{services.sessions, model, services.signer, services.vault, services.vaultSetup,
              services.settings, shortcuts, services.chains, services.random, services.clock, services.pool,
              clipboard, &globalShortcuts, &services.accounts, &services.chainAccounts, &services.chainClient,
              services.links, services.linkHost, services.linkNet}
        , approvals(context, [this]() -> QWidget* { return m_window.get(); })
        , tray(context, nullptr)
        , notifier(services.sessions, services.settings)
    {
        model.setAccounts(services.accounts);
        model.setPictures(pictures);
        QObject::connect(&services.accounts, &accounts::AccountDirectory::changed, &pictures,
            &ui::PictureStore::lookAgain);
        notifier.setIcons([this](const session::SessionId& id) {
            const ui::AvatarSpec spec = ui::avatarOf(model.indexOf(id));
            return ui::avatar(spec, kNotified, 1, Qt::transparent, ui::Theme::of(QGuiApplication::palette()))
                .toImage();
        });
    }

    /// Made when it is first needed: with only the tray in sight it costs nothing.
    ui::MainWindow& window()
    {
        if (!m_window) {
            QApplication::setWindowIcon(QIcon::fromTheme(
                QGuiApplication::desktopFileName(), QIcon(QStringLiteral(":/hatstand/app.svg"))));
            m_window = std::make_unique<ui::MainWindow>(context);
            m_dialogs = std::make_unique<ui::WindowDialogs>(context, *m_window);
            QObject::connect(m_window.get(), &ui::MainWindow::switcherRequested, m_window.get(),
                [this] { desktop.toggleSwitcher(); });
            QObject::connect(m_window.get(), &ui::MainWindow::requestOpened, m_window.get(),
                [this](const QString& uri) { open(uri); });
            if (tray.isAvailable() || isWithoutTray)
                m_window->setHasTray(tray.isAvailable());
        }
        return *m_window;
    }
    /// As "hatstand esr:…" does: the person is asked, and told of what goes wrong, in a window.
    void open(const QString& uri)
    {
        runCommand(all, {.command = QStringLiteral("open"), .arguments = {uri}, .canAsk = false},
            std::make_shared<SilentConsole>(), [](int) {});
    }
    [[nodiscard]] bool hasWindow() const { return m_window != nullptr; }
    [[nodiscard]] QDialog* openDialog() const { return m_dialogs ? m_dialogs->opened() : nullptr; }

    Desktop& desktop;
    const Services& all;
    ui::ThemeManager theme;
    ui::PictureStore pictures; ///< what the model, and so every icon, asks
    ui::SessionModel model;
    ui::ShortcutMap shortcuts;
    ui::SecretClipboard clipboard;
    ui::GlobalShortcuts globalShortcuts;
    DesktopShortcuts actions;
    ui::UiContext context;
    ui::Approvals approvals;
    ui::TrayController tray;
    ui::SwitchNotifier notifier;
    ui::SwitchOrigin origin = ui::SwitchOrigin::Elsewhere; ///< of the switch that is being made
    QPointer<ui::SwitcherWindow> switcher; ///< while it is open
    QPointer<QMessageBox> problem; ///< likewise
    QPointer<ui::UnlockDialog> unlocking; ///< likewise
    std::vector<Callback<void>> unlockAskers; ///< whom it answers
    bool isUnlockQuiet = false; ///< it came up by itself, and may be behind other windows
    QTimer patience; ///< for a tray that is not there
    bool isWithoutTray = false; ///< it ran out, or a tray went
    bool isStandIn = false; ///< the window came up by itself, in place of a tray

private:
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<ui::WindowDialogs> m_dialogs;
};

Desktop::Desktop(QApplication& application, const Services& services, QObject* parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(*this, application, services))
{
    application.setQuitOnLastWindowClosed(false);
    m_parts->theme.apply();
    QGuiApplication::setDesktopFileName(QStringLiteral("org.hatstand.Hatstand"));
    const auto* tray = &m_parts->tray;
    using ui::TrayController;
    connect(tray, &TrayController::showWindowRequested, this, [this] { m_parts->window().showAccounts(); });
    connect(tray, &TrayController::switcherRequested, this, &Desktop::openSwitcher);
    connect(tray, &TrayController::addRequested, this, [this] { m_parts->window().openAddDialog(); });
    connect(tray, &TrayController::logoutRequested, this,
        [this](const session::SessionId& id) { m_parts->window().openLogout(id); });
    connect(tray, &TrayController::logoutAllRequested, this, [this] { m_parts->window().openLogoutAll(); });
    connect(
        tray, &TrayController::preferencesRequested, this, [this] { m_parts->window().openPreferences(); });
    connect(tray, &TrayController::availableChanged, this, &Desktop::onTray);
    m_parts->patience.setSingleShot(true);
    connect(&m_parts->patience, &QTimer::timeout, this, &Desktop::doWithoutTray);
    // After the icon and the window: nobody misses the keys for a few milliseconds.
    connect(tray, &TrayController::looked, &m_parts->globalShortcuts, &ui::GlobalShortcuts::start,
        Qt::QueuedConnection);
    connect(&m_parts->actions, &DesktopShortcuts::switcherRequested, this, &Desktop::toggleSwitcher);
    connect(&m_parts->actions, &DesktopShortcuts::switchRequested, this, &Desktop::switchByShortcut);
    connect(&m_parts->actions, &DesktopShortcuts::addRequested, this,
        [this] { m_parts->window().openAddDialog(); });
    connect(tray, &TrayController::unlockRequested, this, [this] {
        if (m_parts->unlocking)
            unlock([](const Result<void>&) {});
        else
            m_parts->window().openUnlock();
    });
    connect(&m_parts->approvals, &ui::Approvals::waitingChanged, this, &Desktop::showWaiting);
    connect(tray, &TrayController::questionWanted, this, [this] {
        if (ui::ApprovalDialog* shown = m_parts->approvals.shown())
            shown->comeUp();
        else if (m_parts->isUnlockQuiet)
            unlock([](const Result<void>&) {}); // to the front
    });
    connect(tray, &TrayController::quitRequested, &application, &QApplication::quit, Qt::QueuedConnection);
    connect(&services.sessions, &session::SessionManager::activeChanged, this,
        [this](const session::SessionId& id) { m_parts->notifier.switched(id, m_parts->origin); });
}

Desktop::~Desktop()
{
    delete m_parts->switcher.data();
    delete m_parts->unlocking.data();
}

void Desktop::start(bool shown, std::chrono::milliseconds timeForATray)
{
    // The icon comes first: it is quick, and the window then knows whether it is the only way in.
    if (shown)
        connect(&m_parts->tray, &ui::TrayController::looked, this, &Desktop::showWindow);
    m_parts->patience.setInterval(timeForATray);
    if (!m_parts->tray.isAvailable())
        m_parts->patience.start();
}

void Desktop::onTray(bool available)
{
    m_parts->isWithoutTray = !available;
    if (m_parts->hasWindow())
        m_parts->window().setHasTray(available);
    if (!available)
        return m_parts->patience.start();
    m_parts->patience.stop();
    if (std::exchange(m_parts->isStandIn, false) && m_parts->window().isMinimized())
        m_parts->window().hide(); // nobody has looked at it
}

/// Without a tray the window is the only way in, so it may not stay away.
void Desktop::doWithoutTray()
{
    m_parts->isWithoutTray = true;
    ui::MainWindow& window = m_parts->window();
    window.setHasTray(false);
    if (!window.isVisible()) {
        m_parts->isStandIn = true;
        window.showMinimized();
    }
}

bool Desktop::showWindow()
{
    m_parts->window().showAccounts();
    return true;
}

bool Desktop::showSwitcher()
{
    openSwitcher({});
    return true;
}

void Desktop::toggleSwitcher()
{
    if (m_parts->switcher)
        m_parts->switcher->reject();
    else
        openSwitcher({});
}

void Desktop::openSwitcher(const QRect& icon)
{
    if (m_parts->switcher)
        return m_parts->switcher->comeToFront();
    auto* switcher = new ui::SwitcherWindow(m_parts->context); // goes by itself
    m_parts->switcher = switcher;
    using ui::SwitcherWindow;
    connect(switcher, &QDialog::finished, this, [this] { m_parts->switcher = nullptr; });
    connect(switcher, &SwitcherWindow::addRequested, this, [this] { m_parts->window().openAddDialog(); });
    connect(switcher, &SwitcherWindow::logoutRequested, this,
        [this](const session::SessionId& id) { m_parts->window().openLogout(id); });
    connect(
        switcher, &SwitcherWindow::logoutAllRequested, this, [this] { m_parts->window().openLogoutAll(); });
    switcher->showAt(icon);
}

void Desktop::switchByShortcut(const session::SessionId& id)
{
    m_parts->origin = ui::SwitchOrigin::GlobalShortcut;
    const auto reset = qScopeGuard([this] { m_parts->origin = ui::SwitchOrigin::Elsewhere; });
    // It fails where the disk refuses; then every view goes on showing who is active.
    if (const auto done = m_parts->context.sessions.activate(id); !done) {
        qCWarning(lcDesktop) << "switching by a global key failed:" << name(done.error().code)
                             << done.error().detail;
    }
}

void Desktop::askLogout(const session::SessionId& id, std::chrono::milliseconds limit, Callback<void> done)
{
    const session::SessionManager& sessions = m_parts->context.sessions;
    if (id.isEmpty() && sessions.count() == 0)
        return done({});
    if (m_parts->openDialog()) {
        showWindow();
        return done(fail(ErrorCode::Busy));
    }
    if (id.isEmpty())
        m_parts->window().openLogoutAll();
    else
        m_parts->window().openLogout(id);
    auto* dialog = qobject_cast<ui::LogoutDialog*>(m_parts->openDialog());
    if (!dialog)
        return done(fail(ErrorCode::Failed));
    auto isDone = [&sessions, id] { return id.isEmpty() ? sessions.count() == 0 : !sessions.find(id); };
    new LogoutQuestion(*dialog, limit, std::move(isDone), std::move(done), this);
}

signing::Approver* Desktop::approver()
{
    return &m_parts->approvals;
}

void Desktop::unlock(Callback<void> done)
{
    openUnlock(std::move(done), false);
}

void Desktop::unlockForApp(Callback<void> done)
{
    openUnlock(std::move(done), true);
}

/// One dialog, however many ask. Only who just began something gets the focus to it: what is typed elsewhere
/// must not land in a field that jumped up.
void Desktop::openUnlock(Callback<void> done, bool isForApp)
{
    const secrets::Vault& vault = m_parts->context.vault;
    if (vault.takesPassphrase() && vault.state() == secrets::VaultState::Unlocked)
        return done({});
    m_parts->unlockAskers.push_back(std::move(done));
    if (!m_parts->unlocking) {
        auto* dialog = new ui::UnlockDialog(m_parts->context); // goes by itself
        m_parts->unlocking = dialog;
        m_parts->isUnlockQuiet = isForApp;
        connect(dialog, &QDialog::finished, this, [this](int result) {
            m_parts->unlocking = nullptr; // whoever is answered may ask again
            m_parts->isUnlockQuiet = false;
            const auto askers = std::exchange(m_parts->unlockAskers, {});
            showWaiting();
            for (const Callback<void>& answer : askers)
                answer(result == QDialog::Accepted ? Result<void>() : fail(ErrorCode::Locked));
        });
        if (isForApp)
            dialog->setReason(tr("An app that you connected asks for something."));
        dialog->setAttribute(Qt::WA_ShowWithoutActivating, isForApp);
        dialog->show();
    }
    if (!isForApp) {
        m_parts->isUnlockQuiet = false;
        m_parts->unlocking->raise();
        m_parts->unlocking->activateWindow();
    }
    showWaiting();
}

void Desktop::showWaiting()
{
    m_parts->tray.setWaiting(m_parts->approvals.waiting() + (m_parts->isUnlockQuiet ? 1 : 0));
}

/// One box, whatever comes: links may be opened as fast as a page likes.
void Desktop::tell(const QString& sentence)
{
    if (m_parts->problem) {
        m_parts->problem->setText(sentence);
        return;
    }
    auto* box
        = new QMessageBox(QMessageBox::Warning, QStringLiteral("Hatstand"), sentence, QMessageBox::Close);
    m_parts->problem = box;
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setAttribute(Qt::WA_ShowWithoutActivating, m_parts->approvals.hasQuestions());
    box->setModal(false);
    box->show();
}

bool Desktop::openAddress(const QUrl& address)
{
    return QDesktopServices::openUrl(address);
}

} // namespace hatstand::app
