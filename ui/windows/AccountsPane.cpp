// SPDX-License-Identifier: MIT
#include "ui/windows/AccountsPane.h"

#include "core/base/Settings.h"
#include "core/session/SessionManager.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/theme/Widgets.h"
#include "ui/windows/FilterBar.h"
#include "ui/windows/RowActions.h"
#include "ui/windows/SearchField.h"
#include "ui/windows/SessionListView.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <array>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::SessionId;

struct OrderName
{
    const char* setting;
    const char* text;
    SessionFilterModel::Order order;
};

constexpr std::array kOrders{
    OrderName{
        "mine", QT_TRANSLATE_NOOP("hatstand::ui::AccountsPane", "My order"), SessionFilterModel::Order::Mine},
    OrderName{"recent", QT_TRANSLATE_NOOP("hatstand::ui::AccountsPane", "Last used"),
        SessionFilterModel::Order::Recent},
    OrderName{
        "name", QT_TRANSLATE_NOOP("hatstand::ui::AccountsPane", "Name"), SessionFilterModel::Order::Name},
};

const OrderName& orderOf(const Settings& settings)
{
    const QString setting = settings.value(u"ui.order"_s);
    for (const OrderName& order : kOrders) {
        if (setting == QLatin1StringView(order.setting))
            return order;
    }
    return kOrders.front();
}

} // namespace

AccountsPane::AccountsPane(UiContext& context, QWidget* parent)
    : QFrame(parent)
    , m_context(context)
    , m_title(makeLabel({}, this, TextStyle::Heading))
    , m_order(makeButton({}, this, ButtonKind::Quiet))
    , m_search(new SearchField(this))
    , m_filters(nullptr)
    , m_stack(new QStackedWidget(this))
    , m_list(nullptr)
    , m_nothing(new QWidget(this))
    , m_nothingText(makeLabel({}, m_nothing, TextStyle::Body, Ink::Secondary))
    , m_nothingButton(makeButton({}, m_nothing))
{
    setProperty("panel", u"surface"_s);
    m_filter.setSourceModel(&context.model);
    m_filters = new FilterBar(context.model, m_filter, this);

    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_order);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(16, 12, 16, 12);
    top->setSpacing(8);
    top->addLayout(head);
    top->addWidget(m_search);
    top->addWidget(m_filters);

    auto* listPage = new QWidget(m_stack);
    auto* listLayout = new QVBoxLayout(listPage);
    listLayout->setContentsMargins(0, 0, 0, 0);
    m_list = new SessionListView(listPage);
    listLayout->addWidget(m_list);
    // Before the list hears of it, which would select the neighbour of a row that a filter takes away.
    connect(&m_filter, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_rowsGoing = true; });
    m_list->setModel(&m_filter);
    connect(&m_filter, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_rowsGoing = false;
        followShown();
    });
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this, &AccountsPane::followShown);
    RowActions* actions = m_list->addActions();

    auto* nothingLayout = new QVBoxLayout(m_nothing);
    m_nothingText->setWordWrap(true);
    m_nothingText->setAlignment(Qt::AlignCenter);
    nothingLayout->addSpacing(40);
    nothingLayout->addWidget(m_nothingText);
    nothingLayout->addWidget(m_nothingButton, 0, Qt::AlignHCenter);
    nothingLayout->addStretch();
    m_stack->addWidget(listPage);
    m_stack->addWidget(m_nothing);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(top);
    all->addWidget(makeLine(Qt::Horizontal, this));
    all->addWidget(m_stack, 1);

    buildOrderMenu();
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter.setSearch(text);
        onFiltered();
    });
    connect(m_search, &SearchField::leaveRequested, this, &AccountsPane::focusList);
    connect(m_filters, &FilterBar::changed, this, &AccountsPane::onFiltered);
    connect(m_nothingButton, &QPushButton::clicked, this, &AccountsPane::clearAll);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &AccountsPane::onCurrent);
    followAssistiveSelection(m_list);
    connect(m_list, &SessionListView::chosen, this, &AccountsPane::switchRequested);
    connect(m_list, &SessionListView::opened, this, &AccountsPane::opened);
    connect(actions, &RowActions::switchRequested, this, &AccountsPane::switchRequested);
    connect(actions, &RowActions::repairRequested, this, &AccountsPane::repairRequested);
    connect(actions, &RowActions::unlockRequested, this, &AccountsPane::unlockRequested);
    connect(&context.model, &QAbstractItemModel::rowsInserted, this, &AccountsPane::onCount);
    connect(&context.model, &QAbstractItemModel::rowsRemoved, this, &AccountsPane::onCount);
    connect(&context.settings, &Settings::changed, this, [this](const QString& key) {
        if (key == "ui.order"_L1)
            onOrder();
    });
    const auto showKeys = [this] { m_search->setKeys(m_context.shortcuts.keysText(Command::Search)); };
    connect(&context.shortcuts, &ShortcutMap::changed, this, showKeys);
    showKeys();
    onOrder();
    onCount();
}

