// SPDX-License-Identifier: MIT
#include "app/signer/HelperVault.h"

#include "core/base/Files.h"
#include "core/base/Log.h"
#include "core/secrets/StoredSecret.h"
#include "core/secrets/WrappedVault.h"

#include <QFile>
#include <QSaveFile>
#include <fcntl.h>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultState;

Message command(const QString& what, const QString& key = {})
{
    Message message{.head = {{u"do"_s, what}}};
    if (!key.isEmpty())
        message.head.insert("key"_L1, key);
    return message;
}

/// A count that was lost is none: what it slows is a guess at the window, not one at a stolen file.
int loadTries(const QString& path)
{
    QFile file(path);
    return !path.isEmpty() && file.open(QIODevice::ReadOnly) ? file.read(16).trimmed().toInt() : 0;
}

void storeTries(const QString& path, int count)
{
    QSaveFile file(path);
    const bool stored = !path.isEmpty() && file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(QByteArray::number(count) + '\n') > 0 && file.commit();
    if (!stored)
        qCWarning(lcVault, "how often the passphrase was wrong can't be noted");
}

Callback<SharedMessage> plain(Callback<void> done)
{
    return [done = std::move(done)](
               const Result<SharedMessage>& answer) { done(answer.map([](const SharedMessage&) {})); };
}

} // namespace

HelperVault::HelperVault(std::unique_ptr<Vault> local, Options options, SignerLink& link)
    : m_local(std::move(local))
    , m_options(std::move(options))
    , m_link(link)
    , m_state(m_local->state())
{
    m_link.setVault({{isFile() ? u"file"_s : u"service"_s, isFile() ? m_options.file : m_options.service},
        {u"idle"_s, qint64(m_options.idleLimit.count())}, {u"tries"_s, loadTries(m_options.triesFile)}});
    connect(m_local.get(), &Vault::stateChanged, this, &HelperVault::tellState);
    connect(m_local.get(), &Vault::waitingChanged, this, &Vault::waitingChanged);
    connect(m_local.get(), &Vault::answeredLate, this, &Vault::answeredLate);
    connect(&m_link, &SignerLink::told, this, &HelperVault::onTold);
    connect(&m_link, &SignerLink::ended, this, &HelperVault::onEnded);
}

VaultState HelperVault::state() const
{
    if (!takesPassphrase())
        return m_local->state();
    if (m_isOpen)
        return VaultState::Unlocked;
    return m_local->state() == VaultState::Unlocked ? VaultState::Locked : m_local->state();
}

bool HelperVault::takesPassphrase() const
{
    return m_local->takesPassphrase() || m_takesPassphrase;
}

void HelperVault::setTakesPassphrase(bool takes)
{
    if (std::exchange(m_takesPassphrase, takes && !isFile()) == takes)
        return;
    m_state = state();
    Q_EMIT stateChanged(m_state); // though it may be the same: what unlocks it is another
}

void HelperVault::tellState()
{
    if (std::exchange(m_state, state()) != m_state)
        Q_EMIT stateChanged(m_state);
}

void HelperVault::onTold(const SharedMessage& message)
{
    const QString event = message->head.value("event"_L1).toString();
    if (event == "state"_L1) {
        m_isOpen = message->head.value("state"_L1).toInt() == int(VaultState::Unlocked);
        setTakesPassphrase(message->head.value("passphrase"_L1).toBool());
        tellState();
    } else if (event == "waiting"_L1) {
        m_waiting = message->head.value("on"_L1).toBool();
        Q_EMIT waitingChanged(m_waiting);
    } else if (event == "tries"_L1) {
        const int count = message->head.value("count"_L1).toInt();
        storeTries(m_options.triesFile, count);
        m_link.setTries(count);
    } else if (event == "late"_L1) {
        Q_EMIT answeredLate();
    }
}

void HelperVault::onEnded()
{
    m_isOpen = false;
    if (std::exchange(m_waiting, false))
        Q_EMIT waitingChanged(false);
    tellState();
    Q_EMIT answeredLate(); // what it was told to do is done by now, or never will be
}

void HelperVault::change(Message request, Callback<void> done)
{
    const auto answer = [done = std::move(done)](const Result<void>& result) {
        if (result || result.error().why != Why::SignerEnded)
            return done(result);
        Error error = result.error();
        error.why = Why::MayStillHappen;
        done(fail(error));
    };
    if (isFile())
        changeFile(std::move(request), answer);
    else
        m_link.request(std::move(request), plain(answer));
}

