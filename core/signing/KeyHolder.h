// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"
#include "core/base/Descriptor.h"
#include "core/base/Result.h"
#include "core/secrets/StoredSecret.h"

#include <QObject>
#include <QString>
#include <memory>

class QThreadPool;

namespace hatstand::secrets {
class SecretVault;
}

namespace hatstand::signing {

/// Which key, and whose it has to be.
struct KeyRef
{
    QString id; ///< of the session: the name of the vault's entry; a Nostr one says its public key itself
    QString publicKey = {}; ///< Antelope: PUB_K1_… or PUB_R1_…; empty: not known yet
    /// Not a session's key, but the Nostr one that crypto::deriveKey() makes of the vault's entry "profile"
    /// and this, which is never kept. id is empty then; publicKey, if known, 64 hex digits.
    QString derivation = {};
};

/// Sealed: messages of the Anchor protocol (core/antelope/AnchorLink.h).
enum class Encryption { Nip44, Nip04, Sealed };

/// What was learned of a key by using it.
struct KeyFacts
{
    secrets::SecretType type = secrets::SecretType::Nsec; ///< how it rests
    QString publicKey; ///< Antelope: PUB_K1_… or PUB_R1_…; Nostr: 64 hex digits
};

struct KeyAnswer
{
    QByteArray text; ///< what was asked for; never a secret
    KeyFacts key;
};

/// The port to whoever reads secrets from the vault and uses them: a process of its own, or this one in
/// tests. Every command reads the entry anew, compares its key with the account it is to be of (WrongAccount)
/// and forgets it. Errors besides: the vault's for a read; Damaged; PassphraseRequired where the key rests
/// encrypted and passphrase is null; WrongPassphrase; Failed with SignerEnded where the process is gone.
class KeyHolder
{
public:
    virtual ~KeyHolder() = default;

    virtual void publicKey(const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> done) = 0;
    /// unsignedEvent as Signer::signEvent() takes it; createdAt (seconds) for one that says none. The text is
    /// the signed event. The id is computed here, whatever the event says.
    virtual void signEvent(const KeyRef& key, const QByteArray& unsignedEvent, qint64 createdAt,
        SharedSecret passphrase, Callback<KeyAnswer> done)
        = 0;
    /// digest: 32 bytes. The text is SIG_K1_… or SIG_R1_….
    virtual void signDigest(
        const KeyRef& key, const ByteArray<32>& digest, SharedSecret passphrase, Callback<KeyAnswer> done)
        = 0;
    /// Writes nsec1… or PVT_… and a line feed to the descriptor. Disk where that fails.
    virtual void exportKey(
        const KeyRef& key, SharedDescriptor to, SharedSecret passphrase, Callback<KeyAnswer> done)
        = 0;
    /// The text is ncryptsec1… under newPassphrase (NIP-49, log_n 16); as it rests where that is null.
    virtual void exportEncrypted(
        const KeyRef& key, SharedSecret newPassphrase, SharedSecret passphrase, Callback<KeyAnswer> done)
        = 0;
    /// The text is the payload for peer, or what peer's payload says; the plaintext is a message, not a key.
    /// Nostr only. peer: 64 hex digits. Errors of nip44 and nip04.
    ///
    /// Sealed: what is written and read is a packed SealedMessage, peer is PUB_K1_…. With a derived key it is
    /// from linkKey(publicKey), and to be read it has to be from peer, otherwise WrongAccount. With the entry
    /// of an account that an Anchor signs for, its request key seals to that Anchor: peer is it or empty,
    /// otherwise WrongAccount; nothing is read so. Errors of AnchorLink.
    virtual void encrypt(const KeyRef& key, Encryption how, const QString& peer, SharedSecret plaintext,
        SharedSecret passphrase, Callback<KeyAnswer> done)
        = 0;
    virtual void decrypt(const KeyRef& key, Encryption how, const QString& peer, const QByteArray& payload,
        SharedSecret passphrase, Callback<KeyAnswer> done)
        = 0;
    /// Whose key an ncryptsec is that is not in the vault yet: its public key as 64 hex digits.
    virtual void openNcryptsec(SharedSecret ncryptsec, SharedSecret passphrase, Callback<KeyAnswer> done) = 0;
};

/// Uses keys in this process.
class LocalKeys final : public QObject, public KeyHolder
{
    Q_OBJECT
public:
    LocalKeys(secrets::SecretVault& vault, QThreadPool& pool, QObject* parent = nullptr);
    ~LocalKeys() override;

    void publicKey(const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> done) override;
    void signEvent(const KeyRef& key, const QByteArray& unsignedEvent, qint64 createdAt,
        SharedSecret passphrase, Callback<KeyAnswer> done) override;
    void signDigest(const KeyRef& key, const ByteArray<32>& digest, SharedSecret passphrase,
        Callback<KeyAnswer> done) override;
    void exportKey(
        const KeyRef& key, SharedDescriptor to, SharedSecret passphrase, Callback<KeyAnswer> done) override;
    void exportEncrypted(const KeyRef& key, SharedSecret newPassphrase, SharedSecret passphrase,
        Callback<KeyAnswer> done) override;
    void encrypt(const KeyRef& key, Encryption how, const QString& peer, SharedSecret plaintext,
        SharedSecret passphrase, Callback<KeyAnswer> done) override;
    void decrypt(const KeyRef& key, Encryption how, const QString& peer, const QByteArray& payload,
        SharedSecret passphrase, Callback<KeyAnswer> done) override;
    void openNcryptsec(SharedSecret ncryptsec, SharedSecret passphrase, Callback<KeyAnswer> done) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::signing
