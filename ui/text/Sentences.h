// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Error.h"
#include "core/secrets/Vault.h"
#include "core/session/Session.h"

namespace hatstand::ui {

/// The one place where codes become the sentences a person reads, in window and terminal alike. Core only: no
/// Gui.

/// One sentence that says what and why: "The checksum is wrong. One or more characters were mistyped."
[[nodiscard]] QString sentence(const Error& error);
/// Why a session can't be used, or empty when it is ready: "The keychain has no key for it". vault: where its
/// key rests; takesPassphrase: whether that is locked by Hatstand or by the desktop.
[[nodiscard]] QString stateSentence(
    const session::Session& session, secrets::VaultKind vault, bool takesPassphrase);
/// What to do about it: "Add it again with its key", or empty.
[[nodiscard]] QString stateAdvice(const session::Session& session);
/// "Key on this computer", "Encrypted key, passphrase at each use", "Remote signer", "Nothing: watch-only".
[[nodiscard]] QString signerSentence(session::SignerKind kind);
/// The same in a word for a row's end: "Remote", "Encrypted", "Watch-only"; empty for a key on this computer.
[[nodiscard]] QString signerPill(session::SignerKind kind);

} // namespace hatstand::ui
