// SPDX-License-Identifier: MIT
#include "core/secrets/KeychainVault.h"

#include "core/secrets/KeychainJobs.h"
#include "core/secrets/SecretService.h"
#include "core/secrets/Waiting.h"

#include <QStringDecoder>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace hatstand::secrets {
namespace {

using Look = SecretService::Look;

/// QtKeychain hands a text on as UTF-8 that ends at a zero byte.
bool canBeText(const SharedSecret& value)
{
    if (!value || value->isEmpty() || value->text().find('\0') != std::string_view::npos)
        return false;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text(decoder.requiredSpace(static_cast<qsizetype>(value->size())), Qt::Uninitialized);
    decoder.appendToBuffer(text.data(), QByteArrayView(value->view()));
    wipe(text);
    return !decoder.hasError();
}

/// A KWallet can't be looked into; what it says is believed.
bool isOpaque(const Look& look)
{
    return look.collection == VaultState::Unknown;
}

ErrorCode lockedOrMissing(const Look& look)
{
    const bool known = look.collection == VaultState::Unlocked && look.locked.isEmpty();
    return known ? ErrorCode::SecretMissing : ErrorCode::Locked;
}

} // namespace

class KeychainVault::Private final : public QObject
{
public:
    Private(KeychainVault& vault, Options options)
        : m_vault(vault)
        , m_serviceName(options.service)
        , service(options.timeout)
        , jobs(options.service, options.timeout)
        , waiting([&vault](bool waits) { Q_EMIT vault.waitingChanged(waits); })
    {
        connect(&jobs, &KeychainJobs::answeredLate, &vault, &Vault::answeredLate);
        connect(&service, &SecretService::changed, this, &Private::ask);
        connect(&service, &SecretService::appeared, this, &Private::ask);
        connect(&service, &SecretService::vanished, this, [this] {
            KeychainJobs::dropConnection();
            if (!m_isKWallet.value_or(false))
                setState(VaultState::Unavailable);
        });
    }

    /// Nothing is believed or touched before this has told what is there and what is locked.
    void look(std::optional<QString> key, Callback<Look> done, bool mayStart = true)
    {
        if (!m_isKWallet) {
            return service.askWhetherKWallet([this, key, done, mayStart](bool isKWallet) {
                m_isKWallet = isKWallet;
                look(key, done, mayStart);
            });
        }
        if (*m_isKWallet) {
            setState(VaultState::Unknown);
            return done(Look{});
        }
        QMap<QString, QString> attributes{{u"server"_s, m_serviceName}};
        if (key)
            attributes.insert(u"user"_s, *key);
        const auto tell = [this, done, round = waiting.round()](const Result<Look>& result) {
            setState(result ? result->collection : VaultState::Unavailable);
            // Nobody waits for what would follow: no job may start that writes after all.
            done(round == waiting.round() ? result : fail(ErrorCode::Cancelled));
        };
        service.look(attributes, mayStart, tell);
    }

    /// Why a job of QtKeychain failed, which it can't be asked: a locked keyring answers "not found" and
    /// "denied".
    template <class T>
    void explain(const QString& key, const Error& error, Callback<T> done)
    {
        if (error.code == ErrorCode::Cancelled)
            return done(fail(error));
        if (error.code == ErrorCode::Locked) { // its time was up
            const bool gone = state == VaultState::Unavailable;
            return done(fail(Error{.code = gone ? ErrorCode::KeychainUnavailable : ErrorCode::Locked,
                .why = error.why,
                .detail = error.detail}));
        }
        look(key, [error, done](const Result<Look>& result) {
            if (!result)
                return done(fail(result.error()));
            if (isOpaque(*result))
                return done(fail(error));
            if (result->collection == VaultState::Locked || !result->locked.isEmpty())
                return done(fail(ErrorCode::Locked, error.detail));
            if (error.code == ErrorCode::SecretMissing && !result->unlocked.isEmpty())
                return done(fail(ErrorCode::KeychainDenied, u"there, but not given"_s));
            done(fail(error));
        });
    }

    template <class T>
    Callback<T> explained(const QString& key, Callback<T> done)
    {
        return [this, key, done = std::move(done)](const Result<T>& result) {
            if (result)
                return done(result);
            explain<T>(key, result.error(), done);
        };
    }

private:
    /// Something changed: learns the state again, without starting a service. One question at a time.
    void ask()
    {
        m_again = m_asking;
        if (std::exchange(m_asking, true))
            return;
        look(
            u"profile"_s,
            [this](const Result<Look>&) {
                m_asking = false;
                if (std::exchange(m_again, false))
                    ask();
            },
            false);
    }

    void setState(VaultState now)
    {
        if (std::exchange(state, now) != now)
            Q_EMIT m_vault.stateChanged(now);
    }

