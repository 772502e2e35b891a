// SPDX-License-Identifier: MIT
#include "ui/models/LockCommand.h"

#include "core/base/Settings.h"
#include "core/signing/StoppableSigner.h"

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultState;

LockCommand::LockCommand(secrets::Vault& vault, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_vault(vault)
    , m_settings(settings)
{
    connect(&vault, &secrets::Vault::stateChanged, this, &LockCommand::changed);
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key == "signing.stopped"_L1)
            Q_EMIT changed();
    });
}

LockCommand::Action LockCommand::action() const
{
    if (m_vault.takesPassphrase())
        return isLocked() ? Action::Unlock : Action::Lock;
    return isStopped() ? Action::Start : Action::Stop;
}

QString LockCommand::text() const
{
    switch (action()) {
    case Action::Lock:
        return tr("Lock");
    case Action::Unlock:
        return tr("Unlock…");
    case Action::Stop:
        return tr("Stop signing");
    case Action::Start:
        break;
    }
    return tr("Start signing again");
}

QString LockCommand::icon() const
{
    switch (action()) {
    case Action::Lock:
        return u"lock"_s;
    case Action::Unlock:
        return u"unlock"_s;
    case Action::Stop:
        return u"stop"_s;
    case Action::Start:
        break;
    }
    return u"start"_s;
}

bool LockCommand::isLocked() const
{
    return m_vault.takesPassphrase() && m_vault.state() == VaultState::Locked;
}

bool LockCommand::isStopped() const
{
    return signing::isSigningStopped(m_settings);
}

void LockCommand::run()
{
    switch (action()) {
    case Action::Lock:
        return m_vault.lock(guarded(this, [this](const Result<void>& done) {
            if (!done)
                Q_EMIT failed(done.error());
        }));
    case Action::Unlock:
        Q_EMIT unlockRequested();
        return;
    case Action::Stop:
        return setStopped(true);
    case Action::Start:
        return setStopped(false);
    }
}

void LockCommand::start()
{
    setStopped(false);
}

void LockCommand::setStopped(bool stopped)
{
    if (const auto done = signing::setSigningStopped(m_settings, stopped); !done)
        Q_EMIT failed(done.error());
}

} // namespace hatstand::ui
