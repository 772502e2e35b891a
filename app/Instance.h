// SPDX-License-Identifier: MIT
#pragma once

#include "app/AutoLock.h"
#include "app/Composition.h"
#include "app/InstanceLock.h"
#include "app/Person.h"
#include "app/control/ControlServer.h"
#include "app/dbus/BusService.h"
#include "core/signing/Approver.h"

namespace hatstand::app {

/// For what comes over a channel: the passphrase is asked for once a lock, by LinkHost, and not again by each
/// request on its way.
class NoPassphrases final : public signing::PassphraseSource
{
public:
    void ask(For, const QString&, Callback<SharedSecret> done) override { done(fail(ErrorCode::Locked)); }
};

/// A Hatstand that stays: holds the profile's lock, serves the control socket and the bus.
class Instance final : public QObject
{
    Q_OBJECT
public:
    /// lock: the profile's, taken.
    Instance(const Profile& profile, std::unique_ptr<InstanceLock> lock, QObject* parent = nullptr);
    ~Instance() override;

    /// Opens the store. Composition's errors.
    [[nodiscard]] Result<void> open();
    /// Serves from now on. person is asked only from the event loop, and has to be there while that runs.
    [[nodiscard]] Result<void> serve(Person& person);
    [[nodiscard]] const Services& services() const { return m_composition.services(); }

private:
    Profile m_profile;
    std::unique_ptr<InstanceLock> m_lock;
    Composition m_composition;
    presence::DeskWatcher m_desk;
    AutoLock m_autoLock;
    NoPassphrases m_noPassphrases;
    std::unique_ptr<ControlServer> m_control;
    std::unique_ptr<BusService> m_bus;
};

/// SIGTERM, SIGINT and SIGHUP end the event loop in an orderly way.
void quitOnSignals(QObject* parent);

} // namespace hatstand::app
