// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountData.h"
#include "core/session/Session.h"
#include "ui/UiContext.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace hatstand::ui {

class AccountListModel;

/// One account's follows or mutes with a search over them, and in words why there is nothing to see.
class AccountListPage final : public QFrame
{
    Q_OBJECT
public:
    enum class List { Follows, Mutes };
    AccountListPage(const UiContext& context, const session::SessionId& id);

    void show(List list);
    using QWidget::show;
    [[nodiscard]] List list() const { return m_list; }
    void setLists(const accounts::AccountLists& lists); ///< what is chosen stays so, where it is still there
    /// What is chosen; a default one with an empty value for nothing.
    [[nodiscard]] nostr::Muted chosen() const;
    [[nodiscard]] QString chosenName() const;
    [[nodiscard]] QLineEdit* search() const { return m_search; }
    void focusList();

Q_SIGNALS:
    void changed(); ///< the list, what is chosen, what is known of the account
    void removeRequested(); ///< by its key

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QWidget* makeTabs();
    void makeSearch();
    void makeView();
    void fill();
    void say();
    [[nodiscard]] QString nothingText() const;

    const UiContext& m_context;
    session::SessionId m_id;
    List m_list = List::Follows;
    accounts::AccountLists m_lists;
    bool m_isLoaded = false;
    AccountListModel* m_model;
    QPushButton* m_followsTab = nullptr;
    QPushButton* m_mutesTab = nullptr;
    QLineEdit* m_search;
    QWidget* m_remark;
    QLabel* m_remarkText;
    QStackedWidget* m_stack;
    QListView* m_view;
    QLabel* m_nothing;
};

} // namespace hatstand::ui
