// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <QObject>
#include <QSet>
#include <chrono>
#include <optional>

namespace hatstand::secrets {

enum class SecretType;

enum class VaultKind { None, Keychain, Passphrase };

/// What is known of the vault without reading a secret and without a prompt.
enum class VaultState {
    Unknown, ///< not asked yet, or it can't be told
    Unlocked,
    Locked,
    Unavailable, ///< there is none, or it does not answer
};

/// The port to where secrets rest, by key (a session id, "trash:<session id>" or "profile"). A secret goes in
/// and is moved and deleted here; it comes out only to whoever holds a SecretVault.
///
/// Every command answers its callback exactly once, on the event loop, within the vault's own time limit; an
/// answer may come before the command returns. Errors: KeychainUnavailable, KeychainDenied, Locked,
/// SecretMissing (only when the entry is known not to exist: a locked vault says Locked), Disk and Damaged
/// for a vault that is a file.
class Vault : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual VaultKind kind() const = 0;
    [[nodiscard]] virtual VaultState state() const = 0; ///< as last learned; refresh() asks again

    /// Whether unlock() wants the Hatstand passphrase; otherwise the desktop asks for what it needs.
    [[nodiscard]] virtual bool takesPassphrase() const = 0;

    /// Replaces what is there. Never writes where the vault is locked.
    virtual void write(const QString& key, SharedSecret value, Callback<void> done) = 0;
    /// An entry that does not exist is a success.
    virtual void remove(const QString& key, Callback<void> done) = 0;
    /// The secret at from is also at to afterwards, over what was there. As read and write.
    virtual void copy(const QString& from, const QString& to, Callback<void> done) = 0;
    /// What kind of secret rests there, or SecretMissing; nullopt for a value that is none of ours.
    virtual void look(const QString& key, Callback<std::optional<SecretType>> done) = 0;
    /// A real round trip without a prompt: makes the entry "profile" if there is none, and reads it. What
    /// decides whether this vault can be used. Damaged, besides the above.
    virtual void prepare(Callback<void> done) = 0;

    /// Asks for state() without a prompt and without reading a secret.
    virtual void refresh(Callback<VaultState> done) = 0;
    /// The keys of all entries of this profile, without reading one and without a prompt, locked or not; all
    /// or none. KeychainUnavailable where this can't be known; Locked for a keyring that was not unlocked
    /// since its daemon started, which knows the names only as hashes.
    virtual void keys(Callback<QSet<QString>> done) = 0;

    /// Makes the person unlock it: the desktop's own prompt (keychain), or the passphrase given.
    /// WrongPassphrase; Locked when the prompt was dismissed; Cancelled.
    virtual void unlock(SharedSecret passphrase, Callback<void> done) = 0;
    virtual void lock(Callback<void> done) = 0;
    /// Another Hatstand passphrase, at once for every secret or for none; a null one is none. before is null
    /// where there was none: a passphrase vault's file is then made. WrongPassphrase; InvalidInput for what
    /// this vault can't have.
    virtual void changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done) = 0;
    /// How long it stays unlocked unused; 0: for ever.
    virtual void setIdleLimit(std::chrono::milliseconds) { }

    /// The person will wait no longer: every command that waits for somebody else is answered with Cancelled.
    /// As after a time limit, what was begun may still come to pass, and a prompt may stay open. A vault that
    /// waits for nobody has nothing to do.
    virtual void stopWaiting() { }

Q_SIGNALS:
    void stateChanged(hatstand::secrets::VaultState state);
    /// True while a command has waited 300 ms and more for the vault to answer.
    void waitingChanged(bool waiting);
    /// A command that was answered by its time limit has come to its end after all.
    void answeredLate();
};

/// A vault that gives secrets out. Only the process that uses them holds one.
class SecretVault : public Vault
{
    Q_OBJECT
public:
    using Vault::Vault;
    virtual void read(const QString& key, Callback<SharedSecret> done) = 0;
    void copy(const QString& from, const QString& to, Callback<void> done) override;
    void look(const QString& key, Callback<std::optional<SecretType>> done) override;
    void prepare(Callback<void> done) override;

protected:
    /// Whether what was written can be read at once; prepare() then does so.
    [[nodiscard]] virtual bool readsBack() const { return true; }

private:
    void writeProfile(const Callback<void>& done);
};

/// Which vault a profile uses is decided once, at its first secret. Until then this stands in for it: it
/// answers KeychainUnavailable, and afterwards passes everything on.
class VaultSlot final : public Vault
{
    Q_OBJECT
public:
    explicit VaultSlot(QObject* parent = nullptr);
    void set(std::unique_ptr<Vault> vault);
    [[nodiscard]] Vault* current() const { return m_vault.get(); }

    [[nodiscard]] VaultKind kind() const override;
    [[nodiscard]] VaultState state() const override;
    [[nodiscard]] bool takesPassphrase() const override;
    void write(const QString& key, SharedSecret value, Callback<void> done) override;
    void remove(const QString& key, Callback<void> done) override;
    void copy(const QString& from, const QString& to, Callback<void> done) override;
    void look(const QString& key, Callback<std::optional<SecretType>> done) override;
    void prepare(Callback<void> done) override;
    void refresh(Callback<VaultState> done) override;
    void keys(Callback<QSet<QString>> done) override;
    void unlock(SharedSecret passphrase, Callback<void> done) override;
    void lock(Callback<void> done) override;
    void changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done) override;
    void setIdleLimit(std::chrono::milliseconds limit) override;
    void stopWaiting() override;

private:
    std::unique_ptr<Vault> m_vault;
};

} // namespace hatstand::secrets
