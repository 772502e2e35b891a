// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/models/SessionModel.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace hatstand::ui {

class FilterBar;
class SearchField;
class SessionListView;

/// The left side: how many accounts, their order, search, filters and the list.
class AccountsPane final : public QFrame
{
    Q_OBJECT
public:
    explicit AccountsPane(UiContext& context, QWidget* parent = nullptr);

    [[nodiscard]] session::SessionId current() const; ///< the selected row's, empty for none
    [[nodiscard]] session::SessionId focused() const; ///< current(), while the keyboard is in the list
    /// The account that is shown beside the list: its row is selected, and none where filters hide it.
    void select(const session::SessionId& id);
    void editName(const session::SessionId& id); ///< clears filters that hide it
    void move(const session::SessionId& id, int by); ///< only in the person's own order
    void focusSearch();
    void focusList();

Q_SIGNALS:
    void currentChanged(const hatstand::session::SessionId& id);
    void opened(const hatstand::session::SessionId& id); ///< show it, also where that covers the list
    void switchRequested(const hatstand::session::SessionId& id);
    void repairRequested(const hatstand::session::SessionId& id);
    void unlockRequested();

private:
    void buildOrderMenu();
    void onCount();
    void onFiltered();
    void onOrder();
    void clearAll();
    void followShown();
    void onCurrent(const QModelIndex& index);
    [[nodiscard]] QModelIndex indexOf(const session::SessionId& id) const;

    UiContext& m_context;
    SessionFilterModel m_filter;
    session::SessionId m_shown;
    bool m_rowsGoing = false; ///< the list moves its selection by itself then
    QLabel* m_title;
    QPushButton* m_order;
    SearchField* m_search;
    FilterBar* m_filters;
    QStackedWidget* m_stack;
    SessionListView* m_list;
    QWidget* m_nothing;
    QLabel* m_nothingText;
    QPushButton* m_nothingButton;
};

} // namespace hatstand::ui
