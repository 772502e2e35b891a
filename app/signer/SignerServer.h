// SPDX-License-Identifier: MIT
#pragma once

#include "app/signer/Message.h"
#include "core/secrets/Vault.h"
#include "core/signing/KeyHolder.h"

#include <QTimer>
#include <chrono>

namespace hatstand::app {

/// The commands of the process that holds keys; all there are. A request is {"n":number,"do":command,…}; its
/// answer {"n":number,"ok":true,…} or {"n":number,"error":{…}}. Without being asked it says
/// {"event":"state","state":n,"passphrase":bool}, {"event":"waiting","on":bool}, {"event":"late"} and
/// {"event":"tries","count":n}.
///
/// | do | takes | answers |
/// |---|---|---|
/// | write, remove | key; part "secret" for write | |
/// | copy | from, to | |
/// | look | key | type, if it is a known one |
/// | prepare, lock, refresh | | |
/// | unlock | part "passphrase" | |
/// | change-passphrase | parts "before", "after" | |
/// | idle | ms | |
/// | stop-waiting | | |
/// | public-key | id, publicKey; part "passphrase" | type, publicKey |
/// | sign-event | the same, createdAt; part "event" | and part "text" |
/// | sign-digest | the same, digest (hex) | and part "text" |
/// | export-key | the same, descriptor | |
/// | export-encrypted | the same; part "new" | and part "text" |
/// | encrypt | the same, scheme nip44 or nip04, peer (hex); part "plain" | and part "text" |
/// | decrypt | the same; part "payload" | and part "text" |
/// | open-ncryptsec | parts "ncryptsec", "passphrase" | type, publicKey |
///
/// With "derive" in place of an id it is the key that is derived for that use.
///
/// Where the vault is a file, a command that changes it brings a descriptor of a new file, which gets the
/// whole; "saved":true says that it did. Whoever asked puts it in the old one's place.
class SignerServer final : public QObject
{
    Q_OBJECT
public:
    using Send = std::function<void(const Message&)>;
    static constexpr std::chrono::seconds kIdle{60};

    SignerServer(secrets::SecretVault& vault, signing::KeyHolder& keys, Send send,
        std::chrono::milliseconds idle = kIdle, QObject* parent = nullptr);

    void handle(const SharedMessage& request);
    /// Where the vault's file is to be written to, while a command that changes it is under way.
    [[nodiscard]] Result<void> save(const QByteArray& content);
    void tellState();

Q_SIGNALS:
    /// Nothing is under way any more, and nothing is kept: after a lock, or when nothing was asked for long.
    void finished();

private:
    using Reply = std::function<void(Message)>;
    void handleVault(const QString& what, const SharedMessage& request, const Reply& reply);
    void handleKeys(const QString& what, const SharedMessage& request, const Reply& reply);
    void onIdle();
    [[nodiscard]] QPair<secrets::VaultState, bool> told() const;

    secrets::SecretVault& m_vault;
    signing::KeyHolder& m_keys;
    Send m_send;
    QTimer m_idle;
    SharedDescriptor m_target;
    QPair<secrets::VaultState, bool> m_told{secrets::VaultState::Unknown, false};
    bool m_saved = false;
    bool m_locked = false; ///< told to
    int m_open = 0; ///< requests not answered yet
};

} // namespace hatstand::app
