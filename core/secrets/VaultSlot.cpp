// SPDX-License-Identifier: MIT
#include "core/secrets/Vault.h"

namespace hatstand::secrets {

VaultSlot::VaultSlot(QObject* parent)
    : Vault(parent)
{
}

void VaultSlot::set(std::unique_ptr<Vault> vault)
{
    m_vault = std::move(vault);
    if (!m_vault)
        return;
    connect(m_vault.get(), &Vault::stateChanged, this, &Vault::stateChanged);
    connect(m_vault.get(), &Vault::waitingChanged, this, &Vault::waitingChanged);
    connect(m_vault.get(), &Vault::answeredLate, this, &Vault::answeredLate);
    Q_EMIT stateChanged(m_vault->state());
}

VaultKind VaultSlot::kind() const
{
    return m_vault ? m_vault->kind() : VaultKind::None;
}

VaultState VaultSlot::state() const
{
    return m_vault ? m_vault->state() : VaultState::Unavailable;
}

bool VaultSlot::takesPassphrase() const
{
    return m_vault && m_vault->takesPassphrase();
}

void VaultSlot::write(const QString& key, SharedSecret value, Callback<void> done)
{
    if (m_vault)
        m_vault->write(key, std::move(value), std::move(done));
    else
        done(fail(ErrorCode::KeychainUnavailable));
}

void VaultSlot::remove(const QString& key, Callback<void> done)
{
    if (m_vault)
        m_vault->remove(key, std::move(done));
    else
        done(fail(ErrorCode::KeychainUnavailable));
}

void VaultSlot::copy(const QString& from, const QString& to, Callback<void> done)
{
    if (m_vault)
        m_vault->copy(from, to, std::move(done));
    else
        done(fail(ErrorCode::KeychainUnavailable));
}

void VaultSlot::look(const QString& key, Callback<std::optional<SecretType>> done)
{
    if (m_vault)
        m_vault->look(key, std::move(done));
    else
        done(fail(ErrorCode::KeychainUnavailable));
}

void VaultSlot::prepare(Callback<void> done)
{
    if (m_vault)
        m_vault->prepare(std::move(done));
    else
        done(fail(ErrorCode::KeychainUnavailable));
}

void VaultSlot::refresh(Callback<VaultState> done)
{
    if (m_vault)
        m_vault->refresh(std::move(done));
    else
        done(VaultState::Unavailable);
}

void VaultSlot::keys(Callback<QSet<QString>> done)
{
    if (m_vault)
        m_vault->keys(std::move(done));
    else
        done(fail(ErrorCode::KeychainUnavailable));
}

void VaultSlot::unlock(SharedSecret passphrase, Callback<void> done)
{
    if (m_vault)
        m_vault->unlock(std::move(passphrase), std::move(done));
    else
        done(fail(ErrorCode::KeychainUnavailable));
}

void VaultSlot::lock(Callback<void> done)
{
    if (m_vault)
        m_vault->lock(std::move(done));
    else
        done(fail(ErrorCode::KeychainUnavailable));
}

void VaultSlot::changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done)
{
    if (m_vault)
        m_vault->changePassphrase(std::move(before), std::move(after), std::move(done));
    else
        done(fail(ErrorCode::KeychainUnavailable));
}

void VaultSlot::setIdleLimit(std::chrono::milliseconds limit)
{
    if (m_vault)
        m_vault->setIdleLimit(limit);
}

void VaultSlot::stopWaiting()
{
    if (m_vault)
        m_vault->stopWaiting();
}

} // namespace hatstand::secrets