void AccountsPane::buildOrderMenu()
{
    auto* menu = new QMenu(m_order);
    auto* group = new QActionGroup(menu);
    for (const OrderName& order : kOrders) {
        QAction* action = menu->addAction(tr(order.text));
        action->setCheckable(true);
        action->setData(QString::fromLatin1(order.setting));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, action] {
            // A disk that takes no setting still gets the order for now.
            if (!m_context.settings.set(u"ui.order"_s, action->data().toString()))
                onOrder();
        });
    }
    connect(menu, &QMenu::aboutToShow, this, [this, group] {
        const auto* now = orderOf(m_context.settings).setting;
        const auto actions = group->actions();
        for (QAction* action : actions)
            action->setChecked(action->data().toString() == QLatin1StringView(now));
    });
    m_order->setMenu(menu);
}

void AccountsPane::onOrder()
{
    const OrderName& order = orderOf(m_context.settings);
    m_filter.setOrder(order.order);
    m_order->setText(tr(order.text));
    m_order->setAccessibleName(tr("Order: %1").arg(tr(order.text)));
    onFiltered();
}

void AccountsPane::onCount()
{
    m_title->setText(tr("All accounts (%1)").arg(m_context.model.rowCount()));
    onFiltered();
}

void AccountsPane::onFiltered()
{
    m_list->setReorderable(
        orderOf(m_context.settings).order == SessionFilterModel::Order::Mine && !m_filter.isFiltering());
    const bool nothing = m_filter.rowCount() == 0 && m_filter.isFiltering();
    m_stack->setCurrentIndex(nothing ? 1 : 0);
    followShown();
    if (!nothing)
        return;
    const QString query = m_search->text().trimmed();
    m_nothingText->setText(
        query.isEmpty() ? tr("No account fits these filters") : tr("Nothing matches \"%1\"").arg(query));
    m_nothingButton->setText(query.isEmpty() ? tr("Clear filters") : tr("Clear search"));
}

void AccountsPane::clearAll()
{
    if (!m_search->text().trimmed().isEmpty())
        m_search->clear();
    else
        m_filters->clear();
    m_search->setFocus(Qt::OtherFocusReason);
}

QModelIndex AccountsPane::indexOf(const SessionId& id) const
{
    return m_filter.mapFromSource(m_context.model.indexOf(id));
}

SessionId AccountsPane::current() const
{
    return m_list->idAt(m_list->currentIndex());
}

SessionId AccountsPane::focused() const
{
    return m_list->hasFocus() ? current() : SessionId();
}

void AccountsPane::select(const SessionId& id)
{
    m_shown = id;
    followShown();
    if (const QModelIndex index = indexOf(id); index.isValid())
        m_list->scrollTo(index);
}

void AccountsPane::onCurrent(const QModelIndex& index)
{
    const SessionId id = m_list->idAt(index);
    if (m_rowsGoing || id.isEmpty())
        return;
    m_shown = id;
    Q_EMIT currentChanged(id);
}

void AccountsPane::followShown()
{
    const QModelIndex index = indexOf(m_shown);
    if (index.isValid()) {
        m_list->setCurrentIndex(index);
    } else if (m_context.model.indexOf(m_shown).isValid()) {
        // Hidden by a filter: what a key does then must not be done to another that merely looks chosen.
        m_list->selectionModel()->clear();
    } else {
        onCurrent(m_list->currentIndex()); // logged out: the list has gone on to its neighbour
    }
}

void AccountsPane::editName(const SessionId& id)
{
    if (!m_context.model.indexOf(id).isValid())
        return;
    if (!indexOf(id).isValid()) {
        m_search->clear();
        m_filters->clear();
    }
    select(id);
    m_list->setFocus(Qt::OtherFocusReason);
    m_list->edit(indexOf(id));
}

void AccountsPane::move(const SessionId& id, int by)
{
    const qsizetype place = m_context.sessions.positionOf(id) + by;
    if (!m_list->dragEnabled() || place < 1 || place > m_context.sessions.count())
        return;
    if (m_context.sessions.move(id, place))
        m_list->scrollTo(indexOf(id));
}

void AccountsPane::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void AccountsPane::focusList()
{
    m_list->setFocus(Qt::OtherFocusReason);
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_filter.index(0, 0));
}

} // namespace hatstand::ui
