// SPDX-License-Identifier: MIT
#include "core/base/Log.h"
#include "core/secrets/WrappedVault_p.h"

using namespace Qt::Literals::StringLiterals;

namespace hatstand::secrets {
namespace {

/// Nobody outside can make an entry that looks like ours.
bool canBeWritten(const QString& key, const SharedSecret& value)
{
    if (key == kLockKey || !value || value->isEmpty())
        return false;
    const auto stored = decodeStoredSecret(*value);
    return !stored || (stored->type != SecretType::Sealed && stored->type != SecretType::Lock);
}

} // namespace

WrappedVault::WrappedVault(
    std::unique_ptr<SecretVault> inner, Options options, Random& random, QThreadPool& pool, QObject* parent)
    : SecretVault(parent)
    , d(std::make_unique<Private>(*this, std::move(inner), std::move(options), random, pool))
{
}

WrappedVault::~WrappedVault() = default;

VaultKind WrappedVault::kind() const
{
    return d->inner->kind();
}

VaultState WrappedVault::state() const
{
    return d->state;
}

bool WrappedVault::takesPassphrase() const
{
    return d->known != Private::Known::Nothing && d->known != Private::Known::None;
}

void WrappedVault::read(const QString& key, Callback<SharedSecret> done)
{
    const auto answer = d->waiting.until(std::move(done));
    if (key == kLockKey)
        return answer(fail(ErrorCode::SecretMissing));
    d->learn([this, key, answer](const Result<void>& learned) {
        if (!learned)
            return answer(fail(learned.error()));
        if (const auto may = d->mayUse(); !may)
            return answer(fail(may.error()));
        if (key != kProfileKey) // messages from outside are opened with keys that are derived from it
            d->keepAwake();
        // Both may change before the answer comes, when a passphrase is set or removed.
        const auto open = [this, key, answer, dataKey = d->dataKey, locks = d->locks,
                              mayBeClear = d->mayBeClear()](const Result<SharedSecret>& value) {
            if (!value)
                return answer(value);
            const auto stored = decodeStoredSecret(**value);
            if (!stored || stored->type != SecretType::Sealed) {
                const bool isClear = mayBeClear || d->mayBeClear();
                return answer(isClear ? value : fail(ErrorCode::Damaged, u"an entry that is not sealed"_s));
            }
            if (locks != d->locks)
                return answer(fail(ErrorCode::Locked));
            const SharedSecret with = d->dataKey ? d->dataKey : dataKey;
            if (!with)
                return answer(fail(ErrorCode::Damaged, u"sealed, and no lock"_s));
            auto opened = openEntry(key, *stored, *with);
            if (!opened)
                return answer(fail(opened.error()));
            answer(std::make_shared<const SecretBuffer>(std::move(*opened)));
        };
        d->inner->read(key, guarded(d.get(), open));
    });
}

void WrappedVault::write(const QString& key, SharedSecret value, Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    if (!canBeWritten(key, value))
        return answer(fail(ErrorCode::InvalidInput, u"no value, or a name or type of ours"_s));
    d->inTurn(
        [this, key, value = std::move(value)](Callback<void> end) {
            d->learn([this, key, value, end = std::move(end)](const Result<void>& learned) {
                const auto may = learned ? d->mayUse() : learned;
                if (!may)
                    return end(may);
                d->keepAwake();
                d->inner->write(key, d->wrapped(key, value), end);
            });
        },
        answer);
}

void WrappedVault::remove(const QString& key, Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    if (key == kLockKey)
        return answer(fail(ErrorCode::InvalidInput, u"a name of ours"_s));
    d->inTurn([this, key](Callback<void> end) { d->inner->remove(key, std::move(end)); }, answer);
}

void WrappedVault::copy(const QString& from, const QString& to, Callback<void> done)
{
    if (to == kLockKey)
        return done(fail(ErrorCode::InvalidInput, u"a name of ours"_s));
    SecretVault::copy(from, to, std::move(done)); // opened and sealed anew, for its new name
}

void WrappedVault::refresh(Callback<VaultState> done)
{
    const auto answer = d->waiting.until(std::move(done));
    const auto tell = [this, answer] {
        d->tellState();
        answer(d->state);
    };
    d->inner->refresh(guarded(d.get(), [this, tell](const Result<VaultState>& state) {
        if (state && *state == VaultState::Unlocked)
            return d->learn([tell](const Result<void>&) { tell(); });
        if (state && *state == VaultState::Locked && d->known == Private::Known::Nothing)
            return keys([tell](const Result<QSet<QString>>&) { tell(); });
        tell();
    }));
}

void WrappedVault::keys(Callback<QSet<QString>> done)
{
    const auto answer = d->waiting.until(std::move(done));
    d->inner->keys(guarded(d.get(), [this, answer](Result<QSet<QString>> keys) {
        if (keys && keys->remove(kLockKey) && d->known == Private::Known::Nothing)
            d->take(Private::Known::Listed);
        answer(std::move(keys));
    }));
}

void WrappedVault::unlock(SharedSecret passphrase, Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    const auto wanted = [this, round = d->waiting.round()] { return round == d->waiting.round(); };
    const auto take = [this, answer, wanted](const Result<Private::Opened>& opened) {
        if (!opened)
            return answer(fail(opened.error()));
        if (!wanted() || opened->locks != d->locks)
            return answer(fail(ErrorCode::Cancelled, u"locked meanwhile"_s));
        d->hold(opened->dataKey);
        if (d->change.expired())
            d->finish(*opened, [](const Result<void>& finished) {
                if (!finished)
                    qCWarning(lcVault) << "sealing goes on at the next unlock:" << finished.error().detail;
            });
        answer({});
    };
    const auto ask
        = [this, passphrase = std::move(passphrase), answer, wanted, take](const Result<void>& learned) {
              if (!learned || d->known == Private::Known::None)
                  return answer(learned);
              if (!d->lock)
                  return answer(fail(ErrorCode::Damaged, u"the entry lock"_s));
              if (!passphrase)
                  return answer(d->dataKey ? Result<void>() : fail(ErrorCode::PassphraseRequired));
              if (wanted())
                  d->authenticate(passphrase, take);
          };
    d->inner->unlock({}, guarded(d.get(), [this, answer, ask](const Result<void>& unlocked) {
        if (!unlocked)
            return answer(unlocked);
        d->learn(ask, true);
    }));
}

void WrappedVault::lock(Callback<void> done)
{
    d->forget();
    if (d->known == Private::Known::None)
        return done(fail(ErrorCode::PassphraseRequired, u"none is set"_s));
    done({});
}

void WrappedVault::setIdleLimit(std::chrono::milliseconds limit)
{
    d->options.idleLimit = limit;
    d->keepAwake();
}

void WrappedVault::stopWaiting()
{
    d->waiting.giveUp([this] {
        d->turns.dropWaiting();
        d->tries.dropWaiting();
        d->inner->stopWaiting();
        return d->isLate ? Why::MayStillHappen : Why::Unsaid;
    });
}

} // namespace hatstand::secrets
