// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/Vault.h"

#include <QMap>
#include <deque>
#include <optional>

namespace hatstand::test {

/// A vault in memory whose every answer a test decides. Answers at once, unless hold() keeps them back.
class FakeVault final : public secrets::SecretVault
{
    Q_OBJECT
public:
    explicit FakeVault(QObject* parent = nullptr);

    /// The next command of this kind fails so and changes nothing; one shot.
    std::optional<ErrorCode> failNextRead;
    std::optional<ErrorCode> failNextWrite;
    std::optional<ErrorCode> failNextRemove;
    std::optional<ErrorCode> failNextKeys;
    std::optional<ErrorCode> failNextUnlock;
    /// The next write is answered by its time limit, and made all the same; emit answeredLate() to end it.
    bool isNextWriteLate = false;
    /// As long as it is set, every read, write and remove fails so: an absent or denying keychain.
    std::optional<ErrorCode> failAlways;

    /// While held, commands do nothing; release() carries them out in order, as a vault behind a prompt does.
    void hold();
    void release();
    void releaseOne(); ///< the oldest only, and goes on holding
    [[nodiscard]] qsizetype held() const { return static_cast<qsizetype>(m_held.size()); }
    void stopWaiting() override; ///< what is held is answered with Cancelled and not carried out
    void forgetHeld(); ///< they are never answered, as after a kill

    void setState(secrets::VaultState state); ///< Locked: reads and writes answer Locked
    /// A passphrase vault takes one; a keychain only after setTakesPassphrase().
    void setKind(secrets::VaultKind kind);
    void setTakesPassphrase(bool takes);
    void setPassphrase(std::string_view passphrase); ///< what unlock() wants; none: any

    // --- looking inside, without counting as a use ---
    [[nodiscard]] QStringList storedKeys() const { return m_entries.keys(); }
    [[nodiscard]] bool contains(const QString& key) const { return m_entries.contains(key); }
    [[nodiscard]] QByteArray peek(const QString& key) const; ///< empty: no such entry
    void put(const QString& key, std::string_view value);
    void drop(const QString& key) { m_entries.remove(key); }

    int reads = 0; ///< commands given, successful or not
    int writes = 0;
    int removes = 0;
    int keyLists = 0;
    QStringList log; ///< "read nostr:…", "write trash:…", in the order they were given

    [[nodiscard]] secrets::VaultKind kind() const override { return m_kind; }
    [[nodiscard]] secrets::VaultState state() const override { return m_state; }
    [[nodiscard]] bool takesPassphrase() const override { return m_takesPassphrase; }
    void read(const QString& key, Callback<SharedSecret> done) override;
    void write(const QString& key, SharedSecret value, Callback<void> done) override;
    void remove(const QString& key, Callback<void> done) override;
    void refresh(Callback<secrets::VaultState> done) override;
    void keys(Callback<QSet<QString>> done) override;
    void unlock(SharedSecret passphrase, Callback<void> done) override;
    void lock(Callback<void> done) override;
    void changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done) override;

private:
    void act(std::function<void()> command);
    [[nodiscard]] std::optional<ErrorCode> fault(std::optional<ErrorCode>& next);

    QMap<QString, SharedSecret> m_entries;
    secrets::VaultKind m_kind = secrets::VaultKind::Keychain;
    bool m_takesPassphrase = false;
    secrets::VaultState m_state = secrets::VaultState::Unlocked;
    SharedSecret m_passphrase;
    std::deque<std::function<void()>> m_held;
    bool m_holding = false;
};

} // namespace hatstand::test
