// SPDX-License-Identifier: MIT
#include "tests/integration/presence/MockService.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusVariant>
#include <QDir>
#include <QFile>
#include <QTest>
#include <QUuid>

namespace hatstand::test {
using namespace Qt::Literals::StringLiterals;

namespace {
const QString mock = u"org.freedesktop.DBus.Mock"_s;
}

PrivateBus::PrivateBus(const char* variable)
{
    QDir().mkpath(services());
    QFile config(m_dir.filePath(u"bus.conf"_s));
    if (!config.open(QIODevice::WriteOnly))
        return;
    config.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                 "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">"
                 "<busconfig><type>session</type><keep_umask/><listen>unix:dir="
        + m_dir.path().toUtf8() + "</listen><servicedir>" + services().toUtf8()
        + "</servicedir><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
          "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
    config.close();
    m_daemon.start(u"dbus-daemon"_s,
        {u"--nofork"_s, u"--nopidfile"_s, u"--config-file="_s + config.fileName(), u"--print-address"_s});
    while (m_daemon.waitForReadyRead(20'000)) {
        if (!m_daemon.canReadLine())
            continue;
        const QByteArray line = m_daemon.readLine().trimmed();
        m_address = QString::fromUtf8(line);
        qputenv(variable, line);
        return;
    }
    qWarning("dbus-daemon did not start (Debian package dbus-daemon): %s",
        m_daemon.readAllStandardError().constData());
}

PrivateBus::~PrivateBus()
{
    m_daemon.terminate();
    m_daemon.waitForFinished();
}

MockService::MockService(const PrivateBus& bus)
    : m_address(bus.address())
    , m_bus(QDBusConnection::connectToBus(bus.address(), QUuid::createUuid().toString()))
{
}

MockService::~MockService()
{
    stop();
    QDBusConnection::disconnectFromBus(m_bus.name());
}

bool MockService::start(const QString& name, const QString& templateName)
{
    return run(name, {u"--template"_s, templateName});
}

bool MockService::start(const QString& name, const QString& path, const QString& interface)
{
    return run(name, {name, path, interface});
}

bool MockService::run(const QString& name, const QStringList& arguments)
{
    m_name = name;
    // Both addresses are ours, so that whichever bus a template means is this one.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SYSTEM_BUS_ADDRESS"_s, m_address);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_address);
    m_process.setProcessEnvironment(environment);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(u"/usr/bin/python3"_s, QStringList{u"-m"_s, u"dbusmock"_s} + arguments);
    if (QTest::qWaitFor([this] { return isOwned(); }, 20'000))
        return true;
    qWarning("dbusmock did not come up as %s (Debian package python3-dbusmock)", qPrintable(name));
    return false;
}

void MockService::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
    (void)QTest::qWaitFor([this] { return !isOwned(); }, 20'000);
}

bool MockService::isOwned() const
{
    return m_bus.interface()->isServiceRegistered(m_name);
}

QVariant MockService::call(
    const QString& path, const QString& interface, const QString& method, const QVariantList& arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_name, path, interface, method);
    message.setArguments(arguments);
    const QDBusMessage answer = m_bus.call(message, QDBus::Block, 20'000);
    if (answer.type() != QDBusMessage::ReplyMessage) {
        qWarning("%s: %s", qPrintable(method), qPrintable(answer.errorMessage()));
        return {};
    }
    return answer.arguments().isEmpty() ? QVariant(true) : answer.arguments().constFirst();
}

bool MockService::addMethod(const QString& path, const QString& interface, const QString& method,
    const QString& in, const QString& out, const QString& code)
{
    return call(path, mock, u"AddMethod"_s, {interface, method, in, out, code}).isValid();
}

bool MockService::emitSignal(const QString& path, const QString& interface, const QString& signal,
    const QString& signature, const QVariantList& arguments)
{
    return call(path, mock, u"EmitSignal"_s, {interface, signal, signature, arguments}).isValid();
}

bool MockService::update(const QString& path, const QString& interface, const QVariantMap& properties)
{
    return call(path, mock, u"UpdateProperties"_s, {interface, properties}).isValid();
}

int MockService::calls(const QString& path, const QString& method)
{
    const auto list = call(path, mock, u"GetMethodCalls"_s, {method}).value<QDBusArgument>();
    int count = 0;
    list.beginArray();
    while (!list.atEnd()) {
        quint64 when = 0;
        QVariantList arguments;
        list.beginStructure();
        list >> when >> arguments;
        list.endStructure();
        ++count;
    }
    list.endArray();
    return count;
}

} // namespace hatstand::test
