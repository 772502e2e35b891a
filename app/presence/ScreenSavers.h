// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace hatstand::presence {

/// The desktop's screen saver or locker, whichever of the three interfaces it speaks:
/// org.freedesktop.ScreenSaver (Freedesktop.org Idle Inhibition Service, KDE), org.gnome.ScreenSaver,
/// org.xfce.ScreenSaver, all with the signal ActiveChanged(b). Listens by interface and member, whoever
/// sends: none is asked to start.
class ScreenSavers final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    void start();

Q_SIGNALS:
    void activeChanged(bool active);

private:
    bool m_started = false;
};

} // namespace hatstand::presence
