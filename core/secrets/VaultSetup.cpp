// SPDX-License-Identifier: MIT
#include "core/secrets/VaultSetup.h"

#include "core/base/Log.h"
#include "core/secrets/KeychainVault.h"
#include "core/secrets/PassphraseVault.h"

using namespace Qt::Literals::StringLiterals;

namespace hatstand::secrets {
namespace {

const QString kSetting = u"vault.kind"_s;

QString nameOf(VaultKind kind)
{
    return kind == VaultKind::Keychain ? u"keychain"_s : u"passphrase"_s;
}

/// A file that can't be read counts too: what it holds is not known. Answers at once, since the names in a
/// vault file are there to be read.
bool holdsEntries(Vault& vault)
{
    if (vault.state() == VaultState::Unavailable)
        return false;
    bool isEmpty = false;
    vault.keys([&isEmpty](const Result<QSet<QString>>& keys) { isEmpty = keys && keys->isEmpty(); });
    return !isEmpty;
}

tl::unexpected<Error> otherKind(VaultKind kind)
{
    return fail(ErrorCode::Usage, "vault.kind is "_L1 + nameOf(kind));
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
        if (key == "lock.idleMinutes"_L1)
            m_slot.setIdleLimit(idleLimit());
    });
}

VaultSetup::~VaultSetup() = default;

void VaultSetup::open(bool keysAreKept)
{
    const QString kind = m_settings.value(kSetting);
    if (kind == "keychain"_L1)
        return m_slot.set(makeKeychain());
    auto file = makePassphraseVault();
    if (kind == "passphrase"_L1)
        return m_slot.set(std::move(file));
    // The setting was lost, or never written. What is kept says more than what is noted.
    if (holdsEntries(*file)) {
        m_slot.set(std::move(file));
        if (const auto noted = m_settings.set(kSetting, u"passphrase"_s); !noted)
            qCWarning(lcVault, "the kind of vault can't be noted");
    } else if (keysAreKept) {
        m_slot.set(makeKeychain());
    }
}

bool VaultSetup::isDecided() const
{
    return m_slot.current() != nullptr;
}

void VaultSetup::useKeychain(Callback<void> done)
{
    if (mustWait(
            VaultKind::Keychain, [this, done] { useKeychain(done); }, done))
        return;
    if (isDecided())
        return done(m_slot.kind() == VaultKind::Keychain ? Result<void>() : otherKind(m_slot.kind()));
    begin(makeKeychain(), std::move(done));
    m_candidate->refresh([this](const Result<VaultState>& state) {
        if (!state || *state == VaultState::Unavailable)
            return end(fail(ErrorCode::KeychainUnavailable));
        if (*state == VaultState::Locked)
            return end(fail(ErrorCode::Locked));
        m_candidate->prepare([this](const Result<void>& prepared) { end(prepared); });
    });
}

void VaultSetup::unlockKeychain(Callback<void> done)
{
    if (mustWait(
            VaultKind::Keychain, [this, done] { unlockKeychain(done); }, done))
        return;
    begin(makeKeychain(), std::move(done));
    m_candidate->unlock({}, [this](const Result<void>& unlocked) {
        m_candidate.release()->deleteLater();
        answer(unlocked);
    });
}

void VaultSetup::usePassphrase(SharedSecret passphrase, Callback<void> done)
{
    if (mustWait(
            VaultKind::Passphrase, [this, passphrase, done] { usePassphrase(passphrase, done); }, done))
        return;
    if (m_slot.kind() == VaultKind::Passphrase)
        return m_slot.unlock(std::move(passphrase), std::move(done));
    if (isDecided())
        return done(otherKind(m_slot.kind()));
    auto made = makePassphraseVault();
    Vault* vault = made.get();
    begin(std::move(made), std::move(done));
    const auto opened = [this](const Result<void>& result) {
        if (!result)
            return end(result);
        m_candidate->prepare([this](const Result<void>& prepared) { end(prepared); });
    };
    if (vault->state() != VaultState::Unavailable)
        vault->unlock(std::move(passphrase), opened);
    else
        vault->changePassphrase({}, std::move(passphrase), opened);
}

bool VaultSetup::mustWait(VaultKind kind, std::function<void()> again, const Callback<void>& done)
{
    if (!m_candidate)
        return false;
    if (m_candidate->kind() == kind)
        m_next.push_back(std::move(again));
    else
        done(fail(ErrorCode::Busy));
    return true;
}

void VaultSetup::begin(std::unique_ptr<Vault> candidate, Callback<void> done)
{
    m_candidate = std::move(candidate);
    m_done = std::move(done);
    connect(m_candidate.get(), &Vault::waitingChanged, &m_slot, &Vault::waitingChanged);
}

/// Called from within an answer of the candidate, which therefore may go only later.
void VaultSetup::end(const Result<void>& result)
{
    Result<void> outcome = result;
    if (outcome)
        outcome = m_settings.set(kSetting, nameOf(m_candidate->kind()));
    disconnect(m_candidate.get(), nullptr, &m_slot, nullptr);
    if (outcome)
        m_slot.set(std::move(m_candidate));
    else
        m_candidate.release()->deleteLater();
    answer(outcome);
}

void VaultSetup::answer(const Result<void>& result)
{
    const QPointer<VaultSetup> alive(this); // whoever is told may end everything
    std::exchange(m_done, nullptr)(result);
    while (alive && !m_candidate && !m_next.empty()) {
        const auto next = std::move(m_next.front());
        m_next.pop_front();
        next();
    }
}

std::unique_ptr<Vault> VaultSetup::makeKeychain() const
{
    return inUse(std::make_unique<KeychainVault>(KeychainVault::Options{.service = m_options.service}));
}

std::unique_ptr<Vault> VaultSetup::makePassphraseVault() const
{
    PassphraseVault::Options options{.file = m_options.vaultFile};
    options.idleLimit = idleLimit();
    return inUse(std::make_unique<PassphraseVault>(std::move(options), m_random, m_pool));
}

std::unique_ptr<Vault> VaultSetup::inUse(std::unique_ptr<Vault> vault) const
{
    return m_options.instead ? m_options.instead(std::move(vault)) : std::move(vault);
}

std::chrono::milliseconds VaultSetup::idleLimit() const
{
    return std::chrono::minutes(m_settings.value(u"lock.idleMinutes"_s).toInt());
}

} // namespace hatstand::secrets
