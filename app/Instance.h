// SPDX-License-Identifier: MIT
#pragma once

#include "app/Composition.h"
#include "app/InstanceLock.h"
#include "app/Person.h"
#include "app/control/ControlServer.h"
#include "app/dbus/BusService.h"

namespace hatstand::app {

/// A Hatstand that stays: holds the profile's lock, serves the control socket and the bus.
class Instance final : public QObject
{
    Q_OBJECT
public:
    explicit Instance(const Profile& profile, QObject* parent = nullptr);
    ~Instance() override;

    /// Takes the lock and opens the store. Busy where another one stays already, and Composition's errors.
    [[nodiscard]] Result<void> open();
    /// Serves from now on. person outlives this.
    [[nodiscard]] Result<void> serve(Person& person);
    [[nodiscard]] const Services& services() const { return m_composition.services(); }

private:
    Profile m_profile;
    InstanceLock m_lock;
    Composition m_composition;
    std::unique_ptr<ControlServer> m_control;
    std::unique_ptr<BusService> m_bus;
};

/// SIGTERM, SIGINT and SIGHUP end the event loop in an orderly way.
void quitOnSignals(QObject* parent);

} // namespace hatstand::app
