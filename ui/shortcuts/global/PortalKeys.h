// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shortcuts/global/GlobalKeys.h"
#include "ui/shortcuts/global/PortalRequest.h"

#include <QDBusObjectPath>
#include <QHash>

class QDBusServiceWatcher;

namespace hatstand::ui {

/// Wayland and sandboxes: the desktop gives out keys (org.freedesktop.portal.GlobalShortcuts, version 1) and
/// has the last word on which. Where that portal is absent there are none; one that comes, or comes back,
/// later is asked again.
class PortalKeys final : public GlobalKeys
{
    Q_OBJECT
public:
    /// appId: as the desktop file is called. The bus is the session's, over a connection of its own that is
    /// opened when something is first bound: the portal wants to be told who we are before anything else.
    explicit PortalKeys(QString appId, QObject* parent = nullptr);
    ~PortalKeys() override;

    [[nodiscard]] Way way() const override;
    void bind(const QList<GlobalKey>& keys) override;
    void lookAgain() override;
    [[nodiscard]] GlobalKeyState state(const QString& id) const override { return m_states.value(id); }

private Q_SLOTS:
    void onActivated(const QDBusObjectPath& session, const QString& id, qulonglong time, const QVariantMap&);
    void onShortcutsChanged(const QDBusMessage& message);
    void onClosed();

private:
    enum class Stage { Idle, Registering, Creating, Asking, Bound };
    [[nodiscard]] bool open();
    void start();
    void stop();
    void registerUs();
    void createSession();
    void askForKeys();
    void onCreated(PortalRequest::Answer answer, const QVariantMap& results);
    void onAnswered(PortalRequest::Answer answer, const QVariantMap& results);
    void learn(const QVariant& shortcuts);
    void setStage(Stage stage);

    QString m_appId;
    QString m_busName; ///< of our connection; empty: not opened yet
    QDBusConnection m_bus;
    QDBusServiceWatcher* m_watcher = nullptr;
    QList<GlobalKey> m_keys;
    QHash<QString, GlobalKeyState> m_states;
    PortalRequest::Pointer m_request;
    QString m_session; ///< its object path
    Stage m_stage = Stage::Idle;
};

} // namespace hatstand::ui
