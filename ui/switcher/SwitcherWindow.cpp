// SPDX-License-Identifier: MIT
#include "ui/switcher/SwitcherWindow.h"

#include "core/session/SessionManager.h"
#include "ui/models/SessionModel.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/switcher/Compositor.h"
#include "ui/switcher/SwitcherDelegate.h"
#include "ui/switcher/SwitcherFoot.h"
#include "ui/switcher/SwitcherModel.h"
#include "ui/switcher/SwitcherPlace.h"
#include "ui/text/Sentences.h"
#include "ui/theme/EvenListView.h"
#include "ui/theme/Sizes.h"
#include "ui/theme/Widgets.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QCursor>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QScreen>
#include <QStackedWidget>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using session::SessionId;

constexpr int kWidth = 480;
constexpr int kRadius = 10;
constexpr int kBorder = 1;
/// A key that another part of the desktop grabs takes the focus away for as long as it is held down.
constexpr auto kPatience = 100ms;

} // namespace

SwitcherWindow::SwitcherWindow(UiContext& context, QWidget* parent)
    : QDialog(parent, Qt::Tool | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint)
    , m_context(context)
    , m_model(new SwitcherModel(context.model, this))
    , m_delegate(new SwitcherDelegate(this))
    , m_search(new QLineEdit(this))
    , m_stack(new QStackedWidget(this))
    , m_list(new EvenListView(m_stack))
    , m_nothing(nullptr)
    , m_clear(nullptr)
    , m_foot(new SwitcherFoot(this))
    , m_rounded(isComposited())
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_QuitOnClose, false);
    setAttribute(Qt::WA_TranslucentBackground, m_rounded);
    setWindowTitle(tr("Quick switcher")); // never a name: titles are shown to whoever looks
    build();
    installShortcuts();
    m_left.setSingleShot(true);
    m_left.setInterval(kPatience);
    connect(&m_left, &QTimer::timeout, this, [this] {
        if (!isActiveWindow())
            reject();
    });
    connect(m_search, &QLineEdit::textChanged, this, &SwitcherWindow::onQuery);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_search->clear();
        m_search->setFocus(Qt::OtherFocusReason);
    });
    connect(m_list, &QListView::clicked, this,
        [this](const QModelIndex& index) { switchTo(m_model->idAt(index.row())); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &SwitcherWindow::onCurrent);
    // A screen reader selects rows, which in a list that holds the keyboard would also make them current.
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const QModelIndexList selected = m_list->selectionModel()->selectedIndexes();
        if (!selected.isEmpty() && selected.constFirst() != m_list->currentIndex())
            m_list->setCurrentIndex(selected.constFirst());
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &SwitcherWindow::onRows);
    connect(
        &context.sessions, &session::SessionManager::activeChanged, this, &SwitcherWindow::followAccounts);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &SwitcherWindow::followAccounts);
    connect(&context.shortcuts, &ShortcutMap::changed, this, &SwitcherWindow::followKeys);
    connect(m_foot, &SwitcherFoot::switchRequested, this, [this] { switchTo(chosen()); });
    connect(m_foot, &SwitcherFoot::closeRequested, this, &SwitcherWindow::reject);
    connect(m_foot, &SwitcherFoot::addRequested, this, [this] { leaveFor(&SwitcherWindow::addRequested); });
    connect(m_foot, &SwitcherFoot::logoutRequested, this,
        [this] { leaveFor(&SwitcherWindow::logoutRequested, m_context.sessions.active()); });
    connect(m_foot, &SwitcherFoot::logoutAllRequested, this,
        [this] { leaveFor(&SwitcherWindow::logoutAllRequested); });
    followKeys();
    onRows();
}

SwitcherWindow::~SwitcherWindow() = default;

void SwitcherWindow::build()
{
    m_search->setProperty("tall", u"search"_s);
    m_search->setPlaceholderText(tr("Switch to…"));
    m_search->setAccessibleName(tr("Switch to"));
    m_search->addAction(lineIcon(u"search"_s, &Theme::secondaryText), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);

    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setProperty("panel", u"raised"_s);
    m_list->setAccessibleName(tr("Accounts"));
    m_list->setMouseTracking(true);
    m_list->viewport()->setAttribute(Qt::WA_Hover);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus); // its keys work while one types

    auto* nothing = new QWidget(m_stack);
    m_nothing = makeLabel({}, nothing, TextStyle::Body, Ink::Secondary);
    m_nothing->setMaximumWidth(kWidth - 180);
    m_clear = makeButton(tr("Clear search"), nothing, ButtonKind::Normal, {}, ButtonSize::Small);
    auto* line = new QHBoxLayout(nothing);
    line->setContentsMargins(16, 0, 16, 0);
    line->setSpacing(12);
    line->addStretch();
    line->addWidget(m_nothing);
    line->addWidget(m_clear);
    line->addStretch();
    m_stack->addWidget(m_list);
    m_stack->addWidget(nothing);

    auto* top = new QVBoxLayout;
    top->setContentsMargins(12, 12, 12, 8);
    top->addWidget(m_search);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(kBorder, kBorder, kBorder, kBorder);
    all->setSpacing(0);
    all->addLayout(top);
    all->addWidget(m_stack, 1);
    all->addWidget(m_foot);
    m_foot->setProperty("rounded", m_rounded);
    setTabOrder(m_search, m_clear);
    setFixedWidth(kWidth);
}

void SwitcherWindow::installShortcuts()
{
    const auto on = [this](Command command, std::function<void(int)> action) {
        m_context.shortcuts.install(this, command, std::move(action));
    };
    on(Command::SwitchToAccount, [this](int digit) { switchTo(m_model->idAt(digit - 1)); });
    on(Command::Last, [this](int) { switchTo(m_context.sessions.last()); });
    on(Command::Switcher, [this](int) { reject(); });
    on(Command::Add, [this](int) { leaveFor(&SwitcherWindow::addRequested); });
}

