// SPDX-License-Identifier: MIT
#include "tests/support/FakeVault.h"

#include <utility>

namespace hatstand::test {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultState;

FakeVault::FakeVault(QObject* parent)
    : SecretVault(parent)
{
}

void FakeVault::hold()
{
    m_holding = true;
}

void FakeVault::release()
{
    m_holding = false;
    while (!m_holding && !m_held.empty())
        releaseOne();
}

void FakeVault::releaseOne()
{
    if (m_held.empty())
        return;
    auto command = std::move(m_held.front());
    m_held.pop_front();
    command();
}

void FakeVault::stopWaiting()
{
    const auto before = std::exchange(failAlways, ErrorCode::Cancelled);
    for (const auto& command : std::exchange(m_held, {}))
        command();
    failAlways = before;
    Q_EMIT waitingChanged(false);
}

void FakeVault::forgetHeld()
{
    m_held.clear();
}

void FakeVault::setKind(secrets::VaultKind kind)
{
    m_kind = kind;
    setTakesPassphrase(kind == secrets::VaultKind::Passphrase);
}

void FakeVault::setTakesPassphrase(bool takes)
{
    if (std::exchange(m_takesPassphrase, takes) != takes)
        Q_EMIT stateChanged(m_state); // for whoever shows what can be done with it
}

void FakeVault::setState(VaultState state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged(state);
}

void FakeVault::setPassphrase(std::string_view passphrase)
{
    m_passphrase = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(passphrase));
}

QByteArray FakeVault::peek(const QString& key) const
{
    const SharedSecret value = m_entries.value(key);
    return value ? toQByteArray(value->view()) : QByteArray();
}

void FakeVault::put(const QString& key, std::string_view value)
{
    m_entries.insert(key, std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(value)));
}

void FakeVault::act(std::function<void()> command)
{
    if (m_holding)
        m_held.push_back(std::move(command));
    else
        command();
}

std::optional<ErrorCode> FakeVault::fault(std::optional<ErrorCode>& next)
{
    if (const auto code = std::exchange(next, std::nullopt))
        return code;
    if (failAlways)
        return failAlways;
    switch (m_state) {
    case VaultState::Locked:
        return ErrorCode::Locked;
    case VaultState::Unavailable:
        return ErrorCode::KeychainUnavailable;
    case VaultState::Unknown:
    case VaultState::Unlocked:
        break;
    }
    return std::nullopt;
}

void FakeVault::read(const QString& key, Callback<SharedSecret> done)
{
    ++reads;
    log += "read "_L1 + key;
    act([this, key, done = std::move(done)] {
        if (const auto code = fault(failNextRead))
            return done(fail(*code));
        if (!m_entries.contains(key))
            return done(fail(ErrorCode::SecretMissing, key));
        done(m_entries.value(key));
    });
}

void FakeVault::write(const QString& key, SharedSecret value, Callback<void> done)
{
    ++writes;
    log += "write "_L1 + key;
    act([this, key, value = std::move(value), done = std::move(done)] {
        if (!value || value->isEmpty())
            return done(fail(ErrorCode::InvalidInput, u"no value"_s)); // as every real vault says
        if (const auto code = fault(failNextWrite))
            return done(fail(*code));
        m_entries.insert(key, value);
        if (std::exchange(isNextWriteLate, false))
            return done(fail(Error{.code = ErrorCode::Locked, .why = Why::MayStillHappen}));
        done({});
    });
}

void FakeVault::remove(const QString& key, Callback<void> done)
{
    ++removes;
    log += "remove "_L1 + key;
    act([this, key, done = std::move(done)] {
        if (const auto code = fault(failNextRemove))
            return done(fail(*code));
        m_entries.remove(key);
        done({});
    });
}

void FakeVault::refresh(Callback<VaultState> done)
{
    act([this, done = std::move(done)] { done(m_state); });
}

void FakeVault::keys(Callback<QSet<QString>> done)
{
    ++keyLists;
    log += u"keys"_s;
    act([this, done = std::move(done)] {
        // a locked collection still tells which entries it has
        if (const auto code = std::exchange(failNextKeys, std::nullopt))
            return done(fail(*code));
        if (failAlways == ErrorCode::Cancelled)
            return done(fail(ErrorCode::Cancelled));
        if (failAlways == ErrorCode::KeychainUnavailable || m_state == VaultState::Unavailable)
            return done(fail(ErrorCode::KeychainUnavailable));
        done(QSet<QString>(m_entries.keyBegin(), m_entries.keyEnd()));
    });
}

void FakeVault::unlock(SharedSecret passphrase, Callback<void> done)
{
    act([this, passphrase = std::move(passphrase), done = std::move(done)] {
        if (const auto code = std::exchange(failNextUnlock, std::nullopt))
            return done(fail(*code));
        if (failAlways == ErrorCode::Cancelled)
            return done(fail(ErrorCode::Cancelled));
        if (m_passphrase && (!passphrase || !m_passphrase->equals(*passphrase)))
            return done(fail(ErrorCode::WrongPassphrase));
        setState(VaultState::Unlocked);
        done({});
    });
}

void FakeVault::lock(Callback<void> done)
{
    act([this, done = std::move(done)] {
        setState(VaultState::Locked);
        done({});
    });
}

void FakeVault::changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done)
{
    act([this, before = std::move(before), after = std::move(after), done = std::move(done)] {
        if (m_passphrase && (!before || !m_passphrase->equals(*before)))
            return done(fail(ErrorCode::WrongPassphrase));
        m_passphrase = after;
        setTakesPassphrase(after || m_kind == secrets::VaultKind::Passphrase);
        done({});
    });
}

} // namespace hatstand::test
