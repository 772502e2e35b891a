// SPDX-License-Identifier: MIT
#include "app/DesktopShortcuts.h"

#include "core/session/SessionManager.h"
#include "ui/shortcuts/global/GrabbedKeys.h"
#include "ui/shortcuts/global/PortalKeys.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QStandardPaths>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using ui::GlobalAction;

bool isSandboxed()
{
    return QFileInfo::exists(u"/.flatpak-info"_s) || qEnvironmentVariableIsSet("SNAP");
}

/// As one word for a shell.
QString quoted(QString text)
{
    const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || u"/._-+:@"_s.contains(c); };
    if (!text.isEmpty() && std::all_of(text.cbegin(), text.cend(), isPlain))
        return text;
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

std::unique_ptr<ui::GlobalKeys> makeGlobalKeys()
{
    // Under Wayland an X server is there too, but hears only what is typed into its own windows.
    const bool wayland = qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    auto* x = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (x && x->connection() && !wayland && !isSandboxed()) // without a server the interface is there too
        return std::make_unique<ui::GrabbedKeys>(x->connection());
    return std::make_unique<ui::PortalKeys>(u"org.hatstand.Hatstand"_s);
}

QString shellCommand(const QString& home)
{
    QString program = u"hatstand"_s;
    if (const QString flatpak = qEnvironmentVariable("FLATPAK_ID"); !flatpak.isEmpty()) {
        program = "flatpak run "_L1 + flatpak;
    } else {
        // Started from elsewhere than where a shell would find it.
        const QString own = QCoreApplication::applicationFilePath();
        const QString found = QStandardPaths::findExecutable(program);
        if (QFileInfo(found).canonicalFilePath() != QFileInfo(own).canonicalFilePath())
            program = quoted(own);
    }
    return home.isEmpty() ? program : program + " --home "_L1 + quoted(home);
}

DesktopShortcuts::DesktopShortcuts(
    const session::SessionManager& sessions, ui::GlobalShortcuts& shortcuts, QObject* parent)
    : QObject(parent)
    , m_sessions(sessions)
{
    connect(&shortcuts, &ui::GlobalShortcuts::triggered, this, &DesktopShortcuts::onTriggered);
}

void DesktopShortcuts::onTriggered(GlobalAction action, int digit)
{
    switch (action) {
    case GlobalAction::Account:
        if (const auto& sessions = m_sessions.sessions(); digit <= sessions.size())
            switchTo(sessions[digit - 1].id);
        break;
    case GlobalAction::Next:
        switchTo(m_sessions.next());
        break;
    case GlobalAction::Previous:
        switchTo(m_sessions.previous());
        break;
    case GlobalAction::Last:
        switchTo(m_sessions.last());
        break;
    case GlobalAction::Switcher:
        Q_EMIT switcherRequested();
        break;
    case GlobalAction::Add:
        Q_EMIT addRequested();
        break;
    }
}

void DesktopShortcuts::switchTo(const session::SessionId& id)
{
    if (!id.isEmpty() && id != m_sessions.active())
        Q_EMIT switchRequested(id);
}

} // namespace hatstand::app
