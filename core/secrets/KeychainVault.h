// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/Vault.h"

#include <chrono>
#include <memory>

namespace hatstand::secrets {

/// Secrets in the desktop's keychain (Secret Service, KWallet) through QtKeychain, one text entry a key under
/// one service name. Which entries exist and whether the collection is locked is asked of
/// org.freedesktop.secrets itself, since a locked keyring answers "not found" to a read.
class KeychainVault final : public SecretVault
{
    Q_OBJECT
public:
    struct Options
    {
        QString service; ///< "org.hatstand.Hatstand", with the profile's suffix
        std::chrono::milliseconds timeout{10'000}; ///< for one command, prompt included
    };
    explicit KeychainVault(Options options, QObject* parent = nullptr);
    ~KeychainVault() override;

    [[nodiscard]] VaultKind kind() const override { return VaultKind::Keychain; }
    [[nodiscard]] VaultState state() const override;
    [[nodiscard]] bool takesPassphrase() const override { return false; }
    void read(const QString& key, Callback<SharedSecret> done) override;
    void write(const QString& key, SharedSecret value, Callback<void> done) override;
    void remove(const QString& key, Callback<void> done) override;
    void refresh(Callback<VaultState> done) override;
    void keys(Callback<QSet<QString>> done) override;
    /// passphrase is not used: the desktop asks.
    void unlock(SharedSecret passphrase, Callback<void> done) override;
    void lock(Callback<void> done) override;
    void changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done) override;
    void stopWaiting() override;
    /// Whether there is such an entry; reads no secret, asks nothing. KeychainUnavailable.
    void has(const QString& key, Callback<bool> done);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::secrets
