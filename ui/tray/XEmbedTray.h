// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractNativeEventFilter>
#include <QObject>

struct xcb_connection_t;

namespace hatstand::ui {

/// Whether a tray of the older kind is there: the X selection _NET_SYSTEM_TRAY_Sn (n the screen) has an owner
/// (freedesktop.org, System Tray Protocol). Told by the MANAGER message and the owner window's end, never
/// polled. Not on X11: never.
class XEmbedTray final : public QObject, public QAbstractNativeEventFilter
{
    Q_OBJECT
public:
    explicit XEmbedTray(QObject* parent = nullptr);
    ~XEmbedTray() override;
    [[nodiscard]] bool isPresent() const { return m_owner != 0; }

    bool nativeEventFilter(const QByteArray& type, void* message, qintptr* result) override;

Q_SIGNALS:
    void presentChanged(bool present);

private:
    void ask();

    xcb_connection_t* m_connection = nullptr;
    quint32 m_selection = 0; ///< atoms
    quint32 m_manager = 0;
    quint32 m_owner = 0; ///< window; 0 = none
};

} // namespace hatstand::ui
