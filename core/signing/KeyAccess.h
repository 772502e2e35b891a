// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Keys.h"
#include "core/nostr/Keys.h"
#include "core/secrets/StoredSecret.h"
#include "core/session/SessionManager.h"
#include "core/signing/Approver.h"

#include <QObject>
#include <variant>

class QThreadPool;

namespace hatstand::signing {

using Key = std::variant<nostr::SecretKey, antelope::PrivateKey>;
/// Given to one callback, kept by nobody.
using SharedKey = std::shared_ptr<const Key>;
using SharedStored = std::shared_ptr<const secrets::StoredSecret>;

/// The way from a session id to the key that rests under it. A key that is not the session's never comes out.
class KeyAccess final : public QObject
{
    Q_OBJECT
public:
    KeyAccess(session::SessionManager& sessions, secrets::SecretVault& vault, QThreadPool& pool,
        QObject* parent = nullptr);

    /// What can be refused without touching a secret or a person: NotFound, WrongNetwork (another family than
    /// this), WatchOnly, Damaged, SecretMissing, NotInThisVersion. Where nothing is known of the secret yet,
    /// the vault may be asked which ones it has, or what is known has to do: a vault may take its time.
    enum class Unknown { AskVault, Accept };
    void check(const session::SessionId& id, const QString& family, Unknown unknown,
        Callback<session::Session> done);
    /// The session's key, read now and compared with the session: WrongAccount. A passphrase is asked for
    /// where the key rests encrypted, before it is read. What the vault answered is told to the session.
    void fetch(const session::SessionId& id, PassphraseSource& passphrases, Callback<SharedKey> done);
    /// The entry as it rests.
    void read(const session::SessionId& id, PassphraseSource& passphrases, Callback<SharedStored> done);

private:
    [[nodiscard]] Result<session::Session> usable(const session::SessionId& id, const QString& family) const;
    void readAndOpen(const session::SessionId& id, PassphraseSource& passphrases, SharedSecret passphrase,
        Callback<SharedKey> done);
    void decrypt(
        const session::SessionId& id, SharedStored stored, SharedSecret passphrase, Callback<SharedKey> done);
    void readUnlocked(const session::SessionId& id, PassphraseSource& passphrases, bool mayUnlock,
        Callback<SharedSecret> done);
    [[nodiscard]] Result<SharedKey> belonging(
        const session::SessionId& id, session::SignerKind signer, Result<Key> key);
    [[nodiscard]] QString nameOf(const session::SessionId& id) const;

    session::SessionManager& m_sessions;
    secrets::SecretVault& m_vault;
    QThreadPool& m_pool;
};

} // namespace hatstand::signing
