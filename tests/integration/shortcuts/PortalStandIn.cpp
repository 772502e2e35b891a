// SPDX-License-Identifier: MIT
#include "tests/integration/shortcuts/PortalStandIn.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QFile>
#include <QTest>

namespace hatstand::test {

using namespace Qt::Literals::StringLiterals;

struct WireShortcut
{
    QString id;
    QVariantMap more;
};

QDBusArgument& operator<<(QDBusArgument& argument, const WireShortcut& shortcut)
{
    argument.beginStructure();
    argument << shortcut.id << shortcut.more;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, WireShortcut& shortcut)
{
    argument.beginStructure();
    argument >> shortcut.id >> shortcut.more;
    argument.endStructure();
    return argument;
}

namespace {

const QString kPath = u"/org/freedesktop/portal/desktop"_s;
const QString kBackend = u"org.freedesktop.impl.portal.desktop.stand"_s;
const QString kImpl = u"org.freedesktop.impl.portal.GlobalShortcuts"_s;
const QString kProperties = u"org.freedesktop.DBus.Properties"_s;
const QString kPortal = u"org.freedesktop.portal.Desktop"_s;

Wanted wantedOf(const QVariant& shortcuts)
{
    Wanted wanted;
    for (const auto& each : qdbus_cast<QList<WireShortcut>>(shortcuts))
        wanted.insert(each.id, each.more);
    return wanted;
}

QDBusConnection connection(const QString& name, const QString& service)
{
    qDBusRegisterMetaType<WireShortcut>();
    qDBusRegisterMetaType<QList<WireShortcut>>();
    QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
    if (!bus.isConnected() || !bus.registerService(service))
        qFatal("%s can't be had", qPrintable(service));
    return bus;
}

} // namespace

PortalBackend::PortalBackend()
    : m_bus(connection(u"backend"_s, kBackend))
{
    m_bus.registerVirtualObject(kPath, this, QDBusConnection::SubPath);
}

PortalBackend::~PortalBackend()
{
    QDBusConnection::disconnectFromBus(u"backend"_s);
}

bool PortalBackend::handleMessage(const QDBusMessage& message, const QDBusConnection& bus)
{
    const QVariantList arguments = message.arguments();
    if (message.interface() == kProperties) {
        const QVariant version = 1U;
        if (message.member() == "GetAll"_L1)
            return bus.send(message.createReply(QVariantMap{{u"version"_s, version}}));
        return bus.send(message.createReply(QVariant::fromValue(QDBusVariant(version))));
    }
    if (message.member() == "CreateSession"_L1) {
        session = arguments[1].value<QDBusObjectPath>().path();
        return bus.send(message.createReply({0U, QVariantMap()}));
    }
    if (message.member() == "BindShortcuts"_L1) {
        ++asked;
        wanted = wantedOf(arguments[2]);
        QList<WireShortcut> given;
        for (auto it = wanted.cbegin(); it != wanted.cend(); ++it) {
            if (withheld.contains(it.key()))
                continue;
            given += WireShortcut{it.key(),
                {{u"description"_s, it->value(u"description"_s)},
                    {u"trigger_description"_s, trigger.arg(it->value(u"preferred_trigger"_s).toString())}}};
        }
        QVariantMap results;
        if (response == 0)
            results.insert(u"shortcuts"_s, QVariant::fromValue(given));
        return bus.send(message.createReply({response, results}));
    }
    if (message.interface() == "org.freedesktop.impl.portal.Session"_L1 && message.member() == "Close"_L1) {
        if (message.path() == session)
            session.clear();
        return bus.send(message.createReply());
    }
    return false;
}

void PortalBackend::activate(const QString& id)
{
    QDBusMessage signal = QDBusMessage::createSignal(kPath, kImpl, u"Activated"_s);
    signal << QVariant::fromValue(QDBusObjectPath(session)) << id << qulonglong(1) << QVariantMap();
    m_bus.send(signal);
}

void PortalBackend::closeSession()
{
    m_bus.send(QDBusMessage::createSignal(session, u"org.freedesktop.impl.portal.Session"_s, u"Closed"_s));
}

Portal::Portal()
{
    QFile file(m_dir.filePath(u"stand.portal"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no portal file");
    file.write("[portal]\nDBusName=" + kBackend.toLatin1() + "\nInterfaces=" + kImpl.toLatin1()
        + ";\nUseIn=stand;\n");
}

Portal::~Portal()
{
    stop();
}

void Portal::start()
{
    const QString program = u"/usr/libexec/xdg-desktop-portal"_s;
    if (!QFile::exists(program))
        qFatal("xdg-desktop-portal is missing (Debian package xdg-desktop-portal)");
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CURRENT_DESKTOP"_s, u"stand"_s);
    environment.insert(u"XDG_DESKTOP_PORTAL_DIR"_s, m_dir.path());
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, {u"--replace"_s});
    const auto there
        = [] { return QDBusConnection::sessionBus().interface()->isServiceRegistered(kPortal).value(); };
    if (!QTest::qWaitFor(there, 20'000))
        qFatal("xdg-desktop-portal did not start");
}

void Portal::stop()
{
    m_process.terminate();
    if (m_process.state() != QProcess::NotRunning
        && !QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }))
        m_process.kill();
    m_process.waitForFinished();
}

NewPortal::NewPortal()
    : m_bus(connection(u"new portal"_s, kPortal))
{
    m_bus.registerVirtualObject(kPath, this, QDBusConnection::SubPath);
}

NewPortal::~NewPortal()
{
    QDBusConnection::disconnectFromBus(u"new portal"_s);
}

bool NewPortal::handleMessage(const QDBusMessage& message, const QDBusConnection& bus)
{
    calls += message.member();
    const QVariantList arguments = message.arguments();
    if (message.interface() == "org.freedesktop.host.portal.Registry"_L1) {
        appId = arguments[0].toString();
        return bus.send(message.createReply());
    }
    if (message.member() == "CreateSession"_L1) {
        const auto options = qdbus_cast<QVariantMap>(arguments[0]);
        m_session = kPath + "/session/s/"_L1 + options.value(u"session_handle_token"_s).toString();
        respond(message, options, {{u"session_handle"_s, m_session}});
        return true;
    }
    if (message.member() == "BindShortcuts"_L1) {
        respond(message, qdbus_cast<QVariantMap>(arguments[3]), {{u"shortcuts"_s, arguments[1]}});
        return true;
    }
    return bus.send(message.createReply());
}

void NewPortal::respond(const QDBusMessage& message, const QVariantMap& options, const QVariantMap& results)
{
    const QString path = kPath + "/request/"_L1 + message.service().mid(1).replace(u'.', u'_') + u'/'
        + options.value(u"handle_token"_s).toString();
    // The answer before the call's own reply: a program that subscribes only then would miss it.
    QDBusMessage response
        = QDBusMessage::createSignal(path, u"org.freedesktop.portal.Request"_s, u"Response"_s);
    response << 0U << results;
    m_bus.send(response);
    m_bus.send(message.createReply(QVariant::fromValue(QDBusObjectPath(path))));
}

void NewPortal::activate(const QString& id)
{
    QDBusMessage signal
        = QDBusMessage::createSignal(kPath, u"org.freedesktop.portal.GlobalShortcuts"_s, u"Activated"_s);
    signal << QVariant::fromValue(QDBusObjectPath(m_session)) << id << qulonglong(1) << QVariantMap();
    m_bus.send(signal);
}

} // namespace hatstand::test
