// SPDX-License-Identifier: MIT
#include "ui/windows/MainWindow.h"

#include "core/session/SessionManager.h"
#include "ui/models/LockCommand.h"
#include "ui/models/SessionModel.h"
#include "ui/text/Sentences.h"
#include "ui/theme/Widgets.h"
#include "ui/windows/AccountsPane.h"
#include "ui/windows/DetailPane.h"
#include "ui/windows/EmptyPage.h"
#include "ui/windows/NoteBar.h"
#include "ui/windows/StatusLine.h"
#include "ui/windows/Toolbar.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QBoxLayout>
#include <QCloseEvent>
#include <QFileInfo>
#include <QSplitter>
#include <QStackedWidget>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

constexpr int kNarrowBelow = 960;
constexpr int kLeft = 480;
constexpr int kLeftMin = 360;
constexpr int kLeftMax = 560;

/// A bare QWidget would be a filler to a screen reader, and no window.
QAccessibleInterface* accessibleWindow(const QString&, QObject* object)
{
    auto* window = qobject_cast<MainWindow*>(object);
    return window ? new QAccessibleWidget(window, QAccessible::Window) : nullptr;
}

} // namespace

MainWindow::MainWindow(UiContext& context, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_context(context)
    , m_lock(new LockCommand(context.vault, context.settings, this))
    , m_toolbar(new Toolbar(context, *m_lock, this))
    , m_stopped(nullptr)
    , m_noTray(makeNoteBar(
          Panel::Note, u"info"_s, tr("This desktop has no tray, so the window is the switcher."), this))
    , m_setAside(nullptr)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyPage(m_pages))
    , m_split(new QSplitter(Qt::Horizontal, m_pages))
    , m_left(makePanel(Panel::Surface, m_split))
    , m_leftLayout(new QVBoxLayout(m_left))
    , m_accounts(new AccountsPane(context, m_left))
    , m_detail(new DetailPane(context, m_split))
    , m_status(new StatusLine(context, this))
    , m_layout(new QVBoxLayout(this))
{
    context.model.setVault(context.vault);
    if (context.accounts)
        context.model.setAccounts(*context.accounts);
    static const bool installed = [] {
        QAccessible::installFactory(&accessibleWindow);
        return true;
    }();
    Q_UNUSED(installed)
    setWindowTitle(u"Hatstand"_s); // never a name: titles are shown to whoever looks
    setMinimumSize(720, 480);
    resize(1200, 800);
    const QString aside = context.sessions.setAside();
    m_setAside = makeNoteBar(Panel::Warning, u"warning"_s,
        tr("The list of accounts was damaged. It was set aside as %1, and a new one was begun.")
            .arg(QFileInfo(aside).fileName()),
        this);
    m_setAside->setVisible(!aside.isEmpty());
    m_noTray->hide();
    QPushButton* again = makeButton(tr("Start again"), this, ButtonKind::Normal, {}, ButtonSize::Small);
    connect(again, &QPushButton::clicked, m_lock, &LockCommand::start);
    m_stopped = makeNoteBar(Panel::Warning, u"stop"_s,
        sentence({.code = ErrorCode::Denied, .why = Why::SigningStopped}), again, this);
    m_stopped->setObjectName(u"stopped"_s);
    build();
    connectParts();
    installShortcuts();
    qApp->installEventFilter(this);
    m_accounts->select(context.sessions.active());
    onModelCount();
    followStop();
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    m_leftLayout->setContentsMargins(0, 0, 0, 0);
    m_leftLayout->setSpacing(0);
    m_leftLayout->addWidget(m_accounts, 1);
    m_split->addWidget(m_left);
    m_split->addWidget(m_detail);
    m_split->setHandleWidth(1);
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 1);
    m_split->setSizes({kLeft, 1200 - kLeft});
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_split);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_toolbar);
    m_layout->addWidget(makeLine(Qt::Horizontal, this));
    m_layout->addWidget(m_stopped);
    m_layout->addWidget(m_setAside);
    m_layout->addWidget(m_noTray);
    m_layout->addWidget(m_pages, 1);
}

