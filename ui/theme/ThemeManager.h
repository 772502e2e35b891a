// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Settings.h"

#include <QObject>
#include <QPalette>

class QApplication;
class QDBusVariant;

namespace hatstand::ui {

/// Puts palette and stylesheet on the application as the setting ui.theme and the desktop (portal Settings,
/// org.freedesktop.appearance color-scheme) say, and again when either changes. A high-contrast desktop keeps
/// its palette.
class ThemeManager final : public QObject
{
    Q_OBJECT
public:
    ThemeManager(QApplication& application, Settings& settings, QObject* parent = nullptr);
    void apply();

Q_SIGNALS:
    void applied();

private Q_SLOTS: // by name, from the bus
    void onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askDesktop();

    QApplication& m_application;
    Settings& m_settings;
    QPalette m_desktopPalette; ///< before ours
    bool m_desktopIsDark = false;
    bool m_highContrast = false;
    bool m_styled = false;
};

} // namespace hatstand::ui
