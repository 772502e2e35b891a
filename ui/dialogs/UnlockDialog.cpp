// SPDX-License-Identifier: MIT
#include "ui/dialogs/UnlockDialog.h"

#include "core/session/SessionManager.h"
#include "ui/dialogs/UnlockStep.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/parts/VaultWords.h"

#include <QBoxLayout>
#include <QPushButton>
#include <utility>

namespace hatstand::ui {
namespace {

constexpr int kWidth = 440;

} // namespace

UnlockDialog::UnlockDialog(UiContext& context, QWidget* parent)
    : Dialog(tr("Unlock"), parent)
    , m_context(context)
{
    if (context.vault.takesPassphrase()) {
        auto* step = new UnlockStep(context.vault, this);
        connect(step, &UnlockStep::unlocked, this, &UnlockDialog::finish);
        connect(step, &UnlockStep::left, this, &UnlockDialog::reject);
        connect(&context.vault, &secrets::Vault::stateChanged, step, [step](secrets::VaultState state) {
            if (state == secrets::VaultState::Locked)
                step->view.passphrase->wipe();
        });
        // Later: what this brings to the step comes first, and the vault is asked nothing while it tells.
        const auto follow = [this] {
            if (m_context.vault.state() == secrets::VaultState::Unlocked)
                finish();
        };
        connect(&context.vault, &secrets::Vault::stateChanged, this, follow, Qt::QueuedConnection);
        m_body = step->view.view.body;
        replaceView(m_body, step->view.view.foot, step->view.passphrase);
        fitTo(kWidth);
        return;
    }
    m_body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(m_body, 24, 16);
    layout->addWidget(paragraph(tr("Unlock the system keychain"), TextStyle::Title));
    m_status = paragraph({}, TextStyle::Body, Ink::Secondary);
    layout->addWidget(m_status);
    m_problem = new Notice(Panel::Danger, {}, {});
    layout->addWidget(m_problem);
    layout->addStretch();
    QPushButton* cancel = button(tr("Cancel"));
    m_again = button(tr("Try again"), ButtonKind::Primary);
    connect(cancel, &QPushButton::clicked, this, &UnlockDialog::reject);
    connect(m_again, &QPushButton::clicked, this, &UnlockDialog::askDesktop);
    replaceView(m_body, footOf({}, {cancel, m_again}), cancel);
    askDesktop();
}

void UnlockDialog::setReason(const QString& text)
{
    if (auto* layout = qobject_cast<QBoxLayout*>(m_body->layout()))
        layout->insertWidget(1, paragraph(text, TextStyle::Body)); // below the title
    fitTo(kWidth);
}

void UnlockDialog::askDesktop()
{
    m_status->setText(waitingText(secrets::VaultKind::Keychain));
    m_status->show();
    m_problem->hide();
    m_again->setEnabled(false);
    fitTo(kWidth);
    m_asking = true;
    m_context.vault.unlock({}, guarded(this, [this](Result<void> done) {
        if (!std::exchange(m_asking, false))
            return; // nobody waits for it any more
        if (done)
            return finish();
        const VaultProblem problem = vaultProblem(done.error(), secrets::VaultKind::Keychain);
        m_status->hide();
        m_problem->setTexts(problem.title, problem.advice);
        m_problem->show();
        m_again->setEnabled(true);
        m_again->setFocus();
        fitTo(kWidth);
    }));
}

void UnlockDialog::reject()
{
    if (std::exchange(m_asking, false))
        m_context.vault.stopWaiting();
    m_isOver = true;
    Dialog::reject();
}

void UnlockDialog::finish()
{
    if (std::exchange(m_isOver, true))
        return;
    m_context.sessions.refreshStates();
    accept();
}

} // namespace hatstand::ui
