// SPDX-License-Identifier: MIT
// What WrappedVault knows: whether there is a passphrase, and the data key while it was given.
#include "core/base/Log.h"
#include "core/secrets/Derivation.h"
#include "core/secrets/WrappedVault_p.h"

using namespace Qt::Literals::StringLiterals;

namespace hatstand::secrets {
namespace {

bool isSealed(const SecretBuffer& value)
{
    const auto stored = decodeStoredSecret(value);
    return stored && stored->type == SecretType::Sealed;
}

} // namespace

WrappedVault::Private::Private(WrappedVault& vault, std::unique_ptr<SecretVault> inner_, Options given,
    Random& random_, QThreadPool& pool_)
    : inner(std::move(inner_))
    , options(std::move(given))
    , random(random_)
    , pool(pool_)
    , waiting([&vault](bool waits) { Q_EMIT vault.waitingChanged(waits); })
    , tries(options.tries)
    , m_vault(vault)
{
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &Private::forget);
    connect(inner.get(), &Vault::answeredLate, this, [this] {
        isLate = false;
        m_isStale = true;
        Q_EMIT m_vault.answeredLate();
    });
    connect(inner.get(), &Vault::stateChanged, this, [this](VaultState now) {
        tellState();
        if (now == VaultState::Unlocked && (known == Known::Nothing || known == Known::Listed))
            learn([](const Result<void>&) {});
    });
    tellState();
}

void WrappedVault::Private::learn(Callback<void> done, bool again)
{
    const bool isKnown = known == Known::None || known == Known::Read || known == Known::Broken;
    if (isKnown && !again && !m_isStale)
        return done({});
    m_learners.push_back(std::move(done));
    if (m_learners.size() == 1)
        readLock(guarded(this, [this](const Result<void>& result) {
            for (const auto& learner : std::exchange(m_learners, {}))
                learner(result);
        }));
}

void WrappedVault::Private::readLock(Callback<void> done)
{
    const auto believe = [this, edition = m_edition, done](Known now, std::optional<LockEntry> entry = {}) {
        if (edition != m_edition)
            return readLock(done);
        m_isStale = false;
        take(now, std::move(entry));
        done({});
    };
    // Without its lock nothing sealed can be opened; then nothing may look as if there were no passphrase.
    const auto missing = [believe, done](const Result<SharedSecret>& profile) {
        if (!profile && profile.error().code != ErrorCode::SecretMissing)
            return done(fail(profile.error()));
        const bool isLost = profile && isSealed(**profile);
        believe(isLost ? Known::Broken : Known::None);
    };
    inner->read(kLockKey, guarded(this, [this, believe, missing, done](const Result<SharedSecret>& value) {
        if (!value && value.error().code == ErrorCode::SecretMissing)
            return inner->read(kProfileKey, guarded(this, missing));
        if (!value)
            return done(fail(value.error()));
        auto entry = LockEntry::parse(**value);
        if (entry)
            return believe(Known::Read, *entry);
        qCWarning(lcVault) << "the entry lock:" << entry.error().detail;
        believe(Known::Broken);
    }));
}

void WrappedVault::Private::take(Known now, std::optional<LockEntry> entry)
{
    known = now;
    lock = std::move(entry);
    if (now != Known::Read)
        dataKey.reset();
    tellState();
}

void WrappedVault::Private::authenticate(const SharedSecret& passphrase, Callback<Opened> done)
{
    if (!passphrase || passphrase->isEmpty())
        return done(fail(ErrorCode::WrongPassphrase));
    tries.begin([this, passphrase, asked = locks, done = std::move(done)](const Tries::End& end) {
        if (!lock) {
            end(Tries::Outcome::Unknown);
            return done(fail(ErrorCode::Cancelled, u"changed meanwhile"_s));
        }
        newMaster(lock->parameters(), passphrase,
            [this, end, done, asked, parameters = lock->parameters()](const Result<SharedSecret>& master) {
                const bool isSame = lock && lock->parameters() == parameters;
                if (!master || !isSame) {
                    end(Tries::Outcome::Unknown);
                    return done(
                        master ? fail(ErrorCode::Cancelled, u"changed meanwhile"_s) : fail(master.error()));
                }
                const auto key = lock->open(**master);
                end(key ? Tries::Outcome::Right : Tries::Outcome::Wrong);
                if (!key)
                    return done(fail(key.error()));
                done(Opened{*lock, *master, *key, asked});
            });
    });
}

void WrappedVault::Private::newMaster(
    const KeyParameters& parameters, const SharedSecret& passphrase, Callback<SharedSecret> done)
{
    derive(pool, this, parameters, passphrase, std::move(done));
}

Result<void> WrappedVault::Private::mayUse() const
{
    if (known == Known::Broken)
        return fail(ErrorCode::Damaged, u"the entry lock"_s);
    if (lock && !dataKey)
        return fail(ErrorCode::Locked);
    return {};
}

SharedSecret WrappedVault::Private::wrapped(const QString& key, const SharedSecret& value) const
{
    if (!lock || lock->state() == LockState::Unwrapping)
        return value;
    return std::make_shared<const SecretBuffer>(sealEntry(key, *value, *dataKey, random));
}

void WrappedVault::Private::hold(SharedSecret key)
{
    dataKey = std::move(key);
    keepAwake();
    tellState();
}

void WrappedVault::Private::forget()
{
    ++locks;
    dataKey.reset();
    m_idle.stop();
    tellState();
}

void WrappedVault::Private::keepAwake()
{
    if (dataKey && options.idleLimit.count() > 0)
        m_idle.start(options.idleLimit);
    else
        m_idle.stop();
}

void WrappedVault::Private::tellState()
{
    VaultState now = inner->state();
    if (now == VaultState::Unlocked || now == VaultState::Unknown) {
        if (known == Known::Nothing)
            now = VaultState::Unknown;
        else if (known != Known::None && !dataKey)
            now = VaultState::Locked;
    }
    if (std::exchange(state, now) != now)
        Q_EMIT m_vault.stateChanged(now);
}

void WrappedVault::Private::note(const Result<void>& result)
{
    if (!result && result.error().why == Why::MayStillHappen)
        isLate = true;
}

void WrappedVault::Private::inTurn(std::function<void(Callback<void>)> work, Callback<void> done)
{
    turns.take([this, work = std::move(work), done = std::move(done)](const Turns::Next& next) {
        work(guarded(this, [this, done, next](const Result<void>& result) {
            note(result);
            done(result);
            next();
        }));
    });
}

} // namespace hatstand::secrets
