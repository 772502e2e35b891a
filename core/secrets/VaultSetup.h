// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/secrets/Vault.h"

#include <deque>

class QThreadPool;

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
        /// What is used in place of the vault itself: it has another process read secrets. Null: nothing.
        std::function<std::unique_ptr<Vault>(std::unique_ptr<Vault> itself)> instead = {};
    };
    VaultSetup(Options options, VaultSlot& slot, Settings& settings, Random& random, QThreadPool& pool,
        QObject* parent = nullptr);
    ~VaultSetup() override;

    /// At start: fills the slot if the profile has decided. Reads no secret, asks nothing. Where the setting
    /// is lost, a vault file with entries is the vault, and the setting is written again; without one,
    /// keysAreKept (the store names accounts with a key) means that they lie in the keychain: another vault
    /// chosen then would make all of them look lost.
    void open(bool keysAreKept = false);
    [[nodiscard]] bool isDecided() const;
    /// A real round trip without a prompt. KeychainUnavailable, Locked, KeychainDenied, Damaged, Disk: then
    /// nothing is decided. While another caller tries the same kind this one waits for its turn, and takes
    /// what was decided; Busy while the other kind is tried, Usage once it has been chosen.
    void useKeychain(Callback<void> done);
    /// The desktop's own prompt for a keychain that useKeychain() found locked; decides nothing. As
    /// Vault::unlock().
    void unlockKeychain(Callback<void> done);
    /// Makes the file under this passphrase, or unlocks the one that is there: a start that was cut short
    /// after making it is taken up again. Disk, WrongPassphrase, Damaged; Busy and Usage as useKeychain().
    void usePassphrase(SharedSecret passphrase, Callback<void> done);

private:
    /// True where the command can't begin now: it will be given again, or was refused.
    [[nodiscard]] bool mustWait(VaultKind kind, std::function<void()> again, const Callback<void>& done);
    void begin(std::unique_ptr<Vault> candidate, Callback<void> done);
    void end(const Result<void>& result);
    void answer(const Result<void>& result);
    [[nodiscard]] std::unique_ptr<Vault> makeKeychain() const;
    [[nodiscard]] std::unique_ptr<Vault> makePassphraseVault() const;
    [[nodiscard]] std::unique_ptr<Vault> inUse(std::unique_ptr<Vault> vault) const;
    [[nodiscard]] std::chrono::milliseconds idleLimit() const;

    Options m_options;
    VaultSlot& m_slot;
    Settings& m_settings;
    Random& m_random;
    QThreadPool& m_pool;
    std::unique_ptr<Vault> m_candidate; ///< while it is tried
    Callback<void> m_done;
    std::deque<std::function<void()>> m_next; ///< commands that wait for the end of the one that tries
};

} // namespace hatstand::secrets
