// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"
#include "core/base/Result.h"
#include "core/session/SessionManager.h"
#include "core/signing/Approver.h"
#include "core/signing/KeyHolder.h"

#include <QObject>

namespace hatstand::antelope {
class Chains;
}

namespace hatstand::signing {

class RemoteSigner;
struct TransactionRequest;

/// Makes signatures for a session. The secret is looked up by session id at the moment of signing, and the
/// key it gives is compared with the session's identity before anything leaves: signing as another account
/// than the one named ends in WrongAccount. The port later also leads to a process of its own and to remote
/// signers.
class Signer
{
public:
    virtual ~Signer() = default;

    /// approver and passphrases have to live until the answer.
    /// unsignedEvent: a JSON object (NIP-01; kind and content required, other keys dropped, id and sig made
    /// anew). Answers the signed event as compact JSON. NotFound, WrongNetwork, WatchOnly, SecretMissing,
    /// Damaged and, for an event that names another pubkey, WrongAccount are told before anything is asked;
    /// then the person says yes; only then is a passphrase asked for and the secret read.
    virtual void signEvent(const session::SessionId& id, const QByteArray& unsignedEvent, Approver& approver,
        PassphraseSource& passphrases, Callback<QByteArray> done)
        = 0;
    /// digest: 32 bytes. Answers SIG_K1_… or SIG_R1_….
    virtual void signDigest(const session::SessionId& id, const ByteArray<32>& digest, Approver& approver,
        PassphraseSource& passphrases, Callback<QString> done)
        = 0;
    /// Of a transaction on the session's chain. Answers SIG_K1_… or SIG_R1_… over the digest, which is
    /// computed here of the transaction that the person was shown in words. Besides the errors of the others:
    /// NotAuthorised (code WrongAccount) where no action names the account; RequestExpired (code Expired)
    /// where its time is over, before anything is asked and again after the yes.
    virtual void signTransaction(const session::SessionId& id, const TransactionRequest& request,
        Approver& approver, PassphraseSource& passphrases, Callback<QString> done)
        = 0;
    /// The key itself as nsec1… or PVT_…, for export. An encrypted key asks for its passphrase. Whoever wrote
    /// it somewhere tells the session: markExported().
    virtual void exportKey(
        const session::SessionId& id, PassphraseSource& passphrases, Callback<SharedSecret> done)
        = 0;
    /// The same, straight to a descriptor and with a line feed: it does not pass through this process. Disk.
    virtual void exportKeyTo(
        const session::SessionId& id, SharedDescriptor to, PassphraseSource& passphrases, Callback<void> done)
        = 0;
    /// The key as ncryptsec1… under newPassphrase (NIP-49, log_n 16). Nostr only: WrongNetwork otherwise. One
    /// that is stored encrypted is given out as it is stored when newPassphrase is null.
    virtual void exportEncrypted(const session::SessionId& id, SharedSecret newPassphrase,
        PassphraseSource& passphrases, Callback<QByteArray> done)
        = 0;
};

/// Signs with the keys of the vault, by whoever holds them.
class LocalSigner final : public QObject, public Signer
{
    Q_OBJECT
public:
    /// chains: those whose transactions may be signed. All outlive this.
    LocalSigner(session::SessionManager& sessions, secrets::Vault& vault, KeyHolder& keys, const Clock& clock,
        const antelope::Chains& chains, QObject* parent = nullptr);
    ~LocalSigner() override;
    /// Who signs for sessions of the kind Remote; outlives this. Null: nobody.
    void setRemote(RemoteSigner* remote);
    void signEvent(const session::SessionId& id, const QByteArray& unsignedEvent, Approver& approver,
        PassphraseSource& passphrases, Callback<QByteArray> done) override;
    void signDigest(const session::SessionId& id, const ByteArray<32>& digest, Approver& approver,
        PassphraseSource& passphrases, Callback<QString> done) override;
    void signTransaction(const session::SessionId& id, const TransactionRequest& request, Approver& approver,
        PassphraseSource& passphrases, Callback<QString> done) override;
    void exportKey(
        const session::SessionId& id, PassphraseSource& passphrases, Callback<SharedSecret> done) override;
    void exportKeyTo(const session::SessionId& id, SharedDescriptor to, PassphraseSource& passphrases,
        Callback<void> done) override;
    void exportEncrypted(const session::SessionId& id, SharedSecret newPassphrase,
        PassphraseSource& passphrases, Callback<QByteArray> done) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Who signs an event when the caller names nobody: the session of its pubkey and never another; without a
/// pubkey the active session if it is Nostr, otherwise the Nostr default. NotFound, NoActive, InvalidInput.
[[nodiscard]] Result<session::SessionId> whoSigns(
    const session::SessionManager& sessions, const QByteArray& unsignedEvent);

} // namespace hatstand::signing
