// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/secrets/Tries.h"
#include "core/secrets/Vault.h"

#include <chrono>
#include <memory>

class QThreadPool;

namespace hatstand::secrets {

/// The entry of the other vault that holds what the passphrase opens.
inline const QString kLockKey = QStringLiteral("lock");

/// An optional Hatstand passphrase over another vault: while one is set, every value there is sealed
/// (SealedEntry.h) under a random data key, which is sealed under the passphrase in the entry "lock". Only
/// the data key stays in memory, from unlock to lock or until idle for as long as lock.idleMinutes says.
///
/// Whether one is set is learned from the other vault, with the first command that has to know or by
/// refresh(); state() is Unknown until then. Nothing is written before it is known. The entry "lock" does not
/// exist for anybody outside.
class WrappedVault final : public SecretVault
{
    Q_OBJECT
public:
    struct Options
    {
        unsigned long long opsLimit
            = 3; ///< for a new passphrase; an existing one says its own, checked against a ceiling
        std::size_t memLimit = 64u << 20; ///< bytes
        std::chrono::milliseconds idleLimit{15 * 60'000};
        Tries::Ports tries = {}; ///< where the count of wrong passphrases is kept
    };
    /// pool: where keys are derived, off the event loop.
    WrappedVault(std::unique_ptr<SecretVault> inner, Options options, Random& random, QThreadPool& pool,
        QObject* parent = nullptr);
    ~WrappedVault() override;

    [[nodiscard]] VaultKind kind() const override;
    /// The other vault's, but Locked while a passphrase is set and was not given.
    [[nodiscard]] VaultState state() const override;
    [[nodiscard]] bool takesPassphrase() const override; ///< one is known to be set
    /// Locked while the passphrase was not given; Damaged for an entry that is not what was sealed there,
    /// and for all where the entry "lock" is damaged or lost.
    void read(const QString& key, Callback<SharedSecret> done) override;
    void write(const QString& key, SharedSecret value, Callback<void> done) override;
    void remove(const QString& key, Callback<void> done) override; ///< works while locked
    void copy(const QString& from, const QString& to, Callback<void> done) override;
    void refresh(Callback<VaultState> done) override;
    void keys(Callback<QSet<QString>> done) override;
    /// Unlocks the other vault first, with the desktop's prompt. PassphraseRequired where one is set and
    /// null was given; Damaged. What a kill interrupted is finished afterwards, one entry after another.
    void unlock(SharedSecret passphrase, Callback<void> done) override;
    /// Forgets the data key; the other vault stays as it is. PassphraseRequired where none is set.
    void lock(Callback<void> done) override;
    /// Sets one (before null), replaces it, or removes it (after null). Replacing is one write. The other two
    /// go from entry to entry; where they end early every entry can be read by who has the passphrase, and
    /// the same command again, or the next unlock, completes them. WrongPassphrase; PassphraseRequired for a
    /// null before where one is set; InvalidInput for an empty after; Busy while another such command or a
    /// late write is on its way; KeychainUnavailable where the other vault does not list its entries.
    void changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done) override;
    void setIdleLimit(std::chrono::milliseconds limit) override;
    void stopWaiting() override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::secrets
