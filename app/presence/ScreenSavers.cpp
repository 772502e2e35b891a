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
    for (const QString& desktop : {u"freedesktop"_s, u"gnome"_s, u"xfce"_s, u"mate"_s, u"cinnamon"_s}) {
        const QString interface = u"org.%1.ScreenSaver"_s.arg(desktop);
        bus.connect({}, {}, interface, u"ActiveChanged"_s, this, SIGNAL(activeChanged(bool)));
    }
}

} // namespace hatstand::presence
