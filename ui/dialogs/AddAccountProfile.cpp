// SPDX-License-Identifier: MIT
// What follows once a new key is there: a backup of it, and a profile.
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/BackupView.h"
#include "ui/dialogs/UnlockStep.h"
#include "ui/dialogs/add/ProfileView.h"
#include "ui/dialogs/parts/SecretField.h"

namespace hatstand::ui {

void AddAccountDialog::showBackup(const session::SessionId& id)
{
    setWindowTitle(tr("Save a backup"));
    auto* backup = new BackupView(m_context, id, BackupView::After::Generating, this);
    connect(backup, &BackupView::done, this, [this, id] { showProfile(id); });
    showView(addView(backup->view.body, backup->view.foot), backup->firstField());
}

void AddAccountDialog::showProfile(const session::SessionId& id)
{
    if (!m_context.accounts || !m_context.sessions.find(id)) // logged out meanwhile, by a command
        return accept();
    setWindowTitle(tr("Profile"));
    auto* profile = new ProfileView(m_context, id, this);
    QWidget* shown = addView(profile->view.body, profile->view.foot);
    connect(profile, &ProfileView::done, this, &AddAccountDialog::accept);
    connect(this, &QDialog::finished, profile, &ProfileView::withdraw);
    connect(profile, &ProfileView::unlockWanted, this, [this, profile, shown] {
        auto* step = new UnlockStep(m_context.vault, this);
        QWidget* asked = addView(step->view.view.body, step->view.view.foot);
        const auto back = [this, profile, shown, asked] {
            showView(shown, profile->firstField());
            asked->deleteLater();
        };
        connect(step, &UnlockStep::left, this, back);
        connect(step, &UnlockStep::unlocked, this, [profile, back] {
            back();
            profile->publish();
        });
        connect(this, &QDialog::finished, step, &UnlockStep::end);
        showView(asked, step->view.passphrase);
    });
    showView(shown, profile->firstField());
}

} // namespace hatstand::ui
