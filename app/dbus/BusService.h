// SPDX-License-Identifier: MIT
#pragma once

#include "app/Person.h"
#include "app/cli/Services.h"

#include <QObject>

namespace hatstand::app {

/// Hatstand on the session bus: the object /org/hatstand/Hatstand under the profile's name. Without a bus
/// there is nothing to serve, and that is no error.
class BusService final : public QObject
{
    Q_OBJECT
public:
    BusService(
        const Services& services, Person& person, const QString& serviceName, QObject* parent = nullptr);
};

} // namespace hatstand::app
