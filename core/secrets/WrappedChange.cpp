// SPDX-License-Identifier: MIT
// Setting, replacing and removing the passphrase. The lock is there before the first entry is sealed and
// until after the last one is opened, and says which of the two goes on; so a kill leaves nothing that the
// passphrase does not open.
#include "core/secrets/WrappedVault_p.h"

using namespace Qt::Literals::StringLiterals;

namespace hatstand::secrets {

KeyParameters WrappedVault::Private::newParameters() const
{
    KeyParameters parameters{options.opsLimit, options.memLimit, {}};
    random.fill(parameters.salt);
    return parameters;
}

WrappedVault::Private::Opened WrappedVault::Private::with(
    LockState state_, const KeyParameters& parameters, const SharedSecret& master, const Opened& old) const
{
    return {{state_, parameters, *old.dataKey, *master, random}, master, old.dataKey, old.locks};
}

void WrappedVault::changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    if (after && after->isEmpty())
        return answer(refuse(Why::Empty));
    if (d->isLate || !d->change.expired())
        return answer(fail(ErrorCode::Busy));
    const auto change = std::make_shared<int>();
    d->change = change;
    const auto wanted = [this, round = d->waiting.round()] { return round == d->waiting.round(); };
    const auto go = [this, before, after, change, wanted, answer](const Result<Private::Opened>& opened) {
        if (!opened || !wanted())
            return answer(opened ? fail(ErrorCode::Cancelled) : fail(opened.error()));
        const auto end = [change, answer](const Result<void>& result) { answer(result); };
        if (!after)
            return d->unset(*opened, end);
        d->replace(*opened, before ? after : nullptr, end);
    };
    const auto learned = [this, before, after, change, wanted, answer, go](const Result<void>& result) {
        if (!result || !wanted())
            return answer(result ? fail(ErrorCode::Cancelled) : result);
        if (d->known == Private::Known::Broken)
            return answer(fail(ErrorCode::Damaged, u"the entry lock"_s));
        if (d->known == Private::Known::None) {
            if (!after)
                return answer({});
            if (before)
                return answer(fail(ErrorCode::WrongPassphrase, u"none is set"_s));
            return d->set(after, [change, answer](const Result<void>& set) { answer(set); });
        }
        // Setting one was interrupted, and is asked for again.
        const bool isAgain = !before && d->mayBeClear();
        const SharedSecret opener = isAgain ? after : before;
        if (!opener)
            return answer(fail(ErrorCode::PassphraseRequired));
        d->authenticate(opener, go);
    };
    d->learn(learned, true);
}

void WrappedVault::Private::set(const SharedSecret& passphrase, Callback<void> done)
{
    SecretBuffer fresh(kDataKeySize);
    random.fill(fresh.edit());
    const SharedSecret newKey = std::make_shared<const SecretBuffer>(std::move(fresh));
    const KeyParameters parameters = newParameters();
    const auto begin = [this, parameters, newKey, asked = locks, round = waiting.round(), done](
                           const Result<SharedSecret>& master) {
        if (!master)
            return done(fail(master.error()));
        const Opened now{
            {LockState::Wrapping, parameters, *newKey, **master, random}, *master, newKey, asked};
        const auto work = [this, now, round](Callback<void> end) {
            if (known != Known::None || now.locks != locks || round != waiting.round())
                return end(fail(ErrorCode::Cancelled, u"changed meanwhile"_s));
            dataKey = now.dataKey;
            keepAwake();
            writeLock(now, std::move(end));
        };
        inTurn(work, [this, now, done](const Result<void>& written) {
            if (!written)
                return done(written);
            finish(now, done);
        });
    };
    // Where the entries can't be told none could be sealed: better learned before the lock is written.
    inner->keys(guarded(this, [this, parameters, passphrase, begin, done](const Result<QSet<QString>>& keys) {
        if (!keys)
            return done(fail(keys.error()));
        newMaster(parameters, passphrase, begin);
    }));
}

/// Without a passphrase the one that was given stays.
void WrappedVault::Private::replace(const Opened& old, const SharedSecret& passphrase, Callback<void> done)
{
    const auto put = [this, old, done, round = waiting.round()](
                         const KeyParameters& parameters, const SharedSecret& master) {
        const auto now = std::make_shared<std::optional<Opened>>();
        const auto work = [this, old, now, parameters, master, round](Callback<void> end) {
            if (!isStill(old) || round != waiting.round())
                return end(fail(ErrorCode::Cancelled, u"changed meanwhile"_s));
            const bool isDone = lock->state() == LockState::Done;
            *now = with(isDone ? LockState::Done : LockState::Wrapping, parameters, master, old);
            writeLock(**now, std::move(end));
        };
        inTurn(work, [this, now, done](const Result<void>& written) {
            if (!written)
                return done(written);
            finish(**now, done);
        });
    };
    if (!passphrase)
        return put(old.entry.parameters(), old.master);
    const KeyParameters parameters = newParameters();
    newMaster(parameters, passphrase, [parameters, put, done](const Result<SharedSecret>& master) {
        if (!master)
            return done(fail(master.error()));
        put(parameters, *master);
    });
}