void MainWindow::connectParts()
{
    connect(m_toolbar, &Toolbar::switchRequested, this, &MainWindow::activate);
    connect(m_toolbar, &Toolbar::addRequested, this, qOverload<>(&MainWindow::openAddDialog));
    connect(m_lock, &LockCommand::unlockRequested, this, &MainWindow::unlockRequested);
    connect(m_lock, &LockCommand::failed, this, [this](const Error& error) { complain(sentence(error)); });
    connect(m_lock, &LockCommand::changed, this, &MainWindow::followStop);
    connect(m_toolbar, &Toolbar::restingRequested, this, &MainWindow::restingRequested);
    connect(m_toolbar, &Toolbar::logoutAllRequested, this, &MainWindow::logoutAllRequested);
    connect(m_toolbar, &Toolbar::openRequestRequested, this, &MainWindow::openRequestRequested);
    connect(m_toolbar, &Toolbar::preferencesRequested, this, &MainWindow::preferencesRequested);
    connect(m_toolbar, &Toolbar::shortcutsRequested, this, &MainWindow::shortcutsRequested);
    connect(m_toolbar, &Toolbar::quitRequested, qApp, &QApplication::quit, Qt::QueuedConnection);

    connect(m_empty, &EmptyPage::addRequested, this, qOverload<>(&MainWindow::openAddDialog));
    connect(m_empty, &EmptyPage::privateKeyRequested, this, &MainWindow::addPrivateKeyRequested);
    connect(m_empty, &EmptyPage::watchRequested, this, &MainWindow::addWatchRequested);

    connect(m_accounts, &AccountsPane::currentChanged, this, [this](const SessionId& id) {
        if (!id.isEmpty())
            m_detail->show(id);
    });
    connect(m_accounts, &AccountsPane::opened, this, [this](const SessionId& id) {
        m_detail->show(id);
        showDetail(true);
    });
    connect(m_accounts, &AccountsPane::switchRequested, this, &MainWindow::activate);
    connect(m_accounts, &AccountsPane::repairRequested, this, &MainWindow::repairRequested);
    connect(m_accounts, &AccountsPane::unlockRequested, this, &MainWindow::unlockRequested);

    connect(m_detail, &DetailPane::backRequested, this, [this] { showDetail(false); });
    connect(m_detail, &DetailPane::switchRequested, this, &MainWindow::activate);
    connect(m_detail, &DetailPane::renameRequested, this, &MainWindow::editName);
    connect(m_detail, &DetailPane::logoutRequested, this, &MainWindow::openLogout);
    connect(m_detail, &DetailPane::exportRequested, this, &MainWindow::exportRequested);
    connect(m_detail, &DetailPane::repairRequested, this, &MainWindow::repairRequested);
    connect(m_detail, &DetailPane::unlockRequested, this, &MainWindow::unlockRequested);
    connect(m_detail, &DetailPane::noted, this, &MainWindow::note);
    connect(m_status, &StatusLine::unlockRequested, this, &MainWindow::unlockRequested);

    connect(&m_context.model, &QAbstractItemModel::rowsInserted, this, &MainWindow::onModelCount);
    connect(&m_context.model, &QAbstractItemModel::rowsRemoved, this, &MainWindow::onModelCount);
    connect(&m_context.model, &SessionModel::renameRefused, this,
        [this](const Error& error) { complain(sentence(error)); });
    const auto* sessions = &m_context.sessions;
    connect(sessions, &session::SessionManager::activeChanged, this, &MainWindow::onActive);
    connect(sessions, &session::SessionManager::loggedOut, this, &MainWindow::offerUndo);
    connect(sessions, &session::SessionManager::sessionAdded, this, [this](const SessionId& id) {
        if (id == m_undoOf)
            m_status->withdrawUndo(); // it is back by another way
    });
}

SessionId MainWindow::shown() const
{
    return m_detail->shown();
}

void MainWindow::onModelCount()
{
    if (!m_context.sessions.find(shown())) {
        SessionId next = m_accounts->current();
        if (!m_context.sessions.find(next))
            next = m_context.sessions.active();
        if (next.isEmpty() && m_context.sessions.count() > 0)
            next = m_context.sessions.sessions().first().id;
        m_detail->show(next);
        m_accounts->select(next);
        m_detailShown = false;
    }
    const bool wasEmpty = m_pages->currentWidget() == m_empty;
    arrange();
    const bool isEmpty = m_pages->currentWidget() == m_empty;
    if (isEmpty)
        m_empty->focusAdd();
    else if (wasEmpty)
        m_accounts->focusList();
}

