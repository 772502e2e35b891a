// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/secrets/Tries.h"
#include "core/secrets/Vault.h"

#include <chrono>
#include <memory>

class QThreadPool;

namespace hatstand::secrets {

/// Secrets in one file of the profile: Argon2id over the passphrase (libsodium's crypto_pwhash), each value
/// sealed with XChaCha20-Poly1305, key names in clear (they are session ids), the whole authenticated;
/// replaced atomically, mode 0600. Only the derived key stays in memory, from unlock to lock or until idle
/// for as long as lock.idleMinutes says.
class PassphraseVault final : public SecretVault
{
    Q_OBJECT
public:
    struct Options
    {
        QString file; ///< absolute path; $XDG_DATA_HOME/hatstand/vault.bin
        unsigned long long opsLimit
            = 3; ///< for a new file; an existing one says its own, checked against a ceiling
        std::size_t memLimit = 64u << 20; ///< bytes
        std::chrono::milliseconds idleLimit{15 * 60'000};
        Tries::Ports tries = {}; ///< where the count of wrong passphrases is kept
        /// How the file gets a new content, where this process may not write it; Disk. Null: it may.
        std::function<Result<void>(const QByteArray& content)> replace = {};
    };
    /// pool: where keys are derived, off the event loop.
    PassphraseVault(Options options, Random& random, QThreadPool& pool, QObject* parent = nullptr);
    ~PassphraseVault() override;

    [[nodiscard]] bool exists() const; ///< the file is there
    /// Makes the file; the vault is unlocked afterwards. Failed if it exists, Disk.
    void create(SharedSecret passphrase, Callback<void> done);

    [[nodiscard]] VaultKind kind() const override { return VaultKind::Passphrase; }
    [[nodiscard]] VaultState state() const override;
    [[nodiscard]] bool takesPassphrase() const override { return true; }
    void read(const QString& key, Callback<SharedSecret> done) override;
    void write(const QString& key, SharedSecret value, Callback<void> done) override;
    void remove(const QString& key, Callback<void> done) override;
    void refresh(Callback<VaultState> done) override;
    void keys(Callback<QSet<QString>> done) override;
    void unlock(SharedSecret passphrase, Callback<void> done) override;
    void lock(Callback<void> done) override;
    /// Without before the file is made. A null after is InvalidInput: there is no vault without a passphrase.
    void changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done) override;
    void setIdleLimit(std::chrono::milliseconds limit) override;
    void stopWaiting() override;

protected:
    [[nodiscard]] bool readsBack() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::secrets
