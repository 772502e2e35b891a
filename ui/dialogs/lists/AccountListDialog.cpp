// SPDX-License-Identifier: MIT
#include "ui/dialogs/lists/AccountListDialog.h"

#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionManager.h"
#include "ui/dialogs/edits/EditStep.h"
#include "ui/dialogs/lists/ListForms.h"
#include "ui/dialogs/lists/ListQuestions.h"

#include <QLineEdit>

namespace hatstand::ui {
namespace {

constexpr QSize kSize(560, 620);

} // namespace

AccountListDialog::AccountListDialog(
    UiContext& context, const session::SessionId& id, List list, QWidget* parent)
    : Dialog(tr("Follows and mutes"), parent)
    , m_context(context)
    , m_id(id)
    , m_page(new AccountListPage(context, id))
{
    m_main = addView(m_page, makeFoot());
    connect(m_page, &AccountListPage::changed, this, &AccountListDialog::follow);
    connect(m_page, &AccountListPage::removeRequested, this, &AccountListDialog::removeChosen);
    connect(context.accounts, &accounts::AccountDirectory::listsChanged, this,
        [this](const session::SessionId& of) {
            if (of == m_id)
                load();
        });
    connect(
        context.accounts, &accounts::AccountDirectory::changed, this, [this](const session::SessionId& of) {
            if (of == m_id)
                follow(); // what can be undone
        });
    connect(&context.sessions, &session::SessionManager::sessionRemoved, this,
        [this](const session::SessionId& of) {
            if (of == m_id)
                Dialog::reject(); // logged out elsewhere
        });
    m_page->show(list);
    showView(m_main, m_page->search());
    growFrom(kSize);
    load();
}

QWidget* AccountListDialog::makeFoot()
{
    m_add = button({});
    m_remove = button({});
    m_undo = button(tr("Undo…"));
    QPushButton* close = button(tr("Close"));
    connect(m_add, &QPushButton::clicked, this, &AccountListDialog::add);
    connect(m_remove, &QPushButton::clicked, this, &AccountListDialog::removeChosen);
    connect(m_undo, &QPushButton::clicked, this, &AccountListDialog::undo);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return footOf({m_add, m_remove, m_undo}, {close});
}

void AccountListDialog::load()
{
    m_context.accounts->lists(m_id, this, [this](const Result<accounts::AccountLists>& lists) {
        if (lists)
            m_page->setLists(*lists);
    });
}

void AccountListDialog::follow()
{
    const session::Session* session = m_context.sessions.find(m_id);
    const bool canSign = session && session->signer != session::SignerKind::WatchOnly;
    const QList<int> undoable = m_context.accounts->summary(m_id).undoable;
    m_add->setText(isFollows() ? tr("Follow…") : tr("Mute…"));
    m_remove->setText(isFollows() ? tr("Unfollow…") : tr("Unmute…"));
    const QString chosen = m_page->chosen().value;
    // What is no point of the curve is nobody's key: it can stand in a list all the same.
    const bool isNobody = isFollows() && !chosen.isEmpty() && !nostr::PublicKey::parse(chosen);
    const QString why
        = isNobody ? tr("This is no key of anybody, and Hatstand can't take it out of the list.") : QString();
    m_remove->setEnabled(!chosen.isEmpty() && !isNobody);
    m_remove->setToolTip(why.isEmpty() ? QString() : plainToolTip(why));
    m_remove->setAccessibleDescription(why);
    m_undo->setEnabled(undoable.contains(isFollows() ? nostr::kFollowsKind : nostr::kMutesKind));
    m_undo->setAccessibleName(
        isFollows() ? tr("Undo the last change of the follows") : tr("Undo the last change of the mutes"));
    m_undo->setToolTip(plainToolTip(m_undo->accessibleName()));
    for (QPushButton* button : {m_add, m_remove, m_undo})
        button->setVisible(canSign);
}

void AccountListDialog::add()
{
    if (isFollows()) {
        auto* form = new FollowForm(m_context, m_id, this);
        takeStep(form);
        connect(form, &FollowForm::made, this, &AccountListDialog::ask);
        connect(form, &FollowForm::left, this, &AccountListDialog::leaveStep);
        return showStep(form->view.body, form->view.foot, form->first);
    }
    auto* form = new MuteForm(m_context, m_id, this);
    takeStep(form);
    connect(form, &MuteForm::made, this, &AccountListDialog::ask);
    connect(form, &MuteForm::left, this, &AccountListDialog::leaveStep);
    showStep(form->view.body, form->view.foot, form->first);
}

void AccountListDialog::removeChosen()
{
    const nostr::Muted chosen = m_page->chosen();
    if (m_remove->isHidden() || !m_remove->isEnabled())
        return;
    if (!isFollows())
        return ask(unmuteQuestion(chosen, m_page->chosenName()));
    if (const auto who = nostr::PublicKey::parse(chosen.value))
        ask(unfollowQuestion(*who, m_page->chosenName()));
}

void AccountListDialog::undo()
{
    ask(undoQuestion(isFollows() ? nostr::kFollowsKind : nostr::kMutesKind));
}

void AccountListDialog::ask(const EditQuestion& question)
{
    auto* step = new EditStep(m_context, m_id, question, this);
    takeStep(step);
    connect(step, &EditStep::viewMade, this, &AccountListDialog::showStep);
    connect(step, &EditStep::left, this, &AccountListDialog::leaveStep);
    connect(step, &EditStep::published, this, &AccountListDialog::load);
    step->start();
}

/// The one before may be what is calling.
void AccountListDialog::takeStep(QObject* step)
{
    QObject* before = std::exchange(m_step, step);
    if (auto* edit = qobject_cast<EditStep*>(before))
        edit->withdraw(); // now: what is deleted later may be asked for its yes before
    if (before)
        before->deleteLater();
}

void AccountListDialog::showStep(QWidget* body, QWidget* foot, QWidget* focus)
{
    QWidget* before = std::exchange(m_stepView, addView(body, foot));
    showView(m_stepView, focus);
    if (before)
        before->deleteLater();
}

void AccountListDialog::leaveStep()
{
    takeStep(nullptr);
    if (QWidget* before = std::exchange(m_stepView, nullptr)) {
        showView(m_main, nullptr);
        m_page->focusList();
        before->deleteLater();
    }
}

void AccountListDialog::reject()
{
    if (m_stepView)
        leaveStep();
    else
        Dialog::reject();
}

} // namespace hatstand::ui
