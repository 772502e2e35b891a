// SPDX-License-Identifier: MIT
#include "ui/dialogs/UnlockStep.h"

#include "ui/dialogs/parts/SecretField.h"

#include <QPushButton>

namespace hatstand::ui {

UnlockStep::UnlockStep(secrets::Vault& vault, QObject* parent)
    : QObject(parent)
    , view(this)
{
    connect(view.cancel, &QPushButton::clicked, this, [this] {
        end();
        Q_EMIT left();
    });
    connect(view.unlock, &QPushButton::clicked, this, [this, &vault] {
        view.setBusy(true);
        vault.unlock(view.peek(), guarded(this, [this](Result<void> done) {
            if (m_isOver)
                return; // the vault is open, and nobody goes on for it
            if (!done)
                return view.refuse(done.error());
            view.passphrase->wipe();
            Q_EMIT unlocked();
        }));
    });
}

void UnlockStep::end()
{
    m_isOver = true;
    view.passphrase->wipe();
    deleteLater();
}

bool UnlockStep::isNeeded(const secrets::Vault& vault)
{
    return vault.takesPassphrase() && vault.state() == secrets::VaultState::Locked;
}

} // namespace hatstand::ui
