// SPDX-License-Identifier: MIT
#include "ui/notify/SwitchNotifier.h"

#include "core/base/Log.h"
#include "core/base/Settings.h"
#include "core/session/SessionManager.h"
#include "ui/text/PlainName.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <utility>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kShownMs = 4000;
constexpr uchar kLowUrgency = 0;

/// As the specification's hint wants it: (iiibiiay), RGBA, not premultiplied.
QVariant imageData(const QImage& picture)
{
    const QImage image = picture.convertToFormat(QImage::Format_RGBA8888);
    QDBusArgument data;
    data.beginStructure();
    data << image.width() << image.height() << static_cast<int>(image.bytesPerLine()) << true << 8 << 4
         << QByteArray(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
    data.endStructure();
    return QVariant::fromValue(data);
}

} // namespace

SwitchNotifier::SwitchNotifier(const session::SessionManager& sessions, const Settings& settings,
    const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_settings(settings)
    , m_bus(bus)
{
}

bool SwitchNotifier::isWanted(SwitchOrigin origin) const
{
    const QString when = m_settings.value(u"notify.switch"_s);
    return when == "always"_L1 || (when == "shortcut"_L1 && origin == SwitchOrigin::GlobalShortcut);
}

SwitchNotifier::Text SwitchNotifier::textFor(const session::SessionId& id) const
{
    const session::Session* session = m_sessions.find(id);
    if (!session)
        return {tr("No account is active now"), {}};
    const session::Networks& networks = m_sessions.networks();
    return {tr("Now signing as %1").arg(plainName(m_sessions.nameOf(*session))),
        tr("%1 · %2", "network, the account's short name on it")
            .arg(networks.networkName(id), plainName(networks.shortId(id)))
            .toHtmlEscaped(),
        m_iconOf ? m_iconOf(id) : QImage()};
}

void SwitchNotifier::switched(const session::SessionId& id, SwitchOrigin origin)
{
    if (!isWanted(origin))
        return;
    if (m_asking)
        m_next = textFor(id);
    else
        show(textFor(id));
}

void SwitchNotifier::show(const Text& text)
{
    m_asking = true;
    QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s,
        u"/org/freedesktop/Notifications"_s, u"org.freedesktop.Notifications"_s, u"Notify"_s);
    QVariantMap hints{{u"urgency"_s, QVariant::fromValue(kLowUrgency)}, {u"transient"_s, true},
        {u"desktop-entry"_s, u"org.hatstand.Hatstand"_s}};
    if (!text.icon.isNull())
        hints.insert(u"image-data"_s, imageData(text.icon));
    call << u"Hatstand"_s << m_id << u"org.hatstand.Hatstand"_s << text.summary << text.body << QStringList()
         << hints << kShownMs;
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, &SwitchNotifier::onShown);
}

void SwitchNotifier::onShown(QDBusPendingCallWatcher* call)
{
    const QDBusPendingReply<quint32> reply = *call;
    call->deleteLater();
    m_asking = false;
    if (reply.isValid())
        m_id = reply.value();
    else
        qCInfo(lcDesktop) << "no notification of the switch:" << reply.error().name();
    if (const auto next = std::exchange(m_next, std::nullopt))
        show(*next);
}

} // namespace hatstand::ui
