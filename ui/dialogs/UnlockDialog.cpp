// SPDX-License-Identifier: MIT
#include "ui/dialogs/UnlockDialog.h"

#include "core/session/SessionManager.h"
#include "ui/dialogs/UnlockStep.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/parts/VaultWords.h"

#include <QBoxLayout>
#include <QPushButton>

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
        replaceView(step->view.view.body, step->view.view.foot, step->view.passphrase);
        fitTo(kWidth);
        return;
    }
    QFrame* body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(body, 24, 16);
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
    replaceView(body, footOf({}, {cancel, m_again}), cancel);
    askDesktop();
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
    Dialog::reject();
}

void UnlockDialog::finish()
{
    m_context.sessions.refreshStates();
    accept();
}

} // namespace hatstand::ui
