// SPDX-License-Identifier: MIT
#include "app/presence/MutterIdle.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <utility>

namespace hatstand::presence {
using namespace Qt::Literals::StringLiterals;

namespace {

const QString service = u"org.gnome.Mutter.IdleMonitor"_s;
const QString path = u"/org/gnome/Mutter/IdleMonitor/Core"_s;
const QString interface = u"org.gnome.Mutter.IdleMonitor"_s;
constexpr int kPatienceMs = 2000;

QDBusPendingCall ask(const QString& method, const QVariantList& arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    message.setAutoStartService(false);
    return QDBusConnection::sessionBus().asyncCall(message, kPatienceMs);
}

} // namespace

void MutterIdle::start()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (std::exchange(m_started, true) || !bus.isConnected())
        return;
    bus.connect(service, path, interface, u"WatchFired"_s, this, SLOT(onWatchFired(uint)));
    auto* owner = new QDBusServiceWatcher(service, bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(owner, &QDBusServiceWatcher::serviceOwnerChanged, this, [this] {
        forget(); // its watches went with it
        watchIdle();
    });
    watchIdle();
}

void MutterIdle::setLimit(std::chrono::milliseconds limit)
{
    if (limit == m_limit)
        return;
    m_limit = limit;
    for (const uint watch : {m_idleWatch, m_returnWatch}) {
        if (watch)
            ask(u"RemoveWatch"_s, {watch});
    }
    forget();
    watchIdle();
}

void MutterIdle::forget()
{
    ++m_question;
    m_returnWatch = 0;
    if (std::exchange(m_idleWatch, 0))
        Q_EMIT offeredChanged();
}

void MutterIdle::watchIdle()
{
    if (!m_started || m_limit.count() == 0 || !QDBusConnection::sessionBus().isConnected())
        return;
    auto* call = new QDBusPendingCallWatcher(
        ask(u"AddIdleWatch"_s, {QVariant::fromValue<quint64>(m_limit.count())}), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, question = ++m_question] {
        call->deleteLater();
        const QDBusPendingReply<uint> reply = *call;
        if (!reply.isValid())
            return;
        if (question != m_question) {
            ask(u"RemoveWatch"_s, {reply.value()});
            return;
        }
        m_idleWatch = reply.value();
        Q_EMIT offeredChanged();
    });
}

void MutterIdle::watchReturn()
{
    auto* call = new QDBusPendingCallWatcher(ask(u"AddUserActiveWatch"_s, {}), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, question = m_question] {
        call->deleteLater();
        const QDBusPendingReply<uint> reply = *call;
        if (reply.isValid() && question == m_question)
            m_returnWatch = reply.value();
    });
}

void MutterIdle::onWatchFired(uint watch)
{
    if (watch == 0)
        return;
    if (watch == m_idleWatch) {
        Q_EMIT idleChanged(true);
        if (m_idleWatch && !m_returnWatch) // whoever heard it may have taken the limit away
            watchReturn();
    } else if (watch == m_returnWatch) {
        m_returnWatch = 0; // such a watch fires once
        Q_EMIT idleChanged(false);
    }
}

} // namespace hatstand::presence
