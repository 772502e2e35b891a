// SPDX-License-Identifier: MIT
#include "app/dbus/Sessions1.h"

#include "app/cli/Output.h"
#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionFinder.h"

#include <QTimer>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using accounts::AccountDirectory;
using session::SessionId;
using session::SessionManager;

constexpr auto kTimeToDecide = 120s;
constexpr QLatin1StringView kPath("/org/hatstand/Hatstand");

} // namespace

Sessions1::Sessions1(QObject* host, const Services& services, Person& person, const QDBusConnection& bus)
    : QDBusAbstractAdaptor(host)
    , m_services(services)
    , m_person(person)
    , m_bus(bus)
{
    const SessionManager* sessions = &services.sessions;
    connect(sessions, &SessionManager::activeChanged, this, [this](const SessionId& id) {
        invalidate(u"Current"_s);
        invalidate(u"Sessions"_s);
        Q_EMIT CurrentChanged(id.text());
    });
    connect(sessions, &SessionManager::sessionAdded, this, [this](const SessionId& id) {
        invalidate(u"Sessions"_s);
        Q_EMIT SessionAdded(id.text());
    });
    connect(sessions, &SessionManager::sessionRemoved, this, [this](const SessionId& id) {
        invalidate(u"Sessions"_s);
        Q_EMIT SessionRemoved(id.text());
    });
    connect(sessions, &SessionManager::sessionChanged, this, [this](const SessionId& id) {
        invalidate(u"Sessions"_s);
        if (const session::Session* session = m_services.sessions.find(id))
            Q_EMIT SessionChanged(id.text(), toBus(describeSession(m_services, *session)));
    });
    connect(sessions, &SessionManager::orderChanged, this, [this] { invalidate(u"Sessions"_s); });
    const AccountDirectory* accounts = &services.accounts;
    connect(accounts, &AccountDirectory::changed, this, &Sessions1::tellAccount);
    connect(accounts, &AccountDirectory::listsChanged, this, &Sessions1::tellAccount);
}

SessionMaps Sessions1::all() const
{
    SessionMaps maps;
    for (const SessionId& id : m_services.sessions.byRecency()) {
        if (const session::Session* session = m_services.sessions.find(id))
            maps += toBus(describeSession(m_services, *session));
    }
    return maps;
}

QString Sessions1::current() const
{
    return m_services.sessions.active().text();
}

void Sessions1::Switch(const QString& name, const QDBusMessage& message)
{
    if (name.isEmpty())
        return answer(message, m_services.sessions.activateNobody());
    const auto id = session::findSession(m_services.sessions, name);
    answer(message, id ? m_services.sessions.activate(*id) : fail(id.error()));
}

void Sessions1::Rename(const QString& name, const QString& label, const QDBusMessage& message)
{
    const auto id = session::findSession(m_services.sessions, name);
    answer(message, id ? m_services.sessions.rename(*id, label) : fail(id.error()));
}

void Sessions1::Logout(const QString& name, const QDBusMessage& message)
{
    const auto id = session::findSession(m_services.sessions, name);
    if (id)
        askLogout(*id, message);
    else
        answer(message, fail(id.error()));
}

void Sessions1::LogoutAll(const QDBusMessage& message)
{
    askLogout({}, message);
}

void Sessions1::ShowWindow(const QDBusMessage& message)
{
    answer(message, m_person.showWindow() ? Result<void>() : fail(ErrorCode::NoDisplay));
}

void Sessions1::ShowSwitcher(const QDBusMessage& message)
{
    answer(message, m_person.showSwitcher() ? Result<void>() : fail(ErrorCode::NoDisplay));
}

void Sessions1::answer(const QDBusMessage& message, const Result<void>& result)
{
    message.setDelayedReply(true);
    m_bus.send(result ? message.createReply() : errorReply(message, result.error()));
}

void Sessions1::askLogout(const SessionId& id, const QDBusMessage& message)
{
    message.setDelayedReply(true);
    m_person.askLogout(id, kTimeToDecide,
        guarded(this, [this, message](const Result<void>& result) { answer(message, result); }));
}

void Sessions1::tellAccount(const SessionId& id)
{
    invalidate(u"Sessions"_s);
    Q_EMIT AccountChanged(id.text());
}

/// One PropertiesChanged a turn of the event loop, however much changed in it.
void Sessions1::invalidate(const QString& property)
{
    if (m_invalidated.isEmpty())
        QTimer::singleShot(0, this, &Sessions1::tellInvalidated);
    m_invalidated += property;
}

void Sessions1::tellInvalidated()
{
    QDBusMessage signal = QDBusMessage::createSignal(
        QString(kPath), u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
    const QStringList names(m_invalidated.cbegin(), m_invalidated.cend());
    m_invalidated.clear();
    signal.setArguments({u"org.hatstand.Sessions1"_s, QVariantMap(), names});
    m_bus.send(signal);
}

} // namespace hatstand::app
