// SPDX-License-Identifier: MIT
#include "ui/shortcuts/global/PortalKeys.h"

#include "ui/shortcuts/global/KeyNames.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>

namespace hatstand::ui {

/// (sa{sv}): a shortcut on its way to the portal and back.
struct PortalShortcut
{
    QString id;
    QVariantMap more;
};

QDBusArgument& operator<<(QDBusArgument& argument, const PortalShortcut& shortcut)
{
    argument.beginStructure();
    argument << shortcut.id << shortcut.more;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, PortalShortcut& shortcut)
{
    argument.beginStructure();
    argument >> shortcut.id >> shortcut.more;
    argument.endStructure();
    return argument;
}

namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Answer = PortalRequest::Answer;
using Hold = GlobalKeyState::Hold;

const QString kPortal = u"org.freedesktop.portal.Desktop"_s;
const QString kPath = u"/org/freedesktop/portal/desktop"_s;
const QString kShortcuts = u"org.freedesktop.portal.GlobalShortcuts"_s;
const QString kSession = u"org.freedesktop.portal.Session"_s;
const QString kRegistry = u"org.freedesktop.host.portal.Registry"_s;

/// For what no person is asked about.
constexpr auto kLimit = 10s;

/// The desktop's words, as one line of plain text.
QString plainLine(const QString& text)
{
    constexpr qsizetype kLongest = 64;
    QString line;
    for (const QChar c : text.simplified()) {
        if (c.isPrint() || c.isSurrogate())
            line += c;
    }
    return line.left(kLongest);
}

} // namespace

PortalKeys::PortalKeys(QString appId, QObject* parent)
    : GlobalKeys(parent)
    , m_appId(std::move(appId))
    , m_bus(QString())
{
    qDBusRegisterMetaType<PortalShortcut>();
    qDBusRegisterMetaType<QList<PortalShortcut>>();
}

PortalKeys::~PortalKeys()
{
    stop();
    if (!m_busName.isEmpty())
        QDBusConnection::disconnectFromBus(m_busName); // the portal takes everything back with it
}

GlobalKeys::Way PortalKeys::way() const
{
    return m_stage == Stage::Asking || m_stage == Stage::Bound ? Way::Portal : Way::None;
}

void PortalKeys::bind(const QList<GlobalKey>& keys)
{
    m_keys = keys;
    stop();
    start();
}

void PortalKeys::lookAgain()
{
    if (m_stage == Stage::Idle)
        start();
}

bool PortalKeys::open()
{
    if (m_busName.isEmpty()) {
        m_busName = portalToken();
        m_bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_busName);
        m_bus.connect(kPortal, kPath, kShortcuts, u"Activated"_s, this,
            SLOT(onActivated(QDBusObjectPath, QString, qulonglong, QVariantMap)));
        m_bus.connect(
            kPortal, kPath, kShortcuts, u"ShortcutsChanged"_s, this, SLOT(onShortcutsChanged(QDBusMessage)));
        m_watcher = new QDBusServiceWatcher(kPortal, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
        connect(m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString&, const QString& before, const QString& now) {
                if (!before.isEmpty()) { // with all that it knew of us
                    m_session.clear();
                    stop();
                }
                if (!now.isEmpty() && m_stage == Stage::Idle) // otherwise it is our call that started it
                    start();
            });
    }
    return m_bus.isConnected();
}

void PortalKeys::start()
{
    if (m_keys.isEmpty() || !open())
        return setStage(Stage::Idle);
    registerUs();
}

void PortalKeys::stop()
{
    m_request.reset();
    m_states.clear();
    if (!m_session.isEmpty()) {
        m_bus.disconnect(kPortal, m_session, kSession, u"Closed"_s, this, SLOT(onClosed()));
        m_bus.send(QDBusMessage::createMethodCall(kPortal, m_session, kSession, u"Close"_s));
        m_session.clear();
    }
    setStage(Stage::Idle);
}

/// So that the desktop knows whose keys these are. Portals before 1.20 have no such interface, and a sandbox
/// says it by itself: whatever the answer, it goes on.
void PortalKeys::registerUs()
{
    setStage(Stage::Registering);
    QDBusMessage call = QDBusMessage::createMethodCall(kPortal, kPath, kRegistry, u"Register"_s);
    call << m_appId << QVariantMap();
    auto* watcher
        = new QDBusPendingCallWatcher(m_bus.asyncCall(call, std::chrono::milliseconds(kLimit).count()), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        if (m_stage == Stage::Registering)
            createSession();
    });
}

