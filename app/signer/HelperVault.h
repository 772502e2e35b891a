// SPDX-License-Identifier: MIT
#pragma once

#include "app/signer/SignerLink.h"
#include "core/secrets/Vault.h"

namespace hatstand::app {

/// The vault as the program has it: what needs no secret is asked of the vault itself, all else of the signer
/// process, which alone reads one.
class HelperVault final : public secrets::Vault
{
    Q_OBJECT
public:
    struct Options
    {
        QString service = {}; ///< of the keychain
        QString file = {}; ///< of a passphrase vault; empty for a keychain
        std::chrono::milliseconds idleLimit{};
        /// Whether a Hatstand passphrase is set over the keychain, told without reading a secret.
        std::function<void(Callback<bool>)> isWrapped = {};
        QString triesFile = {}; ///< how often the passphrase was wrong in a row; the process may not write it
    };
    /// local: the same vault, never unlocked here.
    HelperVault(std::unique_ptr<secrets::Vault> local, Options options, SignerLink& link);

    [[nodiscard]] secrets::VaultKind kind() const override { return m_local->kind(); }
    [[nodiscard]] secrets::VaultState state() const override;
    [[nodiscard]] bool takesPassphrase() const override;
    void write(const QString& key, SharedSecret value, Callback<void> done) override;
    void remove(const QString& key, Callback<void> done) override;
    void copy(const QString& from, const QString& to, Callback<void> done) override;
    void look(const QString& key, Callback<std::optional<secrets::SecretType>> done) override;
    void prepare(Callback<void> done) override;
    void refresh(Callback<secrets::VaultState> done) override;
    void keys(Callback<QSet<QString>> done) override;
    void unlock(SharedSecret passphrase, Callback<void> done) override;
    void lock(Callback<void> done) override;
    void changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done) override;
    void setIdleLimit(std::chrono::milliseconds limit) override;
    void stopWaiting() override;

private:
    void onTold(const SharedMessage& event);
    void onEnded();
    /// For what changes the vault: whether it was done is not known where the process went away.
    void change(Message request, Callback<void> done);
    void changeFile(Message request, Callback<void> done);
    void tellState();
    void setTakesPassphrase(bool takes);
    [[nodiscard]] bool isFile() const { return !m_options.file.isEmpty(); }

    std::unique_ptr<secrets::Vault> m_local;
    const Options m_options;
    SignerLink& m_link;
    bool m_isOpen = false; ///< the process holds the passphrase's key
    bool m_takesPassphrase = false; ///< a passphrase is known to be set over the keychain
    bool m_waiting = false; ///< the process waits for the keychain
    secrets::VaultState m_state;
};

} // namespace hatstand::app
