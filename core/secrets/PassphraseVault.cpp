// SPDX-License-Identifier: MIT
#include "core/secrets/PassphraseVault.h"

#include "core/base/Files.h"
#include "core/secrets/Derivation.h"
#include "core/secrets/VaultFile.h"
#include "core/secrets/Waiting.h"

#include <QFile>
#include <QSaveFile>
#include <QTimer>
#include <algorithm>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace hatstand::secrets {
namespace {

constexpr std::size_t kMaxValue = 1u << 20;
constexpr qsizetype kMaxKey = 1024;
const QString kProfile = u"profile"_s;

Result<void> replaceFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    const bool saved = makeFolderOf(path) && file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(content) == content.size()
        && file.flush() && ::fsync(file.handle()) == 0 && file.commit() && syncFolderOf(path);
    if (!saved)
        return fail(ErrorCode::Disk, file.errorString());
    return {};
}

bool fits(const QString& key, const SharedSecret& value)
{
    return !key.isEmpty() && key.toUtf8().size() <= kMaxKey && value && !value->isEmpty()
        && value->size() <= kMaxValue;
}

} // namespace

class PassphraseVault::Private final : public QObject
{
public:
    Private(PassphraseVault& vault, Options given, Random& random_, QThreadPool& pool)
        : options(std::move(given))
        , random(random_)
        , waiting([&vault](bool waits) { Q_EMIT vault.waitingChanged(waits); })
        , tries(options.tries)
        , m_vault(vault)
        , m_pool(pool)
    {
        m_idle.setSingleShot(true);
        connect(&m_idle, &QTimer::timeout, this, &Private::forget);
        tellState();
    }

    [[nodiscard]] Result<VaultFile> load() const
    {
        QFile file(options.file);
        if (!file.exists())
            return fail(ErrorCode::KeychainUnavailable, u"there is no vault file"_s);
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorCode::Disk, file.errorString());
        const QByteArray content = file.read(std::min(file.size(), qint64{VaultFile::maxSize}) + 1);
        if (file.error() != QFile::NoError)
            return fail(ErrorCode::Disk, file.errorString());
        return VaultFile::parse(bytesOf(content));
    }

    /// Using the vault is what keeps it from locking itself; unless nobody is there who does.
    enum class By { Person, Nobody };
    /// The file as it is, authenticated.
    [[nodiscard]] Result<VaultFile> loadUnlocked(By by = By::Person)
    {
        if (!master)
            return fail(exists() ? ErrorCode::Locked : ErrorCode::KeychainUnavailable);
        if (by == By::Person)
            keepAwake();
        auto file = load();
        if (!file)
            return file;
        if (const auto verified = file->verify(*master); !verified)
            return fail(ErrorCode::Damaged, u"not the file that was unlocked"_s);
        return file;
    }

    [[nodiscard]] Result<void> save(const VaultFile& file, const SecretBuffer& key) const
    {
        const QByteArray content = file.serialised(key);
        if (content.size() > VaultFile::maxSize)
            return fail(ErrorCode::Disk, u"the vault is full"_s);
        return options.replace ? options.replace(content) : replaceFile(options.file, content);
    }

    [[nodiscard]] KeyParameters newParameters() const
    {
        KeyParameters parameters{options.opsLimit, options.memLimit, {}};
        random.fill(parameters.salt);
        return parameters;
    }

    /// The key on the pool; the answer here. A vault that goes first is not told.
    void derive(const KeyParameters& parameters, const SharedSecret& passphrase, Callback<SharedSecret> done)
    {
        secrets::derive(m_pool, this, parameters, passphrase, std::move(done));
    }

    /// The key of the file as it is by then, if the passphrase fits. Slowed after wrong ones.
    void authenticate(const SharedSecret& passphrase, Callback<SharedSecret> done)
    {
        if (!passphrase || passphrase->isEmpty())
            return done(fail(ErrorCode::WrongPassphrase));
        tries.begin([this, passphrase, done = std::move(done)](const Tries::End& end) {
            const auto file = load();
            if (!file) {
                end(Tries::Outcome::Unknown);
                return done(fail(file.error()));
            }
            derive(file->parameters(), passphrase, [this, end, done](const Result<SharedSecret>& key) {
                const auto now = key ? load() : fail(key.error());
                const auto verified = now ? now->verify(**key) : fail(now.error());
                const bool isWrong = !verified && verified.error().code == ErrorCode::WrongPassphrase;
                end(!now ? Tries::Outcome::Unknown : isWrong ? Tries::Outcome::Wrong : Tries::Outcome::Right);
                done(verified ? key : fail(verified.error()));
            });
        });
    }

    void hold(SharedSecret key)
    {
        master = std::move(key);
        keepAwake();
        tellState();
    }

    void forget()
    {
        ++locks;
        master.reset();
        m_idle.stop();
        tellState();
    }

    void keepAwake()
    {
        if (master && options.idleLimit.count() > 0)
            m_idle.start(options.idleLimit);
        else
            m_idle.stop();
    }

    void tellState()
    {
        const VaultState now = master ? VaultState::Unlocked
            : exists()                ? VaultState::Locked
                                      : VaultState::Unavailable;
        if (std::exchange(state, now) != now)
            Q_EMIT m_vault.stateChanged(now);
    }

    [[nodiscard]] bool exists() const { return QFile::exists(options.file); }

    Options options;
    Random& random;
    Waiting waiting;
    Tries tries;
    VaultState state = VaultState::Unknown;
    SharedSecret master;
    int locks = 0; ///< how often it was locked: a key that was asked for before is not taken after

private:
    PassphraseVault& m_vault;
    QThreadPool& m_pool;
    QTimer m_idle;
};

