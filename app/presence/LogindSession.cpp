// SPDX-License-Identifier: MIT
#include "app/presence/LogindSession.h"

#include "app/presence/DeskWatcher.h"
#include "core/base/Log.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <unistd.h>
#include <utility>

namespace hatstand::presence {
using namespace Qt::Literals::StringLiterals;

namespace {

const QString service = u"org.freedesktop.login1"_s;
const QString managerPath = u"/org/freedesktop/login1"_s;
const QString manager = u"org.freedesktop.login1.Manager"_s;
const QString session = u"org.freedesktop.login1.Session"_s;
const QString user = u"org.freedesktop.login1.User"_s;
const QString properties = u"org.freedesktop.DBus.Properties"_s;
constexpr int kPatienceMs = 5000;

QDBusConnection bus()
{
    return QDBusConnection::systemBus();
}

QDBusObjectPath pathIn(const QDBusMessage& answer)
{
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments().value(0).value<QDBusObjectPath>()
                                                       : QDBusObjectPath();
}

} // namespace

LogindSession::LogindSession(QObject* parent)
    : QObject(parent)
{
    m_mostDelay.setSingleShot(true);
    m_mostDelay.setInterval(DeskWatcher::kMostDelay);
    connect(&m_mostDelay, &QTimer::timeout, this, &LogindSession::release);
}

void LogindSession::start()
{
    if (std::exchange(m_started, true) || !bus().isConnected())
        return;
    bus().connect(service, managerPath, manager, u"PrepareForSleep"_s, this, SLOT(onPrepareForSleep(bool)));
    auto* owner = new QDBusServiceWatcher(service, bus(), QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(owner, &QDBusServiceWatcher::serviceOwnerChanged, this,
        [this](const QString&, const QString&, const QString& now) {
            m_inhibitor = {};
            m_asking = false;
            if (now.isEmpty())
                return;
            find();
            inhibit();
        });
    find();
    inhibit();
}

void LogindSession::call(const QString& path, const QString& interface, const QString& method,
    const QVariantList& arguments, Answer answered)
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    message.setAutoStartService(false);
    auto* watcher = new QDBusPendingCallWatcher(bus().asyncCall(message, kPatienceMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, answered = std::move(answered)] {
        watcher->deleteLater();
        answered(watcher->reply());
    });
}

void LogindSession::find()
{
    const QString id = qEnvironmentVariable("XDG_SESSION_ID");
    if (id.isEmpty())
        return findByProcess();
    call(managerPath, manager, u"GetSession"_s, {id}, [this](const QDBusMessage& answer) {
        const QDBusObjectPath path = pathIn(answer);
        path.path().isEmpty() ? findByProcess() : follow(path);
    });
}

void LogindSession::findByProcess()
{
    const auto pid = static_cast<quint32>(QCoreApplication::applicationPid());
    call(managerPath, manager, u"GetSessionByPID"_s, {pid}, [this](const QDBusMessage& answer) {
        const QDBusObjectPath path = pathIn(answer);
        path.path().isEmpty() ? findByUser() : follow(path);
    });
}

// What the user's service manager starts belongs to no session: then it is the one with the user's display.
void LogindSession::findByUser()
{
    const auto uid = static_cast<quint32>(::getuid());
    call(managerPath, manager, u"GetUser"_s, {uid}, [this](const QDBusMessage& answer) {
        const QDBusObjectPath path = pathIn(answer);
        if (path.path().isEmpty()) {
            qCDebug(lcDesktop) << "logind knows no session of ours:" << answer.errorMessage();
            return;
        }
        call(path.path(), properties, u"Get"_s, {user, u"Display"_s}, [this](const QDBusMessage& display) {
            const QVariant value = display.arguments().value(0).value<QDBusVariant>().variant();
            QString id;
            QDBusObjectPath found;
            if (!value.canConvert<QDBusArgument>())
                return;
            const auto from = value.value<QDBusArgument>();
            if (from.currentSignature() != "(so)"_L1)
                return;
            from.beginStructure();
            from >> id >> found;
            from.endStructure();
            if (!id.isEmpty())
                follow(found);
        });
    });
}

void LogindSession::follow(const QDBusObjectPath& path)
{
    if (m_path != path.path()) {
        const auto on = [this](const QString& interface, const QString& member, const char* slot) {
            if (!m_path.isEmpty())
                bus().disconnect(service, m_path, interface, member, this, slot);
        };
        on(session, u"Lock"_s, SLOT(onLock()));
        on(session, u"Unlock"_s, SLOT(onUnlock()));
        on(properties, u"PropertiesChanged"_s, SLOT(onProperties(QString, QVariantMap, QStringList)));
        m_path = path.path();
        bus().connect(service, m_path, session, u"Lock"_s, this, SLOT(onLock()));
        bus().connect(service, m_path, session, u"Unlock"_s, this, SLOT(onUnlock()));
        bus().connect(service, m_path, properties, u"PropertiesChanged"_s, this,
            SLOT(onProperties(QString, QVariantMap, QStringList)));
    }
    m_known.clear();
    read();
}

void LogindSession::read()
{
    call(m_path, properties, u"GetAll"_s, {session}, [this](const QDBusMessage& answer) {
        if (answer.type() == QDBusMessage::ReplyMessage)
            take(qdbus_cast<QVariantMap>(answer.arguments().value(0)), m_known.isEmpty());
    });
}

void LogindSession::onProperties(
    const QString& interface, const QVariantMap& changed, const QStringList& invalidated)
{
    if (interface != session)
        return;
    take(changed, false);
    if (!invalidated.isEmpty())
        read();
}

/// first: how things are at the start, which nobody left by.
void LogindSession::take(const QVariantMap& now, bool first)
{
    const auto changed = [&](const QString& name) {
        if (!now.contains(name) || m_known.value(name) == now.value(name))
            return false;
        m_known.insert(name, now.value(name));
        return !first;
    };
    if (now.contains(u"IdleSinceHint"_s))
        m_known.insert(u"IdleSinceHint"_s, now.value(u"IdleSinceHint"_s));
    if (changed(u"LockedHint"_s))
        Q_EMIT lockedChanged(m_known.value(u"LockedHint"_s).toBool());
    if (changed(u"Active"_s))
        Q_EMIT inFrontChanged(m_known.value(u"Active"_s).toBool());
    if (changed(u"IdleHint"_s)) {
        const auto since = static_cast<qint64>(m_known.value(u"IdleSinceHint"_s).toULongLong() / 1000);
        Q_EMIT idleHintChanged(
            m_known.value(u"IdleHint"_s).toBool(), QDateTime::fromMSecsSinceEpoch(since, Qt::UTC));
    }
}

void LogindSession::onLock()
{
    Q_EMIT lockedChanged(true);
}

void LogindSession::onUnlock()
{
    Q_EMIT lockedChanged(false);
}

void LogindSession::onPrepareForSleep(bool start)
{
    if (start) {
        m_mostDelay.start();
        Q_EMIT sleepChanged(true);
        return;
    }
    m_mostDelay.stop();
    inhibit(); // for the next time
    Q_EMIT sleepChanged(false);
}

void LogindSession::setDelaying(bool delaying)
{
    m_delaying = delaying;
    if (delaying)
        inhibit();
    else
        release();
}

void LogindSession::inhibit()
{
    // Not while it is about to sleep: what is wanted now is wanted for the next time.
    if (!m_started || !m_delaying || m_asking || m_inhibitor.isValid() || m_mostDelay.isActive()
        || !bus().isConnected())
        return;
    m_asking = true;
    const QString why = tr("Hatstand locks before the computer sleeps");
    call(managerPath, manager, u"Inhibit"_s, {u"sleep"_s, u"Hatstand"_s, why, u"delay"_s},
        [this](const QDBusMessage& answer) {
            m_asking = false;
            if (answer.type() != QDBusMessage::ReplyMessage) {
                qCDebug(lcDesktop) << "sleep can't be delayed:" << answer.errorMessage();
                return;
            }
            if (m_delaying)
                m_inhibitor = answer.arguments().value(0).value<QDBusUnixFileDescriptor>();
        });
}

void LogindSession::release()
{
    m_inhibitor = {}; // the last copy closes the descriptor
}

} // namespace hatstand::presence