void MainWindow::onActive(const SessionId& id)
{
    const Session* session = m_context.sessions.find(id);
    if (session) {
        m_accounts->select(id);
        m_detail->show(id);
        note(tr("Now using %1").arg(m_context.sessions.nameOf(*session)));
    } else if (m_context.sessions.count() > 0) {
        note(tr("No account is active now"));
    }
}

void MainWindow::offerUndo(const session::LoggedOut& left)
{
    const QString name = m_context.sessions.nameOf(left.session);
    m_undoOf = left.session.id;
    const auto undo = [this, left, name] {
        m_context.sessions.undoLogout(left, guarded(this, [this, name](const Result<void>& done) {
            if (done)
                note(tr("%1 is back").arg(name));
            else
                complain(sentence(done.error()));
        }));
    };
    m_status->offerUndo(tr("Logged out %1").arg(name), tr("Undo logging out %1").arg(name), undo);
}

void MainWindow::activate(const SessionId& id)
{
    if (id.isEmpty())
        return;
    if (const auto done = m_context.sessions.activate(id); !done)
        complain(sentence(done.error()));
}

bool MainWindow::isNarrow() const
{
    return width() < kNarrowBelow;
}

void MainWindow::arrange()
{
    const bool empty = m_context.model.rowCount() == 0;
    const bool narrow = isNarrow();
    m_pages->setCurrentWidget(empty ? static_cast<QWidget*>(m_empty) : m_split);
    m_left->setMinimumWidth(kLeftMin);
    m_left->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : kLeftMax);
    m_left->setVisible(!narrow || !m_detailShown);
    m_detail->setVisible(!narrow || m_detailShown);
    m_detail->setBackShown(narrow);
    QBoxLayout* place = empty || narrow ? m_layout : m_leftLayout;
    if (place->indexOf(m_status) < 0)
        place->addWidget(m_status); // a layout takes it from the other
}

void MainWindow::showDetail(bool shown)
{
    if (m_detailShown == shown)
        return;
    m_detailShown = shown;
    arrange();
    if (!isNarrow())
        return;
    if (shown)
        m_detail->focusFirst();
    else
        m_accounts->focusList();
}

void MainWindow::editName(const SessionId& id)
{
    showDetail(false);
    m_accounts->editName(id);
}

void MainWindow::followStop()
{
    const bool stopped = m_lock->isStopped();
    // Not to whatever comes after the button that goes away.
    if (!stopped && m_accounts->isVisible() && m_stopped->isAncestorOf(focusWidget()))
        m_accounts->focusList();
    m_stopped->setVisible(stopped);
}

void MainWindow::showAccounts()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::openAddDialog()
{
    Q_EMIT addRequested({});
}

void MainWindow::openAddDialog(SharedSecret pasted)
{
    Q_EMIT addRequested(pasted);
}

void MainWindow::openLogout(const SessionId& id)
{
    if (m_context.sessions.find(id))
        Q_EMIT logoutRequested(id);
}

void MainWindow::openLogoutAll()
{
    if (m_context.sessions.count() > 0)
        Q_EMIT logoutAllRequested();
}

void MainWindow::openPreferences()
{
    Q_EMIT preferencesRequested();
}

void MainWindow::openUnlock()
{
    Q_EMIT unlockRequested();
}

void MainWindow::setHasTray(bool hasTray)
{
    m_hasTray = hasTray;
    m_noTray->setVisible(!hasTray);
}

void MainWindow::note(const QString& text)
{
    m_status->note(text);
}

void MainWindow::complain(const QString& text)
{
    m_status->complain(text);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_quitting || m_hasTray) {
        event->accept();
        return;
    }
    event->ignore();
    m_noTray->show();
    showMinimized();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void MainWindow::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (focusWidget())
        return;
    if (m_pages->currentWidget() == m_empty)
        m_empty->focusAdd();
    else
        m_accounts->focusList();
}

} // namespace hatstand::ui
