// SPDX-License-Identifier: MIT
#include "ui/dialogs/edits/EditStep.h"

#include "core/accounts/AccountDirectory.h"
#include "core/secrets/Vault.h"
#include "core/session/SessionManager.h"
#include "ui/dialogs/UnlockStep.h"
#include "ui/dialogs/edits/EditConsent.h"
#include "ui/dialogs/edits/EditViews.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/text/Sentences.h"

#include <QPushButton>

namespace hatstand::ui {

EditStep::EditStep(UiContext& context, session::SessionId id, EditQuestion question, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_id(std::move(id))
    , m_question(std::move(question))
{
}

EditStep::~EditStep()
{
    withdraw();
}

void EditStep::withdraw()
{
    m_isOver = true;
    m_isAsking = false;
    if (m_consent)
        m_consent->withdraw(); // where it is too late, it goes on without us
}

void EditStep::renew(const EditQuestion& question)
{
    m_question = question;
    if (m_isAsking)
        ask();
}

void EditStep::start()
{
    if (UnlockStep::isNeeded(m_context.vault))
        unlock();
    else
        ask();
}

void EditStep::unlock()
{
    auto* step = new UnlockStep(m_context.vault, this);
    connect(step, &UnlockStep::unlocked, this, [this] {
        if (m_isOver)
            return;
        m_context.sessions.refreshStates();
        ask();
    });
    connect(step, &UnlockStep::left, this, &EditStep::left);
    Q_EMIT viewMade(step->view.view.body, step->view.view.foot, step->view.passphrase);
}

void EditStep::ask(const QString& refusal)
{
    m_isAsking = true;
    auto* view = new EditQuestionView(m_context, m_id, m_question, this);
    connect(view->cancel, &QPushButton::clicked, this, &EditStep::left);
    connect(view->go, &QPushButton::clicked, this, [this, view] {
        SharedSecret passphrase;
        if (view->passphrase)
            passphrase = std::make_shared<const SecretBuffer>(view->passphrase->take());
        send(std::move(passphrase));
    });
    Q_EMIT viewMade(view->view.body, view->view.foot,
        view->passphrase ? static_cast<QWidget*>(view->passphrase) : view->cancel);
    if (!refusal.isEmpty())
        view->refuse(refusal);
}

void EditStep::send(SharedSecret passphrase)
{
    m_isAsking = false;
    auto* view = new EditWaitView(m_context, m_id, this);
    connect(view->leave, &QPushButton::clicked, this, &EditStep::leave);
    Q_EMIT viewMade(view->view.body, view->view.foot, view->leave);
    m_consent = std::make_shared<EditConsent>(m_id, std::move(passphrase));
    m_consent->whenUsed(guarded(view, [view] { view->showSent(); }));
    // It has to live until the answer, which the dialog need not.
    m_context.accounts->edit(m_id, m_question.edit, *m_consent, *m_consent,
        [consent = m_consent, told = guarded(this, [this](const Result<accounts::Published>& done) {
            tell(done);
        })](const Result<accounts::Published>& done) mutable { told(done); });
}

void EditStep::tell(const Result<accounts::Published>& done)
{
    m_consent = nullptr;
    if (m_isOver)
        return;
    if (!done && done.error().code == ErrorCode::Cancelled)
        return Q_EMIT left();
    if (!done && done.error().code == ErrorCode::WrongPassphrase)
        return ask(sentence(done.error()));
    auto* view = done ? new EditEndView(m_context, m_id, *done, m_question.nothing, this)
                      : new EditEndView(m_context, m_id, done.error(), this);
    connect(view->close, &QPushButton::clicked, this, &EditStep::left);
    if (view->again)
        connect(view->again, &QPushButton::clicked, this, &EditStep::start);
    Q_EMIT viewMade(view->view.body, view->view.foot, view->close);
    if (done)
        Q_EMIT published();
}

void EditStep::leave()
{
    withdraw();
    Q_EMIT left();
}

} // namespace hatstand::ui
