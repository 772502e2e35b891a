// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Error.h"
#include "core/secrets/Vault.h"

namespace hatstand::ui {

/// "the system keychain", "the passphrase vault": in the middle of a sentence.
[[nodiscard]] QString vaultName(secrets::VaultKind kind);
/// "Waiting for the system keychain…"
[[nodiscard]] QString waitingText(secrets::VaultKind kind);

/// What went wrong with the vault and what to do, as a notice's two lines.
struct VaultProblem
{
    QString title;
    QString advice;
};
[[nodiscard]] VaultProblem vaultProblem(const Error& error, secrets::VaultKind kind);

} // namespace hatstand::ui
