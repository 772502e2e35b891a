// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tray/StatusNotifierHost.h"
#include "ui/tray/XEmbedTray.h"

#include <QTimer>
#include <chrono>

namespace hatstand::ui {

/// Says when a tray icon may be made. Qt decides once a process, at the first touch of QSystemTrayIcon,
/// between StatusNotifier and XEmbed, and a wrong choice lasts: so nobody touches it before a host is known.
/// A StatusNotifier host is taken at once; an XEmbed tray only after a time of grace without one, since a
/// panel that is starting brings both, this one first.
class TrayHostWatcher final : public QObject
{
    Q_OBJECT
public:
    enum class Host { None, StatusNotifier, XEmbed };
    Q_ENUM(Host)

    static constexpr std::chrono::milliseconds kGrace = std::chrono::seconds(5);

    explicit TrayHostWatcher(std::chrono::milliseconds grace = kGrace, QObject* parent = nullptr);
    /// The tray that is there now. Never the other kind once one has been there: Qt could not follow.
    [[nodiscard]] Host host() const { return m_host; }

Q_SIGNALS:
    void hostChanged(hatstand::ui::TrayHostWatcher::Host host);
    void looked(); ///< once, after the first hostChanged if there is a StatusNotifier host from the start

private:
    void update();

    StatusNotifierHost m_statusNotifier;
    XEmbedTray m_xembed;
    QTimer m_grace;
    Host m_choice = Host::None;
    Host m_host = Host::None;
};

} // namespace hatstand::ui
