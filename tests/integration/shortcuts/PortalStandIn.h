// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QMap>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <memory>

namespace hatstand::test {

/// What a shortcut was asked for with: description, preferred_trigger.
using Wanted = QMap<QString, QVariantMap>;

/// A desktop's half of the GlobalShortcuts portal (org.freedesktop.impl.portal.GlobalShortcuts), which the
/// real xdg-desktop-portal asks; it gives every key that it is asked for, unless told otherwise.
class PortalBackend final : public QDBusVirtualObject
{
    Q_OBJECT
public:
    PortalBackend();
    ~PortalBackend() override;

    void activate(const QString& id); ///< as if the person had pressed that key
    void closeSession(); ///< the desktop takes the keys back

    Wanted wanted; ///< of the last BindShortcuts
    QString session; ///< its object path; empty once it was closed
    int asked = 0; ///< times that BindShortcuts was called
    uint response = 0; ///< to BindShortcuts: 1 is the person's no
    QStringList withheld; ///< keys that are not given
    QString trigger = QStringLiteral("Press %1"); ///< what is said of a key, %1 its preferred trigger

    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override;

private:
    QDBusConnection m_bus;
};

/// The real xdg-desktop-portal over that backend.
class Portal final
{
public:
    Portal();
    ~Portal();
    void start(); ///< returns once its name is on the bus
    void stop();

private:
    QTemporaryDir m_dir;
    QProcess m_process;
};

/// The first half as newer portals have it, with org.freedesktop.host.portal.Registry, which the one in
/// Debian has not: notes who is registered, and what is called before that.
class NewPortal final : public QDBusVirtualObject
{
    Q_OBJECT
public:
    NewPortal();
    ~NewPortal() override;
    QString appId;
    QStringList calls; ///< in their order
    void activate(const QString& id);

    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override;

private:
    void respond(const QDBusMessage& message, const QVariantMap& options, const QVariantMap& results);
    QDBusConnection m_bus;
    QString m_session;
};

} // namespace hatstand::test