PassphraseVault::PassphraseVault(Options options, Random& random, QThreadPool& pool, QObject* parent)
    : SecretVault(parent)
    , d(std::make_unique<Private>(*this, std::move(options), random, pool))
{
}

PassphraseVault::~PassphraseVault() = default;

bool PassphraseVault::exists() const
{
    return d->exists();
}

void PassphraseVault::create(SharedSecret passphrase, Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    if (exists())
        return answer(fail(ErrorCode::Failed, u"there is a vault already"_s));
    const KeyParameters parameters = d->newParameters();
    const auto round = d->waiting.round();
    d->derive(parameters, passphrase, [this, parameters, round, answer](const Result<SharedSecret>& key) {
        if (!key || round != d->waiting.round())
            return answer(key ? fail(ErrorCode::Cancelled) : fail(key.error()));
        if (exists())
            return answer(fail(ErrorCode::Failed, u"there is a vault already"_s));
        const auto saved = d->save(VaultFile(parameters), **key);
        if (saved)
            d->hold(*key);
        answer(saved);
    });
}

void PassphraseVault::changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done)
{
    if (!after)
        return done(fail(ErrorCode::InvalidInput, u"a vault file has a passphrase"_s));
    if (!before)
        return create(std::move(after), std::move(done));
    const auto answer = d->waiting.until(std::move(done));
    if (const auto file = d->load(); !file)
        return answer(fail(file.error()));
    const KeyParameters parameters = d->newParameters();
    const auto reseal
        = [this, parameters](const SecretBuffer& oldKey, const SharedSecret& newKey) -> Result<void> {
        const auto old = d->load();
        if (!old)
            return fail(old.error());
        if (auto verified = old->verify(oldKey); !verified)
            return verified;
        VaultFile fresh(parameters);
        for (const QByteArray& key : old->keys()) {
            const auto value = old->open(key, oldKey);
            if (!value)
                return fail(value.error());
            fresh.put(key, *value, *newKey, d->random);
        }
        auto saved = d->save(fresh, *newKey);
        if (saved && d->master)
            d->hold(newKey);
        return saved;
    };
    const auto wanted = [this, round = d->waiting.round()] { return round == d->waiting.round(); };
    const auto second = [this, parameters, after, wanted, reseal, answer](const SharedSecret& oldKey) {
        d->derive(parameters, after, [oldKey, wanted, reseal, answer](const Result<SharedSecret>& newKey) {
            if (wanted())
                answer(newKey ? reseal(*oldKey, *newKey) : fail(newKey.error()));
        });
    };
    d->authenticate(before, [second, answer](const Result<SharedSecret>& oldKey) {
        if (!oldKey)
            return answer(fail(oldKey.error()));
        second(*oldKey);
    });
}

bool PassphraseVault::readsBack() const
{
    return !d->options.replace;
}

void PassphraseVault::setIdleLimit(std::chrono::milliseconds limit)
{
    d->options.idleLimit = limit;
    d->keepAwake();
}

VaultState PassphraseVault::state() const
{
    return d->state;
}

void PassphraseVault::read(const QString& key, Callback<SharedSecret> done)
{
    // Messages from outside are opened with keys that are derived from the profile's entry.
    const auto file = d->loadUnlocked(key == kProfile ? Private::By::Nobody : Private::By::Person);
    if (!file)
        return done(fail(file.error()));
    auto value = file->open(key.toUtf8(), *d->master);
    if (!value)
        return done(fail(value.error()));
    done(std::make_shared<const SecretBuffer>(std::move(*value)));
}

void PassphraseVault::write(const QString& key, SharedSecret value, Callback<void> done)
{
    auto file = d->loadUnlocked();
    if (!file)
        return done(fail(file.error()));
    if (!fits(key, value))
        return done(fail(ErrorCode::InvalidInput, u"no value, or too large"_s));
    file->put(key.toUtf8(), *value, *d->master, d->random);
    done(d->save(*file, *d->master));
}

void PassphraseVault::remove(const QString& key, Callback<void> done)
{
    auto file = d->loadUnlocked();
    if (!file)
        return done(fail(file.error()));
    done(file->remove(key.toUtf8()) ? d->save(*file, *d->master) : Result<void>());
}

void PassphraseVault::refresh(Callback<VaultState> done)
{
    d->tellState();
    done(d->state);
}

void PassphraseVault::keys(Callback<QSet<QString>> done)
{
    const auto file = d->load();
    if (!file)
        return done(fail(file.error()));
    QSet<QString> keys;
    for (const QByteArray& key : file->keys())
        keys.insert(QString::fromUtf8(key));
    done(keys);
}

void PassphraseVault::unlock(SharedSecret passphrase, Callback<void> done)
{
    const auto answer = d->waiting.until(std::move(done));
    if (const auto file = d->load(); !file)
        return answer(fail(file.error()));
    const auto take
        = [this, locks = d->locks, round = d->waiting.round(), answer](const Result<SharedSecret>& key) {
              if (!key)
                  return answer(fail(key.error()));
              if (locks != d->locks || round != d->waiting.round())
                  return answer(fail(ErrorCode::Cancelled, u"locked meanwhile"_s));
              d->hold(*key);
              answer({});
          };
    d->authenticate(passphrase, take);
}

void PassphraseVault::lock(Callback<void> done)
{
    d->forget();
    done({});
}

void PassphraseVault::stopWaiting()
{
    d->waiting.giveUp([this] {
        d->tries.dropWaiting();
        return Why::Unsaid; // what is derived meanwhile is not taken
    });
}

} // namespace hatstand::secrets
