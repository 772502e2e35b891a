// SPDX-License-Identifier: MIT
#include "ui/tray/StatusNotifierHost.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <utility>

namespace hatstand::ui {
using namespace Qt::Literals::StringLiterals;

namespace {
const QString service = u"org.kde.StatusNotifierWatcher"_s;
const QString path = u"/StatusNotifierWatcher"_s;
const QString interface = u"org.kde.StatusNotifierWatcher"_s;
const QString properties = u"org.freedesktop.DBus.Properties"_s;
constexpr int kPatienceMs = 1000; ///< for a watcher that owns its name and does not answer
} // namespace

StatusNotifierHost::StatusNotifierHost(QObject* parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        QMetaObject::invokeMethod(this, &StatusNotifierHost::tellOnce, Qt::QueuedConnection);
        return;
    }
    auto* owner = new QDBusServiceWatcher(service, bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(owner, &QDBusServiceWatcher::serviceOwnerChanged, this, &StatusNotifierHost::ask);
    // Panels differ in which of these they send, so any of them only leads to the question.
    bus.connect(service, path, interface, u"StatusNotifierHostRegistered"_s, this, SLOT(ask()));
    bus.connect(service, path, interface, u"StatusNotifierHostUnregistered"_s, this, SLOT(ask()));
    bus.connect(service, path, properties, u"PropertiesChanged"_s, this, SLOT(ask()));
    ask();
}

bool StatusNotifierHost::isPossible()
{
    return QDBusConnection::sessionBus().isConnected();
}

void StatusNotifierHost::ask()
{
    QDBusMessage get = QDBusMessage::createMethodCall(service, path, properties, u"Get"_s);
    get.setAutoStartService(false);
    get << interface << u"IsStatusNotifierHostRegistered"_s;
    auto* call = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(get, kPatienceMs), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, question = ++m_question] {
        call->deleteLater();
        if (question != m_question)
            return;
        const QDBusPendingReply<QDBusVariant> reply = *call;
        setPresent(
            reply.isValid() && reply.value().variant().toBool()); // no watcher is an error, and no host
        tellOnce();
    });
}

void StatusNotifierHost::tellOnce()
{
    if (!std::exchange(m_asked, true))
        Q_EMIT asked();
}

void StatusNotifierHost::setPresent(bool present)
{
    if (present == m_present)
        return;
    m_present = present;
    Q_EMIT presentChanged(present);
}

} // namespace hatstand::ui