void WrappedVault::Private::unset(const Opened& old, Callback<void> done)
{
    const Opened now = with(LockState::Unwrapping, old.entry.parameters(), old.master, old);
    const auto work = [this, old, now](Callback<void> end) {
        if (!isStill(old))
            return end(fail(ErrorCode::Cancelled, u"changed meanwhile"_s));
        writeLock(now, std::move(end));
    };
    inTurn(work, [this, now, done](const Result<void>& written) {
        if (!written)
            return done(written);
        finish(now, done);
    });
}

void WrappedVault::Private::finish(const Opened& now, Callback<void> done)
{
    if (now.entry.state() == LockState::Done)
        return done({});
    const auto last = [this, now](Callback<void> end) {
        if (!isStill(now) || lock->state() != now.entry.state())
            return end(fail(ErrorCode::Cancelled, u"changed meanwhile"_s));
        if (now.entry.state() == LockState::Unwrapping)
            return removeLock(std::move(end));
        writeLock(with(LockState::Done, now.entry.parameters(), now.master, now), std::move(end));
    };
    rewrapAll(now, [this, last, done](const Result<void>& rewrapped) {
        if (!rewrapped)
            return done(rewrapped);
        inTurn(last, done);
    });
}

/// The same salt is the same passphrase and the same data key; how far the entries are may have changed. And
/// nobody has locked in between.
bool WrappedVault::Private::isStill(const Opened& then) const
{
    return lock && lock->parameters() == then.entry.parameters() && locks == then.locks;
}

void WrappedVault::Private::writeLock(const Opened& now, Callback<void> done)
{
    const auto value = std::make_shared<const SecretBuffer>(now.entry.encoded());
    const auto failed = [this, done](const Error& error) {
        m_isStale = true; // what is there now?
        if (!lock)
            dataKey.reset();
        done(fail(error));
    };
    // Everything will depend on this one entry: it is looked at before the first secret does.
    const auto compare = [this, now, value, failed, held = dataKey, done](const Result<SharedSecret>& back) {
        if (!back)
            return failed(back.error());
        if (!(*back)->equals(*value))
            return failed({.code = ErrorCode::KeychainUnavailable, .detail = u"gave back something else"_s});
        ++m_edition;
        m_isStale = false;
        if (now.locks == locks)
            dataKey = held; // whatever was read in between
        take(Known::Read, now.entry);
        done({});
    };
    ++m_edition;
    inner->write(kLockKey, value, guarded(this, [this, compare, failed](const Result<void>& written) {
        if (!written)
            return failed(written.error());
        inner->read(kLockKey, guarded(this, compare));
    }));
}

void WrappedVault::Private::removeLock(Callback<void> done)
{
    ++m_edition;
    inner->remove(kLockKey, guarded(this, [this, done](const Result<void>& removed) {
        ++m_edition;
        m_isStale = !removed;
        if (removed)
            take(Known::None);
        done(removed);
    }));
}

void WrappedVault::Private::rewrapAll(const Opened& now, Callback<void> done)
{
    const auto goesOn = [this, now, round = ++rewraps] {
        return round == rewraps && isStill(now) && lock->state() == now.entry.state();
    };
    const auto left = std::make_shared<QStringList>();
    const auto step = [this, now, left, goesOn](Callback<void> end) {
        if (!goesOn())
            return end(fail(ErrorCode::Cancelled, u"locked or changed meanwhile"_s));
        keepAwake();
        rewrap(left->takeLast(), now, std::move(end));
    };
    const auto list = [this, left](Callback<void> end) {
        inner->keys(guarded(this, [left, end = std::move(end)](const Result<QSet<QString>>& keys) {
            if (keys)
                *left = keys->values();
            left->removeAll(kLockKey);
            end(keys ? Result<void>() : fail(keys.error()));
        }));
    };
    nextStep(list, step, left, std::move(done));
}

/// first, then step for each that is left; each has a turn of its own, so that other changes come in between.
void WrappedVault::Private::nextStep(const std::function<void(Callback<void>)>& first,
    const std::function<void(Callback<void>)>& step, const std::shared_ptr<QStringList>& left,
    Callback<void> done)
{
    inTurn(first, [this, step, left, done = std::move(done)](const Result<void>& result) {
        if (!result || left->isEmpty())
            return done(result);
        nextStep(step, step, left, done);
    });
}

void WrappedVault::Private::rewrap(const QString& key, const Opened& now, Callback<void> done)
{
    const bool shallBeSealed = now.entry.state() == LockState::Wrapping;
    inner->read(key, guarded(this, [this, key, now, shallBeSealed, done](const Result<SharedSecret>& value) {
        if (!value && value.error().code == ErrorCode::SecretMissing)
            return done({}); // removed meanwhile
        if (!value)
            return done(fail(value.error()));
        const auto stored = decodeStoredSecret(**value);
        const bool isSealed = stored && stored->type == SecretType::Sealed;
        if (isSealed == shallBeSealed)
            return done({});
        auto other = isSealed ? openEntry(key, *stored, *now.dataKey)
                              : Result<SecretBuffer>(sealEntry(key, **value, *now.dataKey, random));
        if (!other)
            return done(fail(ErrorCode::Damaged, key));
        inner->write(key, std::make_shared<const SecretBuffer>(std::move(*other)), done);
    }));
}

} // namespace hatstand::secrets
