// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/Vault.h"
#include "ui/dialogs/VaultViews.h"

namespace hatstand::ui {

/// The unlock view with what it does: a step inside a dialog that goes on once the passphrase vault is open.
class UnlockStep final : public QObject
{
    Q_OBJECT
public:
    UnlockStep(secrets::Vault& vault, QObject* parent);
    /// A locked passphrase vault; a keychain asks by itself.
    [[nodiscard]] static bool isNeeded(const secrets::Vault& vault);
    /// Whatever the vault answers now, nothing goes on: unlocked() comes no more.
    void end();
    UnlockView view;

Q_SIGNALS:
    void unlocked();
    void left(); ///< it has ended

private:
    bool m_isOver = false;
};

} // namespace hatstand::ui
