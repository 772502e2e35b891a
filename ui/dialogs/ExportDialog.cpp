// SPDX-License-Identifier: MIT
#include "ui/dialogs/ExportDialog.h"

#include "core/secrets/Vault.h"
#include "ui/dialogs/BackupView.h"
#include "ui/dialogs/UnlockStep.h"
#include "ui/dialogs/parts/SecretField.h"

namespace hatstand::ui {
namespace {

constexpr int kWidth = 560;

} // namespace

ExportDialog::ExportDialog(UiContext& context, const session::SessionId& id, QWidget* parent)
    : Dialog(tr("Export backup"), parent)
    , m_context(context)
    , m_id(id)
{
    if (!UnlockStep::isNeeded(context.vault)) {
        showBackup();
        return;
    }
    auto* step = new UnlockStep(context.vault, this);
    connect(step, &UnlockStep::unlocked, this, &ExportDialog::showBackup);
    connect(step, &UnlockStep::left, this, &ExportDialog::reject);
    replaceView(step->view.view.body, step->view.view.foot, step->view.passphrase);
    fitTo(kWidth);
}

void ExportDialog::showBackup()
{
    auto* backup = new BackupView(m_context, m_id, BackupView::After::Asking, this);
    connect(backup, &BackupView::done, this, [this](bool saved) {
        if (saved)
            accept();
        else
            reject();
    });
    replaceView(backup->view.body, backup->view.foot, backup->firstField());
    fitTo(kWidth);
}

} // namespace hatstand::ui
