// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QVariantList>

namespace hatstand::test {

/// A private bus that starts nothing but what lies in services().
class PrivateBus
{
public:
    explicit PrivateBus(const char* variable); ///< the environment variable that is to name it
    ~PrivateBus();
    [[nodiscard]] bool isUp() const { return !m_address.isEmpty(); }
    [[nodiscard]] QString address() const { return m_address; }
    [[nodiscard]] QString services() const { return m_dir.filePath(QStringLiteral("services")); }

private:
    QTemporaryDir m_dir;
    QProcess m_daemon;
    QString m_address;
};

/// A service of the desktop played by python-dbusmock, in a process and on a connection of its own.
class MockService
{
public:
    explicit MockService(const PrivateBus& bus);
    ~MockService();
    /// From a template of dbusmock's, which owns name.
    [[nodiscard]] bool start(const QString& name, const QString& templateName);
    [[nodiscard]] bool start(const QString& name, const QString& path, const QString& interface);
    void stop(); ///< and waits until its name is gone

    // org.freedesktop.DBus.Mock, at path
    bool addMethod(const QString& path, const QString& interface, const QString& method, const QString& in,
        const QString& out, const QString& code);
    bool emitSignal(const QString& path, const QString& interface, const QString& signal,
        const QString& signature, const QVariantList& arguments);
    bool update(const QString& path, const QString& interface, const QVariantMap& properties);
    /// How often a method of the object at path was called.
    [[nodiscard]] int calls(const QString& path, const QString& method);
    /// Any other method; its first answer, invalid where there was an error.
    QVariant call(const QString& path, const QString& interface, const QString& method,
        const QVariantList& arguments = {});

private:
    [[nodiscard]] bool run(const QString& name, const QStringList& arguments);
    [[nodiscard]] bool isOwned() const;

    QString m_address;
    QString m_variable;
    QString m_name;
    QDBusConnection m_bus;
    QProcess m_process;
};

} // namespace hatstand::test
