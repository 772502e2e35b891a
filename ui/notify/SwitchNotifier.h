// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"

#include <QDBusConnection>
#include <QImage>
#include <QObject>
#include <functional>
#include <optional>

class QDBusPendingCallWatcher;

namespace hatstand {
class Settings;
namespace session {
class SessionManager;
}
} // namespace hatstand

namespace hatstand::ui {

/// Where a switch was asked for. By a global shortcut nothing of Hatstand needs to be in sight.
enum class SwitchOrigin { Elsewhere, GlobalShortcut };

/// "Now signing as Gallery" from the desktop (org.freedesktop.Notifications, Desktop Notifications
/// Specification 1.2), as "notify.switch" wants it: always, for a switch by a global shortcut, or never. One
/// notification, which each switch puts another text into; low urgency, not kept. Where nobody shows
/// notifications, nothing happens.
class SwitchNotifier final : public QObject
{
    Q_OBJECT
public:
    SwitchNotifier(const session::SessionManager& sessions, const Settings& settings,
        const QDBusConnection& bus = QDBusConnection::sessionBus(), QObject* parent = nullptr);
    /// What shows beside the text, instead of the program's icon; a null image for none.
    using IconOf = std::function<QImage(const session::SessionId&)>;
    void setIcons(IconOf iconOf) { m_iconOf = std::move(iconOf); }
    /// id: who is active now; empty for nobody.
    void switched(const session::SessionId& id, SwitchOrigin origin);

private:
    struct Text
    {
        QString summary; ///< plain text, as the specification has it
        QString body; ///< markup
        QImage icon = {};
    };
    [[nodiscard]] bool isWanted(SwitchOrigin origin) const;
    [[nodiscard]] Text textFor(const session::SessionId& id) const;
    void show(const Text& text);
    void onShown(QDBusPendingCallWatcher* call);

    const session::SessionManager& m_sessions;
    const Settings& m_settings;
    QDBusConnection m_bus;
    IconOf m_iconOf;
    quint32 m_id = 0; ///< of our notification; 0: none yet
    bool m_asking = false;
    std::optional<Text> m_next; ///< waits for the id that it is to replace
};

} // namespace hatstand::ui
