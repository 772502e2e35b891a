// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Settings.h"

#include <QObject>
#include <QPalette>
#include <QPointer>
#include <optional>

class QApplication;
class QDBusVariant;

namespace hatstand::ui {

class FocusStyle;

/// Puts palette and stylesheet on the application as the setting ui.theme and the desktop (portal Settings,
/// org.freedesktop.appearance color-scheme) say, and again when either changes. A high-contrast desktop keeps
/// its palette; one that asks for less motion gets none.
class ThemeManager final : public QObject
{
    Q_OBJECT
public:
    ThemeManager(QApplication& application, Settings& settings, QObject* parent = nullptr);
    void apply();
    void setReducedMotion(bool reduced);

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
    QPointer<FocusStyle> m_style;
    std::optional<bool> m_reducedMotion; ///< nothing said: as the style does by itself
};

} // namespace hatstand::ui
