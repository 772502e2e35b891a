// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Chains.h"
#include "core/base/Random.h"
#include "core/session/SessionManager.h"

#include <QThreadPool>
#include <atomic>

namespace hatstand::signing {

/// From what a person typed, pasted or generated to a session that can be added. Used by the dialogs and the
/// command line alike, so both refuse the same things with the same reasons. Nothing here touches store or
/// vault.

const inline QString kOwnWallet = QStringLiteral("hatstand");
const inline QString kPrivateKeyWallet
    = QStringLiteral("wallet-plugin-privatekey"); ///< WharfKit's id for a key of one's own

[[nodiscard]] session::NewSession generateNostr(Random& random);
/// nsec1… or 64 hex. PublicKeyGiven, EncryptedKeyGiven, ChecksumWrong, CutShort, … as Error::why.
[[nodiscard]] Result<session::NewSession> nostrFromKey(const SecretBuffer& text);
/// Form and checksum only, quick: what a dialog checks while the person types.
[[nodiscard]] Result<void> checkNcryptsec(const SecretBuffer& text);
/// Off the event loop; the passphrase is needed once, to learn which account it is; the ncryptsec is what is
/// stored. cancel: set to stop waiting, the answer is then Cancelled. WrongPassphrase.
void nostrFromNcryptsec(SharedSecret text, SharedSecret passphrase, QThreadPool& pool, QObject* context,
    std::shared_ptr<std::atomic_bool> cancel, Callback<session::NewSession> done);
/// npub, nprofile or 64 hex.
[[nodiscard]] Result<session::NewSession> watchNostr(const QString& text);

/// account: actor@permission. The chain is asked nothing (--offline).
[[nodiscard]] Result<session::NewSession> antelopeFromKey(
    const antelope::Chain& chain, const QString& account, const SecretBuffer& text);
[[nodiscard]] Result<session::NewSession> watchAntelope(const antelope::Chain& chain, const QString& account);

/// What a pasted text is, so that the right page opens; None for anything else. Never keeps it.
enum class Pasted { None, NostrKey, NostrEncryptedKey, NostrPublicKey, AntelopeKey, AntelopeAccount };
[[nodiscard]] Pasted recognise(const SecretBuffer& text);

} // namespace hatstand::signing
