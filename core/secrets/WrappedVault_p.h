// SPDX-License-Identifier: MIT
// What WrappedVault.cpp (the commands), WrappedKnowledge.cpp (the lock and the data key) and
// WrappedChange.cpp (setting and removing the passphrase) share.
#pragma once

#include "core/secrets/SealedEntry.h"
#include "core/secrets/Turns.h"
#include "core/secrets/Waiting.h"
#include "core/secrets/WrappedVault.h"

#include <QTimer>
#include <vector>

namespace hatstand::secrets {

inline const QString kProfileKey = QStringLiteral("profile");

class WrappedVault::Private final : public QObject
{
public:
    /// What is known of the entry "lock".
    enum class Known {
        Nothing,
        None,
        Listed, ///< it is there; not read yet
        Read,
        Broken, ///< it can't be used, or was lost
    };

    /// What the right passphrase opens.
    struct Opened
    {
        LockEntry entry;
        SharedSecret master;
        SharedSecret dataKey;
        int locks; ///< when it was asked for: after the next lock() nothing is done with it
    };

    Private(WrappedVault& vault, std::unique_ptr<SecretVault> inner, Options options, Random& random,
        QThreadPool& pool);

    /// Makes known None, Read or Broken, reading the entry if that is not known yet, or was changed late; or
    /// fails as the other vault does. again: reads it in any case.
    void learn(Callback<void> done, bool again = false);
    /// The data key, if the passphrase fits the lock. Slowed after wrong ones.
    void authenticate(const SharedSecret& passphrase, Callback<Opened> done);
    void newMaster(
        const KeyParameters& parameters, const SharedSecret& passphrase, Callback<SharedSecret> done);

    /// Where a value may not be written or read now, why.
    [[nodiscard]] Result<void> mayUse() const;
    [[nodiscard]] bool mayBeClear() const { return !lock || lock->state() != LockState::Done; }
    /// The value for the other vault, as the lock's state wants it.
    [[nodiscard]] SharedSecret wrapped(const QString& key, const SharedSecret& value) const;

    void hold(SharedSecret key);
    void forget();
    void keepAwake();
    void tellState();
    /// A command of the other vault ended so: may it still come to pass?
    void note(const Result<void>& result);

    /// work has its turn among the changes; then done is answered.
    void inTurn(std::function<void(Callback<void>)> work, Callback<void> done);

    // --- WrappedChange.cpp ---
    void set(const SharedSecret& passphrase, Callback<void> done);
    void replace(const Opened& old, const SharedSecret& passphrase, Callback<void> done);
    void unset(const Opened& old, Callback<void> done);
    /// Goes on with what the lock's state says was begun.
    void finish(const Opened& now, Callback<void> done);

    const std::unique_ptr<SecretVault> inner;
    Options options;
    Random& random;
    QThreadPool& pool;
    Waiting waiting;
    Turns turns;
    Tries tries;

    VaultState state = VaultState::Unknown; ///< as told
    Known known = Known::Nothing;
    std::optional<LockEntry> lock; ///< where known is Read
    SharedSecret dataKey;
    int locks = 0; ///< how often it was locked: a key that was asked for before is not taken after
    int rewraps = 0; ///< how often going through the entries began: an earlier round ends
    bool isLate = false; ///< a write or a removal may still come to pass
    std::weak_ptr<int> change; ///< lives while the passphrase is changed

private:
    void readLock(Callback<void> done);
    void take(Known now, std::optional<LockEntry> entry = {});

    void writeLock(const Opened& now, Callback<void> done);
    void removeLock(Callback<void> done);
    void rewrapAll(const Opened& now, Callback<void> done);
    void nextStep(const std::function<void(Callback<void>)>& first,
        const std::function<void(Callback<void>)>& step, const std::shared_ptr<QStringList>& left,
        Callback<void> done);
    void rewrap(const QString& key, const Opened& now, Callback<void> done);
    [[nodiscard]] bool isStill(const Opened& then) const;
    [[nodiscard]] KeyParameters newParameters() const;
    /// The same key with another state, or under another passphrase.
    [[nodiscard]] Opened with(LockState state, const KeyParameters& parameters, const SharedSecret& master,
        const Opened& old) const;

    WrappedVault& m_vault;
    QTimer m_idle;
    std::vector<Callback<void>> m_learners; ///< wait for the same reading
    bool m_isStale = false; ///< the entry may have been changed since it was read
    int m_edition = 0; ///< rises when we change the entry: what was read before is not believed

    friend class WrappedVault;
};

} // namespace hatstand::secrets
