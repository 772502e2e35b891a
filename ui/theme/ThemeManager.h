// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Settings.h"

#include <QObject>

class QApplication;

namespace hatstand::ui {

/// Puts palette and stylesheet on the application as the setting ui.theme and the desktop (portal Settings,
/// org.freedesktop.appearance color-scheme) say, and again when either changes. A high-contrast desktop keeps its palette.
class ThemeManager final : public QObject
{
    Q_OBJECT
public:
    ThemeManager(QApplication& application, Settings& settings, QObject* parent = nullptr);
    void apply();

Q_SIGNALS:
    void applied();

private:
    void onPortalSetting(const QString& group, const QString& key, const class QDBusVariant& value);

    QApplication& m_application;
    Settings& m_settings;
    bool m_desktopIsDark = false;
};

} // namespace hatstand::ui
