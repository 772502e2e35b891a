// SPDX-License-Identifier: MIT
#include "app/dbus/BusService.h"

#include "app/dbus/Sessions1.h"
#include "core/base/Log.h"

#include <QDBusConnection>
#include <QDBusMetaType>

namespace hatstand::app {

BusService::BusService(const Services& services, Person& person, const QString& serviceName, QObject* parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        qCInfo(lcDesktop, "there is no session bus, so other programs can't ask");
        return;
    }
    qDBusRegisterMetaType<SessionMaps>();
    new Sessions1(this, services, person, bus);
    if (!bus.registerObject(QStringLiteral("/org/hatstand/Hatstand"), this, QDBusConnection::ExportAdaptors))
        qCWarning(lcDesktop, "the object can't be put on the bus");
    if (!bus.registerService(serviceName))
        qCWarning(lcDesktop, "the name %s is taken on the bus", qPrintable(serviceName));
}

} // namespace hatstand::app
