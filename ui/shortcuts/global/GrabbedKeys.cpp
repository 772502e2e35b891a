// SPDX-License-Identifier: MIT
#include "ui/shortcuts/global/GrabbedKeys.h"

#include "core/base/Log.h"

#include <QCoreApplication>
#include <cstdlib>

namespace hatstand::ui {

using Hold = GlobalKeyState::Hold;

GrabbedKeys::GrabbedKeys(xcb_connection_t* connection, QObject* parent)
    : GlobalKeys(parent)
    , m_connection(connection)
    , m_root(xcb_setup_roots_iterator(xcb_get_setup(connection)).data->root)
{
    m_layoutChanged.setSingleShot(true);
    connect(&m_layoutChanged, &QTimer::timeout, this, [this] {
        release(); // by the codes of the layout before
        m_keyboard->look();
        m_lockStates = m_keyboard->lockStates();
        grab();
    });
}

GrabbedKeys::~GrabbedKeys()
{
    release();
    xcb_flush(m_connection);
}

void GrabbedKeys::bind(const QList<GlobalKey>& keys)
{
    if (!m_keyboard) {
        m_keyboard = std::make_unique<XKeyboard>(m_connection);
        m_lockStates = m_keyboard->lockStates();
        qApp->installNativeEventFilter(this);
    }
    release();
    m_keys = keys;
    m_states.clear();
    grab();
}

void GrabbedKeys::setPaused(bool paused)
{
    if (std::exchange(m_paused, paused) == paused || !m_keyboard)
        return;
    release();
    if (paused)
        xcb_flush(m_connection);
    else
        grab();
}

void GrabbedKeys::lookAgain()
{
    if (!m_keyboard || m_paused)
        return;
    release();
    grab();
}

void GrabbedKeys::grab()
{
    if (m_paused)
        return;
    for (const GlobalKey& key : std::as_const(m_keys)) {
        const auto places = m_keyboard->places(key.keys);
        Hold hold = places.isEmpty() ? Hold::NoSuchKey : Hold::Held;
        for (const XKeyboard::Place& place : places) {
            if (grab(place))
                m_held += Held{place, key.id};
            else
                hold = Hold::Taken;
        }
        if (hold != Hold::Held && m_states.value(key.id).hold != hold)
            qCWarning(lcDesktop, "the key for \"%s\" can't be had: %s", qPrintable(key.id),
                hold == Hold::Taken ? "another program holds it" : "this keyboard has none");
        m_states.insert(key.id, {hold});
    }
    Q_EMIT changed();
}

/// All lock states or none: a key that works by turns is worse than one that says it does not.
bool GrabbedKeys::grab(const XKeyboard::Place& place)
{
    QList<xcb_void_cookie_t> asked;
    for (const quint16 locks : std::as_const(m_lockStates)) {
        // Not to our own windows in the usual way (owner_events): the filter knows it by the root window.
        asked += xcb_grab_key_checked(m_connection, 0, m_root, static_cast<quint16>(place.modifiers | locks),
            place.code, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC);
    }
    bool all = true;
    for (const xcb_void_cookie_t cookie : std::as_const(asked)) {
        if (xcb_generic_error_t* error = xcb_request_check(m_connection, cookie)) { // BadAccess: taken
            std::free(error);
            all = false;
        }
    }
    if (!all)
        release(place);
    return all;
}

void GrabbedKeys::release()
{
    for (const Held& held : std::as_const(m_held))
        release(held.place);
    m_held.clear();
}

void GrabbedKeys::release(const XKeyboard::Place& place)
{
    for (const quint16 locks : std::as_const(m_lockStates))
        xcb_ungrab_key(m_connection, place.code, m_root, static_cast<quint16>(place.modifiers | locks));
}

bool GrabbedKeys::nativeEventFilter(const QByteArray& type, void* message, qintptr*)
{
    if (type != "xcb_generic_event_t")
        return false;
    const auto& event = *static_cast<const xcb_generic_event_t*>(message);
    constexpr quint8 kSent = 0x80;
    switch (event.response_type & ~kSent) {
    case XCB_KEY_PRESS:
        return onPress(*static_cast<const xcb_key_press_event_t*>(message));
    case XCB_KEY_RELEASE: {
        const auto& key = *static_cast<const xcb_key_release_event_t*>(message);
        m_releasedCode = key.detail;
        m_releasedAt = key.time;
        return false;
    }
    default:
        if (m_keyboard->isLayoutChange(event))
            m_layoutChanged.start(0);
        return false;
    }
}

bool GrabbedKeys::onPress(const xcb_key_press_event_t& event)
{
    constexpr quint8 kSent = 0x80;
    // What another program sends us by hand is no key press; and those in our own windows are theirs.
    if (event.event != m_root || event.response_type & kSent)
        return false;
    const auto place = XKeyboard::placeOf(event, m_lockStates);
    for (const Held& held : std::as_const(m_held)) {
        if (held.place != place)
            continue;
        // A key that is held down comes as release and press at one time.
        if (event.detail != m_releasedCode || event.time != m_releasedAt)
            Q_EMIT pressed(QString(held.id));
        return true;
    }
    return false;
}

} // namespace hatstand::ui
