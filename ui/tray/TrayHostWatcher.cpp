// SPDX-License-Identifier: MIT
#include "ui/tray/TrayHostWatcher.h"

namespace hatstand::ui {

TrayHostWatcher::TrayHostWatcher(std::chrono::milliseconds grace, QObject* parent)
    : QObject(parent)
{
    m_grace.setSingleShot(true);
    m_grace.setInterval(StatusNotifierHost::isPossible() ? grace : std::chrono::milliseconds(0));
    connect(&m_grace, &QTimer::timeout, this, &TrayHostWatcher::update);
    connect(&m_statusNotifier, &StatusNotifierHost::presentChanged, this, &TrayHostWatcher::update);
    connect(&m_statusNotifier, &StatusNotifierHost::asked, this, &TrayHostWatcher::looked);
    connect(&m_xembed, &XEmbedTray::presentChanged, this, [this](bool present) {
        if (present && m_choice == Host::None && !m_grace.isActive())
            m_grace.start();
        update();
    });
    m_grace.start();
}

void TrayHostWatcher::update()
{
    if (m_choice == Host::None) {
        if (m_statusNotifier.isPresent())
            m_choice = Host::StatusNotifier;
        else if (m_xembed.isPresent() && !m_grace.isActive())
            m_choice = Host::XEmbed;
    }
    const bool present
        = m_choice == Host::StatusNotifier ? m_statusNotifier.isPresent() : m_xembed.isPresent();
    const Host host = present ? m_choice : Host::None;
    if (host == m_host)
        return;
    m_host = host;
    Q_EMIT hostChanged(host);
}

} // namespace hatstand::ui