/// The process may not write to files, so it is handed a new one, which then takes the place of the old.
void HelperVault::changeFile(Message request, Callback<void> done)
{
    const auto file = std::make_shared<QSaveFile>(m_options.file);
    const auto refused = [file] { return fail(ErrorCode::Disk, file->errorString()); };
    if (!makeFolderOf(m_options.file) || !file->open(QIODevice::WriteOnly)
        || !file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return done(refused());
    request.descriptor = std::make_shared<const Descriptor>(::fcntl(file->handle(), F_DUPFD_CLOEXEC, 0));
    const auto settle = [this, file, refused, done = std::move(done)](const Result<SharedMessage>& answer) {
        if (!answer)
            return done(fail(answer.error()));
        if ((*answer)->head.value("saved"_L1).toBool() && (!file->commit() || !syncFolderOf(m_options.file)))
            return done(refused());
        m_local->refresh([](const Result<VaultState>&) {});
        done({});
    };
    m_link.request(std::move(request), guarded(this, settle), SignerLink::Way::Alone);
}

void HelperVault::write(const QString& key, SharedSecret value, Callback<void> done)
{
    Message request = command(u"write"_s, key);
    request.add(u"secret"_s, value);
    change(std::move(request), std::move(done));
}

void HelperVault::remove(const QString& key, Callback<void> done)
{
    if (isFile())
        change(command(u"remove"_s, key), std::move(done));
    else
        m_local->remove(key, std::move(done));
}

void HelperVault::copy(const QString& from, const QString& to, Callback<void> done)
{
    Message request = command(u"copy"_s);
    request.head.insert("from"_L1, from);
    request.head.insert("to"_L1, to);
    change(std::move(request), std::move(done));
}

void HelperVault::look(const QString& key, Callback<std::optional<secrets::SecretType>> done)
{
    m_link.request(command(u"look"_s, key), [done = std::move(done)](const Result<SharedMessage>& answer) {
        using secrets::SecretType;
        done(answer.map([](const SharedMessage& message) {
            const int type = message->head.value("type"_L1).toInt(-1);
            return type < 0 ? std::nullopt : std::optional(SecretType(type));
        }));
    });
}

void HelperVault::prepare(Callback<void> done)
{
    change(command(u"prepare"_s), std::move(done));
}

void HelperVault::refresh(Callback<VaultState> done)
{
    const auto tell = [this, done = std::move(done)](const Result<VaultState>& local) {
        tellState();
        done(local ? Result<VaultState>(state()) : local);
    };
    m_local->refresh(guarded(this, [this, tell](const Result<VaultState>& local) {
        if (!local || !m_options.isWrapped)
            return tell(local);
        m_options.isWrapped(guarded(this, [this, tell, local](const Result<bool>& wrapped) {
            if (wrapped)
                setTakesPassphrase(*wrapped);
            tell(local);
        }));
    }));
}

void HelperVault::keys(Callback<QSet<QString>> done)
{
    m_local->keys(guarded(this, [this, done = std::move(done)](Result<QSet<QString>> keys) {
        if (keys && !isFile())
            setTakesPassphrase(keys->remove(secrets::kLockKey));
        done(std::move(keys));
    }));
}

void HelperVault::unlock(SharedSecret passphrase, Callback<void> done)
{
    if (!takesPassphrase())
        return m_local->unlock({}, std::move(done));
    Message request = command(u"unlock"_s);
    request.add(u"passphrase"_s, passphrase);
    m_link.request(std::move(request), plain(std::move(done)));
}

void HelperVault::lock(Callback<void> done)
{
    if (!takesPassphrase())
        return m_local->lock(std::move(done));
    if (!m_link.isRunning())
        return done({});
    m_link.request(command(u"lock"_s), plain(std::move(done)));
}

void HelperVault::changePassphrase(SharedSecret before, SharedSecret after, Callback<void> done)
{
    Message request = command(u"change-passphrase"_s);
    request.add(u"before"_s, before);
    request.add(u"after"_s, after);
    change(std::move(request), std::move(done));
}

void HelperVault::setIdleLimit(std::chrono::milliseconds limit)
{
    m_link.setIdleLimit(limit);
}

void HelperVault::stopWaiting()
{
    m_local->stopWaiting();
    if (m_link.isRunning())
        m_link.request(command(u"stop-waiting"_s), [](const Result<SharedMessage>&) {});
}

} // namespace hatstand::app
