// SPDX-License-Identifier: MIT
#include "app/presence/ScreenSavers.h"

#include <QDBusConnection>
#include <utility>

namespace hatstand::presence {
using namespace Qt::Literals::StringLiterals;

void ScreenSavers::start()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (std::exchange(m_started, true) || !bus.isConnected())
        return;
    for (const QString& interface :
        {u"org.freedesktop.ScreenSaver"_s, u"org.gnome.ScreenSaver"_s, u"org.xfce.ScreenSaver"_s})
        bus.connect({}, {}, interface, u"ActiveChanged"_s, this, SIGNAL(activeChanged(bool)));
}

} // namespace hatstand::presence