template <class Signal, class... Arguments>
void SwitcherWindow::leaveFor(Signal signal, Arguments... arguments)
{
    reject(); // first, so that it takes no focus from what comes
    Q_EMIT(this->*signal)(arguments...);
}

void SwitcherWindow::showAt(const QRect& icon)
{
    const QScreen* screen = QGuiApplication::screenAt(icon.isEmpty() ? QCursor::pos() : icon.center());
    if (!screen)
        screen = QGuiApplication::primaryScreen();
    const QRect all = screen->geometry();
    const QRect available = screen->availableGeometry();
    ensurePolished();
    m_foot->ensurePolished();
    m_stack->setFixedHeight(0);
    layout()->activate();
    const int rest = layout()->sizeHint().height();
    const int rows = std::clamp(
        m_model->rowCount(), 1, switcherRows(all, available, SwitcherDelegate::rowHeight(), rest));
    m_stack->setFixedHeight(rows * SwitcherDelegate::rowHeight());
    setGeometry(
        switcherPlace(all, available, QSize(kWidth, rest + rows * SwitcherDelegate::rowHeight()), icon));
    show();
    comeToFront();
    if (m_model->rowCount() == 0)
        m_foot->focusAdd();
    else
        m_search->setFocus(Qt::OtherFocusReason);
    onCurrent();
}

void SwitcherWindow::comeToFront()
{
    raise();
    activateWindow();
}

SessionId SwitcherWindow::chosen() const
{
    return m_model->idAt(m_list->currentIndex().row());
}

void SwitcherWindow::followAccounts()
{
    const QModelIndex active = m_context.model.indexOf(m_context.sessions.active());
    m_foot->setAccounts(active.data(SessionModel::NameRole).toString(), m_context.sessions.count());
}

void SwitcherWindow::followKeys()
{
    QStringList caps;
    const QKeySequence first = m_context.shortcuts.keys(Command::SwitchToAccount);
    for (int digit = 0; digit < 9 && !first.isEmpty(); ++digit) {
        const auto key = static_cast<Qt::Key>(Qt::Key_1 + digit);
        caps += ShortcutMap::textOf(QKeySequence(QKeyCombination(first[0].keyboardModifiers(), key)));
    }
    m_delegate->setKeys(caps);
    m_list->viewport()->update();
    m_foot->setAddKeys(m_context.shortcuts.keysText(Command::Add));
}

void SwitcherWindow::onQuery(const QString& text)
{
    m_current = {}; // what matches best is on top, and Enter means it
    m_model->setQuery(text);
    setRow(0);
}

void SwitcherWindow::onRows()
{
    const bool nothing = m_model->rowCount() == 0;
    const QString query = m_model->query();
    if (nothing) {
        const QString shown = m_nothing->fontMetrics().elidedText(query, Qt::ElideRight, kWidth - 300);
        m_nothing->setText(query.isEmpty() ? tr("No accounts yet") : tr("Nothing matches \"%1\"").arg(shown));
    }
    m_clear->setVisible(!query.isEmpty());
    m_stack->setCurrentIndex(nothing ? 1 : 0);
    setRow(std::max(0, m_model->rowOf(m_current)));
    followAccounts();
}

void SwitcherWindow::setRow(int row)
{
    m_list->setCurrentIndex(m_model->index(row));
    onCurrent();
}

void SwitcherWindow::onCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    m_current = chosen();
    m_foot->setChosen(current.data(SessionModel::NameRole).toString());
    if (!current.isValid() || !isVisible() || !QAccessible::isActive())
        return;
    // The keyboard stays in the search, and what it chooses is told as if it were in the list.
    QAccessibleEvent event(m_list, QAccessible::Focus);
    event.setChild(current.row());
    QAccessible::updateAccessibility(&event);
}

void SwitcherWindow::switchTo(const SessionId& id)
{
    if (id.isEmpty())
        return;
    if (const auto done = m_context.sessions.activate(id); !done)
        return m_foot->complain(sentence(done.error()));
    accept();
}

bool SwitcherWindow::steer(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
        if (event.modifiers() & ~Qt::KeypadModifier)
            return false;
        QKeyEvent key(QEvent::KeyPress, event.key(), Qt::NoModifier);
        QCoreApplication::sendEvent(m_list, &key);
        m_search->setFocus(Qt::OtherFocusReason);
        return true;
    }
    default:
        return false;
    }
}

void SwitcherWindow::keyPressEvent(QKeyEvent* event)
{
    if (pressFocused(*this, *event) || steer(*event))
        return;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->isAutoRepeat()) // the key that opened it may still be held down
        switchTo(chosen());
    else if (!enter)
        QDialog::keyPressEvent(event);
}

bool SwitcherWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_search)
        return QDialog::eventFilter(watched, event);
    if (event->type() == QEvent::KeyPress)
        return steer(*static_cast<QKeyEvent*>(event));
    // On X11 a field takes Ctrl+K for itself, to delete what follows.
    if (event->type() == QEvent::ShortcutOverride
        && m_context.shortcuts.isPressed(Command::Switcher, *static_cast<QKeyEvent*>(event))) {
        event->ignore();
        return true;
    }
    return false;
}

void SwitcherWindow::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::ActivationChange)
        return;
    if (isActiveWindow())
        m_left.stop();
    else if (isVisible())
        m_left.start();
}

void SwitcherWindow::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.controlBorder, kBorder));
    painter.setBrush(theme.raised);
    const qreal radius = m_rounded ? kRadius : 0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace hatstand::ui
