// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/session/SessionManager.h"
#include "core/signing/KeyHolder.h"

#include <QObject>

namespace hatstand {
class Settings;
}

namespace hatstand::signing {

/// What Hatstand does with a Nostr account's key by itself, to keep that account's data: nobody is asked, so
/// it is only what shows or changes nothing for others. Never waits for a prompt or a passphrase: NotFound,
/// WatchOnly, PassphraseRequired (encrypted and remote keys), Locked and SecretMissing are told at once,
/// Denied (SigningStopped) while signing is stopped.
class OwnKeys final : public QObject
{
    Q_OBJECT
public:
    OwnKeys(session::SessionManager& sessions, secrets::Vault& vault, KeyHolder& keys,
        const Settings& settings, const Clock& clock, QObject* parent = nullptr);
    ~OwnKeys() override;

    /// Signs kind 22242 (NIP-42) and nothing else: BadEvent.
    void authenticate(
        const session::SessionId& id, const QByteArray& unsignedEvent, Callback<QByteArray> done);
    /// What the account encrypted to itself (NIP-51), by NIP-44 or NIP-04 as its form says.
    void openPrivate(const session::SessionId& id, const QString& content, Callback<QByteArray> done);
    /// The other way, NIP-44 always.
    void sealPrivate(const session::SessionId& id, const QByteArray& plaintext, Callback<QString> done);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::signing
