// SPDX-License-Identifier: MIT
#include "ui/dialogs/add/AddFlow.h"

#include "core/base/Log.h"
#include "core/secrets/VaultSetup.h"

namespace hatstand::ui {

using secrets::VaultState;

namespace {

constexpr int kPatienceMs = 300;

} // namespace

AddFlow::AddFlow(UiContext& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &AddFlow::waiting);
}

AddFlow::~AddFlow()
{
    if (m_left)
        *m_left = true;
}

void AddFlow::start(session::NewSession session)
{
    m_session = std::move(session);
    prepare();
}

void AddFlow::prepare()
{
    if (!m_session.secret)
        return add(false);
    if (!m_context.vaultSetup.isDecided())
        return decide(true);
    if (m_context.vault.takesPassphrase() && m_context.vault.state() == VaultState::Locked) {
        Q_EMIT unlockWanted();
        return;
    }
    add(true);
}

void AddFlow::decide(bool mayUnlock)
{
    setBusy(true);
    m_context.vaultSetup.useKeychain(current([this, mayUnlock](Result<void> done) {
        if (!done && done.error().code == ErrorCode::Locked && mayUnlock)
            return m_context.vaultSetup.unlockKeychain(current([this](Result<void> unlocked) {
                if (unlocked)
                    return decide(false);
                setBusy(false);
                Q_EMIT failed(unlocked.error());
            }));
        setBusy(false);
        if (done)
            add(true);
        else if (done.error().code == ErrorCode::KeychainUnavailable)
            Q_EMIT vaultWanted();
        else
            Q_EMIT failed(done.error());
    }));
}

void AddFlow::add(bool mayUnlock)
{
    setBusy(true);
    const auto left = std::make_shared<bool>(false);
    m_left = left;
    session::SessionManager* sessions = &m_context.sessions;
    const QPointer<AddFlow> self(this);
    sessions->add(
        m_session, guarded(sessions, [self, sessions, left, mayUnlock](Result<session::Added> done) {
            if (*left || !self) {
                if (done && !done->replaced)
                    sessions->logout(done->id, {.forget = true}, [](const Result<void>& undone) {
                        if (!undone)
                            qCWarning(lcSession) << "an add that was left could not be taken back:"
                                                 << name(undone.error().code);
                    });
                return;
            }
            self->m_left.reset();
            self->setBusy(false);
            if (done) {
                self->m_session = {};
                Q_EMIT self->added(*done);
            } else if (done.error().code == ErrorCode::Locked && mayUnlock) {
                if (self->m_context.vault.takesPassphrase())
                    Q_EMIT self->unlockWanted();
                else
                    self->unlock({});
            } else {
                Q_EMIT self->failed(done.error());
            }
        }));
}

void AddFlow::usePassphrase(SharedSecret passphrase)
{
    setBusy(true);
    m_context.vaultSetup.usePassphrase(std::move(passphrase), current([this](Result<void> done) {
        setBusy(false);
        if (done)
            add(false);
        else
            Q_EMIT passphraseRefused(done.error());
    }));
}

void AddFlow::unlock(SharedSecret passphrase)
{
    setBusy(true);
    const bool typed = passphrase != nullptr;
    m_context.vault.unlock(std::move(passphrase), current([this, typed](Result<void> done) {
        setBusy(false);
        if (done)
            add(false);
        else if (typed)
            Q_EMIT passphraseRefused(done.error());
        else
            Q_EMIT failed(done.error());
    }));
}

Callback<void> AddFlow::current(Callback<void> done)
{
    return guarded(this, [this, run = m_run, done = std::move(done)](Result<void> result) {
        if (run == m_run)
            done(std::move(result));
    });
}

void AddFlow::cancel()
{
    ++m_run;
    if (m_left)
        *m_left = true;
    m_left.reset();
    const bool wasBusy = m_busy;
    setBusy(false);
    if (wasBusy)
        m_context.vault.stopWaiting();
}

void AddFlow::setBusy(bool busy)
{
    if (busy)
        m_patience.start();
    else
        m_patience.stop();
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged(busy);
}

} // namespace hatstand::ui
