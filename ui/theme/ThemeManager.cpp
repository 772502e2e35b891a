// SPDX-License-Identifier: MIT
#include "ui/theme/ThemeManager.h"

#include "ui/theme/FocusStyle.h"
#include "ui/theme/StyleSheet.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr auto kService = "org.freedesktop.portal.Desktop"_L1;
constexpr auto kPath = "/org/freedesktop/portal/desktop"_L1;
constexpr auto kInterface = "org.freedesktop.portal.Settings"_L1;
constexpr auto kGroup = "org.freedesktop.appearance"_L1;
constexpr auto kGnome = "org.gnome.desktop.interface"_L1; // where other desktops keep what has no portal name

/// The portal wraps Read's answer twice.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

ThemeManager::ThemeManager(QApplication& application, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_application(application)
    , m_settings(settings)
    , m_desktopPalette(application.palette())
    , m_desktopIsDark(m_desktopPalette.color(QPalette::Window).lightness() < 128)
{
    connect(&m_settings, &Settings::changed, this, [this](const QString& key) {
        if (key == "ui.theme"_L1)
            apply();
    });
    new FocusRing(this);
    askDesktop();
}

void ThemeManager::askDesktop()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kService, kPath, kInterface, u"SettingChanged"_s, this,
        SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    const QList<std::pair<QString, QString>> asked{{kGroup, u"color-scheme"_s}, {kGroup, u"contrast"_s},
        {kGroup, u"reduced-motion"_s}, {kGnome, u"enable-animations"_s}};
    for (const auto& [group, key] : asked) {
        QDBusMessage read = QDBusMessage::createMethodCall(kService, kPath, kInterface, u"Read"_s);
        read << group << key;
        auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(read, 5000), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, group = group, key = key](QDBusPendingCallWatcher* done) {
                const QDBusPendingReply<QDBusVariant> reply = *done;
                if (reply.isValid())
                    onPortalSetting(group, key, reply.value());
                done->deleteLater();
            });
    }
}

void ThemeManager::onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group == kGnome && key == "enable-animations"_L1)
        return setReducedMotion(!unwrapped(value.variant()).toBool());
    if (group != kGroup)
        return;
    const uint number = unwrapped(value.variant()).toUInt();
    if (key == "color-scheme"_L1) {
        // 0: no preference, which is what the palette said; 1: dark; 2: light.
        m_desktopIsDark
            = number == 0 ? m_desktopPalette.color(QPalette::Window).lightness() < 128 : number == 1;
    } else if (key == "contrast"_L1) {
        m_highContrast = number == 1;
    } else if (key == "reduced-motion"_L1) {
        return setReducedMotion(number == 1);
    } else {
        return;
    }
    apply();
}

void ThemeManager::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
    if (m_style)
        m_style->setReducedMotion(reduced);
}

void ThemeManager::apply()
{
    const QString choice = m_settings.value(u"ui.theme"_s);
    const bool dark = choice == "dark"_L1 || (choice == "system"_L1 && m_desktopIsDark);
    if (!m_style) {
        m_style = new FocusStyle; // the application's
        if (m_reducedMotion)
            m_style->setReducedMotion(*m_reducedMotion);
        m_application.setStyle(m_style);
    }
    if (m_highContrast && choice == "system"_L1) {
        m_application.setPalette(m_desktopPalette);
        m_application.setStyleSheet(contrastSheet(Theme::of(m_desktopPalette)));
    } else {
        const Theme& theme = dark ? Theme::darkTheme() : Theme::light();
        m_application.setPalette(theme.palette());
        m_application.setStyleSheet(styleSheet(theme));
    }
    Q_EMIT applied();
}

} // namespace hatstand::ui
