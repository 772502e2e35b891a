// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/Vault.h"
#include "core/session/SessionManager.h"
#include "core/signing/Approver.h"
#include "core/signing/KeyHolder.h"

#include <QObject>

namespace hatstand::signing {

/// The way from a session id to what is made with its key: asks for the passphrases that are needed, and
/// tells the session what was learned. The key itself never comes here.
class KeyAccess final : public QObject
{
    Q_OBJECT
public:
    KeyAccess(session::SessionManager& sessions, secrets::Vault& vault, QObject* parent = nullptr);

    /// What can be refused without touching a secret or a person: NotFound, WrongNetwork (another family than
    /// this), WatchOnly, Damaged, SecretMissing, NotInThisVersion. Where nothing is known of the secret yet,
    /// the vault may be asked which ones it has, or what is known has to do: a vault may take its time.
    enum class Unknown { AskVault, Accept };
    void check(const session::SessionId& id, const QString& family, Unknown unknown,
        Callback<session::Session> done);

    /// A command of KeyHolder on this key; the passphrase is null where none was asked for.
    using Command = std::function<void(const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> done)>;
    /// Gives the command, with the passphrase of a key that rests encrypted, and again after unlocking a
    /// vault that was found locked.
    void use(const session::SessionId& id, PassphraseSource& passphrases, Command command,
        Callback<QByteArray> done);
    /// The same for what can be done with an encrypted key as it rests.
    void useAsItRests(const session::SessionId& id, PassphraseSource& passphrases, Command command,
        Callback<QByteArray> done);

private:
    struct Attempt;
    using SharedAttempt = std::shared_ptr<Attempt>;
    [[nodiscard]] Result<session::Session> usable(const session::SessionId& id, const QString& family) const;
    void askForKey(const SharedAttempt& attempt);
    void unlock(const SharedAttempt& attempt);
    void run(const SharedAttempt& attempt);
    void onAnswer(const SharedAttempt& attempt, const Result<KeyAnswer>& answer);
    [[nodiscard]] Result<void> learn(const session::SessionId& id, const KeyFacts& key);
    [[nodiscard]] QString nameOf(const session::SessionId& id) const;

    session::SessionManager& m_sessions;
    secrets::Vault& m_vault;
};

} // namespace hatstand::signing
