// SPDX-License-Identifier: MIT
#include "ui/windows/RowActions.h"

#include "ui/models/SessionModel.h"
#include "ui/theme/Widgets.h"
#include "ui/windows/SessionDelegate.h"
#include "ui/windows/SessionListView.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QWheelEvent>

namespace hatstand::ui {
namespace {

using session::SessionId;
using session::SessionState;

constexpr int kHeight = 28;

} // namespace

RowActions::RowActions(SessionListView* list)
    : QWidget(list->parentWidget())
    , m_list(list)
{
    setFocusPolicy(Qt::NoFocus);
    list->viewport()->installEventFilter(this);
    list->installEventFilter(this);
    connect(list->verticalScrollBar(), &QScrollBar::valueChanged, this, &RowActions::refresh);
    connect(list, &SessionListView::slid, this, &RowActions::refresh);
    watchModel();
}

void RowActions::watchModel()
{
    const QAbstractItemModel* model = m_list->model();
    connect(model, &QAbstractItemModel::dataChanged, this, &RowActions::refreshSoon);
    connect(model, &QAbstractItemModel::rowsInserted, this, &RowActions::refreshSoon);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &RowActions::refreshSoon);
    connect(model, &QAbstractItemModel::layoutChanged, this, &RowActions::refreshSoon);
    connect(model, &QAbstractItemModel::modelReset, this, &RowActions::refreshSoon);
}

RowActions::Action RowActions::actionOf(const QModelIndex& index)
{
    switch (static_cast<SessionState>(index.data(SessionModel::StateRole).toInt())) {
    case SessionState::SecretMissing:
    case SessionState::Damaged:
    case SessionState::NeedsLogin:
        return Action::Repair;
    case SessionState::Locked: // may be switched to all the same; one button to unlock is enough for all
        return index.data(SessionModel::ActiveRole).toBool() ? Action::Unlock : Action::Switch;
    case SessionState::Ready:
    case SessionState::Unknown:
        break;
    }
    return index.data(SessionModel::ActiveRole).toBool() ? Action::None : Action::Switch;
}

bool RowActions::hasButton(const QModelIndex& index)
{
    return actionOf(index) != Action::None;
}

QString RowActions::textOf(Action action)
{
    switch (action) {
    case Action::Switch:
        return tr("Switch");
    case Action::Repair:
        return tr("Repair…");
    case Action::Unlock:
        return tr("Unlock…");
    case Action::None:
        break;
    }
    return {};
}

int RowActions::reservedWidth() const
{
    QFont face = ui::font(TextStyle::Button);
    face.setPointSizeF(face.pointSizeF() - 0.5);
    const QFontMetrics metrics(face);
    int widest = 0;
    for (const Action action : {Action::Switch, Action::Repair, Action::Unlock})
        widest = std::max(widest, metrics.horizontalAdvance(textOf(action)));
    return widest + 24 + SessionDelegate::margin + 12;
}

void RowActions::dress(Button& button, const QModelIndex& index)
{
    const QString name = index.data(SessionModel::NameRole).toString();
    button.id = SessionId(index.data(SessionModel::IdRole).toString());
    button.action = actionOf(index);
    button.widget->setText(textOf(button.action));
    switch (button.action) {
    case Action::Switch:
        button.widget->setAccessibleName(tr("Switch to %1").arg(name));
        break;
    case Action::Repair:
        button.widget->setAccessibleName(tr("Repair %1").arg(name));
        break;
    case Action::Unlock:
        button.widget->setAccessibleName(tr("Unlock, to use %1").arg(name));
        break;
    case Action::None:
        break;
    }
}

void RowActions::refreshSoon()
{
    if (m_pending)
        return;
    m_pending = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_pending = false;
            refresh();
        },
        Qt::QueuedConnection);
}

void RowActions::refresh()
{
    const QRect visible = m_list->viewport()->rect();
    setVisible(m_list->isVisible());
    setGeometry(QRect(m_list->viewport()->mapTo(m_list->parentWidget(), QPoint(0, 0)), visible.size()));
    raise();
    std::size_t used = 0;
    QRegion places;
    const QAbstractItemModel* model = m_list->model();
    // Rows are all of one height, so the first visible one is known without asking for each.
    const int first = m_list->verticalOffset() / SessionDelegate::rowHeight();
    for (int row = first; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        const QRect place = m_list->visualRect(index);
        if (place.top() > visible.bottom())
            break;
        const QRect rect = place.translated(0, m_list->slideOf(index));
        if (actionOf(index) == Action::None)
            continue;
        if (used == m_buttons.size()) {
            QPushButton* widget = makeButton({}, this, ButtonKind::Normal, {}, ButtonSize::Small);
            widget->setFocusPolicy(Qt::NoFocus); // in the list, Enter is the switch
            connect(widget, &QPushButton::clicked, this, [this, widget] { press(widget); });
            m_buttons.push_back({widget, {}, Action::None});
        }
        Button& button = m_buttons[used++];
        dress(button, index);
        button.widget->ensurePolished();
        const int width = button.widget->sizeHint().width();
        const int height = std::max(kHeight, button.widget->sizeHint().height());
        const QRect end(visible.right() + 1 - SessionDelegate::margin - width,
            rect.top() + (SessionDelegate::rowHeight() - 1 - height) / 2, width, height);
        button.widget->setGeometry(QStyle::visualRect(layoutDirection(), visible, end));
        button.widget->show();
        places += button.widget->geometry();
    }
    for (std::size_t i = used; i < m_buttons.size(); ++i)
        m_buttons[i].widget->hide();
    if (places.isEmpty())
        places = QRegion(-1, -1, 1, 1); // an empty mask would be none
    setMask(places);
}

void RowActions::press(const QPushButton* widget)
{
    for (const Button& button : m_buttons) {
        if (button.widget != widget)
            continue;
        // A copy: answering the signal may dress this button anew.
        const Button pressed = button;
        if (pressed.action == Action::Switch)
            Q_EMIT switchRequested(pressed.id);
        else if (pressed.action == Action::Repair)
            Q_EMIT repairRequested(pressed.id);
        else if (pressed.action == Action::Unlock)
            Q_EMIT unlockRequested();
        return;
    }
}

bool RowActions::eventFilter(QObject*, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::Move:
    case QEvent::LayoutDirectionChange:
        refreshSoon();
        break;
    default:
        break;
    }
    return false;
}

void RowActions::wheelEvent(QWheelEvent* event)
{
    QCoreApplication::sendEvent(m_list->viewport(), event);
}

} // namespace hatstand::ui