    KeychainVault& m_vault;
    const QString m_serviceName;
    std::optional<bool> m_isKWallet;
    bool m_asking = false;
    bool m_again = false;

public:
    VaultState state = VaultState::Unknown;
    SecretService service;
    KeychainJobs jobs;
    Waiting waiting;
};

KeychainVault::KeychainVault(Options options, QObject* parent)
    : SecretVault(parent)
    , d(std::make_unique<Private>(*this, std::move(options)))
{
}

KeychainVault::~KeychainVault() = default;

VaultState KeychainVault::state() const
{
    return d->state;
}

void KeychainVault::read(const QString& key, Callback<SharedSecret> done)
{
    const auto answer = d->waiting.until(std::move(done));
    d->look(key, [this, key, answer](const Result<Look>& look) {
        if (!look)
            return answer(fail(look.error()));
        if (!isOpaque(*look) && look->unlocked.isEmpty())
            return answer(fail(lockedOrMissing(*look)));
        d->jobs.read(key, d->explained(key, answer));
    });
}

void KeychainVault::write(const QString& key, SharedSecret value, Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    if (!canBeText(value))
        return answer(fail(ErrorCode::InvalidInput, u"not a text"_s));
    d->look(key, [this, key, value = std::move(value), answer](const Result<Look>& look) {
        if (!look)
            return answer(fail(look.error()));
        if (look->collection == VaultState::Locked || !look->locked.isEmpty())
            return answer(fail(ErrorCode::Locked));
        d->jobs.write(key, value, d->explained(key, answer));
    });
}

void KeychainVault::remove(const QString& key, Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    d->look(key, [this, key, answer](const Result<Look>& look) {
        if (!look)
            return answer(fail(look.error()));
        const bool seen = !look->unlocked.isEmpty() && look->locked.isEmpty();
        if (seen || isOpaque(*look))
            return d->jobs.remove(key, d->explained(key, answer));
        const ErrorCode code = lockedOrMissing(*look);
        answer(code == ErrorCode::SecretMissing ? Result<void>() : fail(code));
    });
}

void KeychainVault::refresh(Callback<VaultState> done)
{
    const auto answer = d->waiting.until(std::move(done));
    d->look(u"profile"_s, [this, answer](const Result<Look>&) { answer(d->state); });
}

void KeychainVault::keys(Callback<QSet<QString>> done)
{
    const auto answer = d->waiting.until(std::move(done));
    d->look({}, [this, answer](const Result<Look>& look) {
        if (!look)
            return answer(fail(look.error()));
        if (isOpaque(*look))
            return answer(fail(ErrorCode::KeychainUnavailable, u"KWallet does not list"_s));
        const bool isEmpty = look->unlocked.isEmpty() && look->locked.isEmpty();
        if (isEmpty
            && look->collection == VaultState::Locked) // KeePassXC, say, shows nothing while it is locked
            return answer(fail(ErrorCode::Locked));
        d->service.users(look->unlocked + look->locked, answer);
    });
}

void KeychainVault::unlock(SharedSecret, Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    d->look({}, [this, answer](const Result<Look>& look) {
        if (!look)
            return answer(fail(look.error()));
        if (isOpaque(*look) || (look->collection == VaultState::Unlocked && look->locked.isEmpty()))
            return answer({}); // KWallet asks by itself, at first use
        d->service.unlock(look->locked, [this, answer](const Result<void>& unlocked) {
            d->look(u"profile"_s, [unlocked, answer](const Result<Look>& now) {
                if (!unlocked || !now)
                    return answer(unlocked ? fail(now.error()) : unlocked);
                answer(now->collection == VaultState::Unlocked ? Result<void>() : fail(ErrorCode::Locked));
            });
        });
    });
}

void KeychainVault::lock(Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    d->look(u"profile"_s, [this, answer](const Result<Look>& look) {
        if (!look)
            return answer(fail(look.error()));
        if (isOpaque(*look))
            return answer(fail(ErrorCode::KeychainUnavailable, u"KWallet locks itself"_s));
        d->service.lock([this, answer](const Result<void>& locked) {
            d->look(u"profile"_s, [locked, answer](const Result<Look>&) { answer(locked); });
        });
    });
}

void KeychainVault::changePassphrase(SharedSecret, SharedSecret, Callback<void> done)
{
    done(fail(ErrorCode::InvalidInput, u"the desktop's keychain has a password of its own"_s));
}

void KeychainVault::has(const QString& key, Callback<bool> done)
{
    d->look(key, [done = std::move(done)](const Result<Look>& look) {
        done(
            look.map([](const Look& found) { return !found.unlocked.isEmpty() || !found.locked.isEmpty(); }));
    });
}

void KeychainVault::stopWaiting()
{
    d->waiting.giveUp([this] { return d->jobs.stopWaiting() ? Why::MayStillHappen : Why::Unsaid; });
}

} // namespace hatstand::secrets