void PortalKeys::createSession()
{
    setStage(Stage::Creating);
    m_request.reset(new PortalRequest(
        m_bus, kLimit, [this](Answer answer, const QVariantMap& results) { onCreated(answer, results); }));
    QVariantMap options = m_request->options();
    options.insert(u"session_handle_token"_s, portalToken());
    QDBusMessage call = QDBusMessage::createMethodCall(kPortal, kPath, kShortcuts, u"CreateSession"_s);
    call << options;
    m_request->send(call);
}

void PortalKeys::onCreated(Answer answer, const QVariantMap& results)
{
    m_request.reset();
    const QVariant handle = results.value(u"session_handle"_s); // a string, though it is a path
    const QString path = handle.canConvert<QDBusObjectPath>() && handle.typeId() != QMetaType::QString
        ? handle.value<QDBusObjectPath>().path()
        : handle.toString();
    if (answer != Answer::Done || !path.startsWith(kPath))
        return setStage(Stage::Idle);
    m_session = path;
    m_bus.connect(kPortal, m_session, kSession, u"Closed"_s, this, SLOT(onClosed()));
    askForKeys();
}

void PortalKeys::askForKeys()
{
    setStage(Stage::Asking);
    QList<PortalShortcut> shortcuts;
    for (const GlobalKey& key : std::as_const(m_keys)) {
        QVariantMap more{{u"description"_s, key.title}};
        if (const QString trigger = portalTrigger(key.keys); !trigger.isEmpty())
            more.insert(u"preferred_trigger"_s, trigger);
        shortcuts += PortalShortcut{key.id, more};
    }
    m_request.reset(new PortalRequest(
        m_bus, 0ms, [this](Answer answer, const QVariantMap& results) { onAnswered(answer, results); }));
    QDBusMessage call = QDBusMessage::createMethodCall(kPortal, kPath, kShortcuts, u"BindShortcuts"_s);
    call << QVariant::fromValue(QDBusObjectPath(m_session)) << QVariant::fromValue(shortcuts) << QString()
         << m_request->options();
    m_request->send(call);
}

void PortalKeys::onAnswered(Answer answer, const QVariantMap& results)
{
    m_request.reset();
    if (answer != Answer::Done) {
        stop();
        if (answer == Answer::Cancelled)
            Q_EMIT declined();
        return;
    }
    learn(results.value(u"shortcuts"_s));
    setStage(Stage::Bound);
}

/// shortcuts: a(sa{sv}), all that are bound now.
void PortalKeys::learn(const QVariant& shortcuts)
{
    for (const GlobalKey& key : std::as_const(m_keys))
        m_states.insert(key.id, {Hold::Refused});
    for (const auto& each : qdbus_cast<QList<PortalShortcut>>(shortcuts)) {
        if (m_states.contains(each.id))
            m_states.insert(
                each.id, {Hold::Held, plainLine(each.more.value(u"trigger_description"_s).toString())});
    }
}

void PortalKeys::onActivated(
    const QDBusObjectPath& session, const QString& id, qulonglong, const QVariantMap&)
{
    const bool ours
        = std::any_of(m_keys.cbegin(), m_keys.cend(), [&id](const GlobalKey& key) { return key.id == id; });
    if (m_stage == Stage::Bound && session.path() == m_session && ours)
        Q_EMIT pressed(id);
}

void PortalKeys::onShortcutsChanged(const QDBusMessage& message)
{
    const QVariantList arguments = message.arguments();
    if (m_stage != Stage::Bound || arguments.size() < 2
        || arguments[0].value<QDBusObjectPath>().path() != m_session)
        return;
    learn(arguments[1]);
    Q_EMIT changed();
}

/// The desktop has taken the keys back.
void PortalKeys::onClosed()
{
    m_session.clear();
    stop();
}

void PortalKeys::setStage(Stage stage)
{
    if (m_stage == stage)
        return;
    m_stage = stage;
    Q_EMIT changed();
}

} // namespace hatstand::ui
