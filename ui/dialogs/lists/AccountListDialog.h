// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/lists/AccountListPage.h"
#include "ui/dialogs/parts/Dialog.h"

namespace hatstand::ui {

struct EditQuestion;

/// Whom an account follows and what it mutes: all of it, to search, and to change where the account can sign.
class AccountListDialog final : public Dialog
{
    Q_OBJECT
public:
    using List = AccountListPage::List;
    AccountListDialog(UiContext& context, const session::SessionId& id, List list, QWidget* parent = nullptr);

protected:
    void reject() override; ///< leads back to the list before it closes

private:
    [[nodiscard]] QWidget* makeFoot();
    void load();
    void follow(); ///< what can be done, as the page says
    void add();
    void removeChosen();
    void undo();
    void ask(const EditQuestion& question);
    void takeStep(QObject* step);
    void showStep(QWidget* body, QWidget* foot, QWidget* focus);
    void leaveStep();
    [[nodiscard]] bool isFollows() const { return m_page->list() == List::Follows; }

    UiContext& m_context;
    session::SessionId m_id;
    AccountListPage* m_page;
    QWidget* m_main = nullptr;
    QWidget* m_stepView = nullptr; ///< over the list
    QObject* m_step = nullptr; ///< the form or EditStep that is shown there
    QPushButton* m_add = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_undo = nullptr;
};

} // namespace hatstand::ui
