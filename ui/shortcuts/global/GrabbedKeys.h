// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shortcuts/global/GlobalKeys.h"
#include "ui/shortcuts/global/XKeyboard.h"

#include <QAbstractNativeEventFilter>
#include <QHash>
#include <QTimer>

namespace hatstand::ui {

/// X11: keys grabbed on the root window, with and without the lock keys, and again whenever the layout
/// changes. Reads the keyboard when it is first told what to bind, not before.
class GrabbedKeys final : public GlobalKeys, public QAbstractNativeEventFilter
{
    Q_OBJECT
public:
    /// connection: Qt's own, so that its events come through the application's filter.
    explicit GrabbedKeys(xcb_connection_t* connection, QObject* parent = nullptr);
    ~GrabbedKeys() override;

    [[nodiscard]] Way way() const override { return Way::Grabbed; }
    void bind(const QList<GlobalKey>& keys) override;
    void setPaused(bool paused) override;
    void lookAgain() override;
    [[nodiscard]] GlobalKeyState state(const QString& id) const override { return m_states.value(id); }

    bool nativeEventFilter(const QByteArray& type, void* message, qintptr* result) override;

private:
    void grab();
    void release();
    void release(const XKeyboard::Place& place);
    [[nodiscard]] bool grab(const XKeyboard::Place& place);
    [[nodiscard]] bool onPress(const xcb_key_press_event_t& event);

    struct Held
    {
        XKeyboard::Place place;
        QString id;
    };
    xcb_connection_t* m_connection;
    xcb_window_t m_root;
    std::unique_ptr<XKeyboard> m_keyboard;
    QList<quint16> m_lockStates;
    QList<GlobalKey> m_keys;
    QList<Held> m_held;
    QHash<QString, GlobalKeyState> m_states;
    QTimer m_layoutChanged; ///< a change of layout comes as a dozen of events
    bool m_paused = false;
    xcb_keycode_t m_releasedCode = 0; ///< a press of the same key at the same time repeats the one before
    xcb_timestamp_t m_releasedAt = 0;
};

} // namespace hatstand::ui
