// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/secrets/PassphraseVault.h"
#include "core/secrets/Vault.h"

namespace hatstand::secrets {

/// Decides which vault a profile uses, once: the keychain if writing and reading the entry "profile" (32
/// random bytes, from which per-connection keys are derived later) really works, or the passphrase file if
/// the person says so. Never anything in clear text. The decision is the setting vault.kind.
class VaultSetup final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString service; ///< of the keychain, with the profile's suffix
        QString vaultFile; ///< of the passphrase vault
    };
    VaultSetup(Options options, VaultSlot& slot, Settings& settings, Random& random, QThreadPool& pool,
        QObject* parent = nullptr);

    /// At start: fills the slot if the profile has decided. Reads nothing, asks nothing.
    void open();
    [[nodiscard]] bool isDecided() const;
    /// KeychainUnavailable, Locked, KeychainDenied: then nothing is decided.
    void useKeychain(Callback<void> done);
    /// Makes the file under this passphrase. Disk.
    void usePassphrase(SharedSecret passphrase, Callback<void> done);
    [[nodiscard]] PassphraseVault* passphraseVault() const; ///< nullptr unless that is the kind

private:
    Options m_options;
    VaultSlot& m_slot;
    Settings& m_settings;
    Random& m_random;
    QThreadPool& m_pool;
};

} // namespace hatstand::secrets
