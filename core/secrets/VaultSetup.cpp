// SPDX-License-Identifier: MIT
#include "core/secrets/VaultSetup.h"

#include "core/secrets/KeychainVault.h"
#include "core/secrets/StoredSecret.h"

#include <sodium.h>

using namespace Qt::Literals::StringLiterals;

namespace hatstand::secrets {
namespace {

const QString kSetting = u"vault.kind"_s;
const QString kProfile = u"profile"_s;
constexpr std::size_t kProfileKeySize = 32;

SharedSecret newProfile(Random& random)
{
    SecretBuffer key(kProfileKeySize);
    random.fill(key.edit());
    SecretBuffer hex(2 * kProfileKeySize + 1); // the last is a zero byte
    sodium_bin2hex(reinterpret_cast<char*>(hex.edit().data()), hex.size(), key.view().data(), key.size());
    hex.truncate(2 * kProfileKeySize);
    return std::make_shared<const SecretBuffer>(encode({SecretType::ProfileKey, std::move(hex)}));
}

Result<void> checkProfile(const SecretBuffer& value)
{
    const auto stored = decodeStoredSecret(value);
    if (!stored)
        return fail(stored.error());
    if (stored->type != SecretType::ProfileKey || stored->data.size() != 2 * kProfileKeySize)
        return fail(ErrorCode::Damaged, u"the profile's entry"_s);
    return {};
}

} // namespace

VaultSetup::VaultSetup(
    Options options, VaultSlot& slot, Settings& settings, Random& random, QThreadPool& pool, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_slot(slot)
    , m_settings(settings)
    , m_random(random)
    , m_pool(pool)
{
    connect(&m_settings, &Settings::changed, this, [this](const QString& key) {
        PassphraseVault* vault = passphraseVault();
        if (vault && key == "lock.idleMinutes"_L1)
            vault->setIdleLimit(idleLimit());
    });
}

VaultSetup::~VaultSetup() = default;

void VaultSetup::open()
{
    const QString kind = m_settings.value(kSetting);
    if (kind == "keychain"_L1)
        m_slot.set(makeKeychain());
    else if (kind == "passphrase"_L1)
        m_slot.set(makePassphraseVault());
}

bool VaultSetup::isDecided() const
{
    return !m_settings.value(kSetting).isEmpty();
}

void VaultSetup::useKeychain(Callback<void> done)
{
    if (m_candidate)
        return done(fail(ErrorCode::Busy));
    begin(makeKeychain(), std::move(done));
    m_candidate->refresh([this](const Result<VaultState>& state) {
        if (!state || *state == VaultState::Unavailable)
            return end(fail(ErrorCode::KeychainUnavailable));
        if (*state == VaultState::Locked)
            return end(fail(ErrorCode::Locked));
        readProfile();
    });
}

void VaultSetup::unlockKeychain(Callback<void> done)
{
    if (m_candidate)
        return done(fail(ErrorCode::Busy));
    begin(makeKeychain(), std::move(done));
    m_candidate->unlock({}, [this](const Result<void>& unlocked) {
        m_candidate.release()->deleteLater();
        std::exchange(m_done, nullptr)(unlocked);
    });
}

void VaultSetup::usePassphrase(SharedSecret passphrase, Callback<void> done)
{
    if (m_candidate)
        return done(fail(ErrorCode::Busy));
    auto made = makePassphraseVault();
    PassphraseVault* vault = made.get();
    begin(std::move(made), std::move(done));
    const auto opened = [this](const Result<void>& result) {
        if (!result)
            return end(result);
        readProfile();
    };
    if (vault->exists())
        vault->unlock(std::move(passphrase), opened);
    else
        vault->create(std::move(passphrase), opened);
}

PassphraseVault* VaultSetup::passphraseVault() const
{
    return qobject_cast<PassphraseVault*>(m_slot.current());
}

void VaultSetup::begin(std::unique_ptr<Vault> candidate, Callback<void> done)
{
    m_candidate = std::move(candidate);
    m_done = std::move(done);
    connect(m_candidate.get(), &Vault::waitingChanged, &m_slot, &Vault::waitingChanged);
}

void VaultSetup::readProfile()
{
    m_candidate->read(kProfile, [this](const Result<SharedSecret>& value) {
        if (value)
            return end(checkProfile(**value));
        if (value.error().code != ErrorCode::SecretMissing)
            return end(fail(value.error()));
        writeProfile();
    });
}

void VaultSetup::writeProfile()
{
    const SharedSecret profile = newProfile(m_random);
    m_candidate->write(kProfile, profile, [this, profile](const Result<void>& written) {
        if (!written)
            return end(written);
        m_candidate->read(kProfile, [this, profile](const Result<SharedSecret>& back) {
            if (!back)
                return end(fail(back.error()));
            const bool same = (*back)->equals(*profile);
            end(same ? Result<void>() : fail(ErrorCode::KeychainUnavailable, u"gave back something else"_s));
        });
    });
}

/// Called from within an answer of the candidate, which therefore may go only later.
void VaultSetup::end(const Result<void>& result)
{
    Result<void> outcome = result;
    if (outcome)
        outcome = m_settings.set(
            kSetting, m_candidate->kind() == VaultKind::Keychain ? u"keychain"_s : u"passphrase"_s);
    disconnect(m_candidate.get(), nullptr, &m_slot, nullptr);
    if (outcome)
        m_slot.set(std::move(m_candidate));
    else
        m_candidate.release()->deleteLater();
    std::exchange(m_done, nullptr)(outcome);
}

std::unique_ptr<Vault> VaultSetup::makeKeychain() const
{
    return std::make_unique<KeychainVault>(KeychainVault::Options{.service = m_options.service});
}

std::unique_ptr<PassphraseVault> VaultSetup::makePassphraseVault() const
{
    PassphraseVault::Options options{.file = m_options.vaultFile};
    options.idleLimit = idleLimit();
    return std::make_unique<PassphraseVault>(std::move(options), m_random, m_pool);
}

std::chrono::milliseconds VaultSetup::idleLimit() const
{
    return std::chrono::minutes(m_settings.value(u"lock.idleMinutes"_s).toInt());
}

} // namespace hatstand::secrets
