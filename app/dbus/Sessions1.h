// SPDX-License-Identifier: MIT
#pragma once

#include "app/Person.h"
#include "app/cli/Services.h"
#include "app/dbus/BusValues.h"

#include <QDBusAbstractAdaptor>
#include <QDBusConnection>
#include <QSet>

namespace hatstand::app {

/// org.hatstand.Sessions1: who is logged in and who is active, for other programs of the desktop. No method
/// takes or returns a secret; logging out is the person's to decide.
class Sessions1 final : public QDBusAbstractAdaptor
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.hatstand.Sessions1")
    Q_PROPERTY(hatstand::app::SessionMaps Sessions READ all)
    Q_PROPERTY(QString Current READ current)
public:
    /// host: the object that is exported; also the parent.
    Sessions1(QObject* host, const Services& services, Person& person, const QDBusConnection& bus);

    [[nodiscard]] SessionMaps all() const;
    [[nodiscard]] QString current() const;

public Q_SLOTS:
    // The names are the interface's.
    void Switch(const QString& session, const QDBusMessage& message);
    void Rename(const QString& session, const QString& label, const QDBusMessage& message);
    void Logout(const QString& session, const QDBusMessage& message);
    void LogoutAll(const QDBusMessage& message);
    void ShowWindow(const QDBusMessage& message);
    void ShowSwitcher(const QDBusMessage& message);

Q_SIGNALS:
    void CurrentChanged(const QString& session);
    void SessionAdded(const QString& session);
    void SessionRemoved(const QString& session);
    void SessionChanged(const QString& session, const QVariantMap& fields);
    void AccountChanged(const QString& session);

private:
    void answer(const QDBusMessage& message, const Result<void>& result);
    void askLogout(const session::SessionId& id, const QDBusMessage& message);
    void tellAccount(const session::SessionId& id);
    void invalidate(const QString& property);
    void tellInvalidated();

    const Services& m_services;
    Person& m_person;
    QDBusConnection m_bus;
    QSet<QString> m_invalidated;
};

} // namespace hatstand::app
