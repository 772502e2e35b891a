// SPDX-License-Identifier: MIT
#include "ui/tray/XEmbedTray.h"

#include <QByteArray>
#include <QGuiApplication>
#include <cstdlib>
#include <memory>
#include <xcb/xcb.h>

namespace hatstand::ui {

namespace {

template <class T>
using Reply = std::unique_ptr<T, decltype(&std::free)>;

xcb_atom_t atom(xcb_connection_t* connection, const QByteArray& name)
{
    const auto cookie = xcb_intern_atom(connection, 0, static_cast<quint16>(name.size()), name.constData());
    const Reply<xcb_intern_atom_reply_t> reply(
        xcb_intern_atom_reply(connection, cookie, nullptr), &std::free);
    return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
}

int defaultScreen()
{
    char* host = nullptr;
    int display = 0;
    int screen = 0;
    if (xcb_parse_display(nullptr, &host, &display, &screen))
        std::free(host);
    return screen;
}

} // namespace

XEmbedTray::XEmbedTray(QObject* parent)
    : QObject(parent)
{
    auto* x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!x11 || !x11->connection()) // the offscreen platform offers the interface without a connection
        return;
    m_connection = x11->connection();
    m_selection = atom(m_connection, "_NET_SYSTEM_TRAY_S" + QByteArray::number(defaultScreen()));
    m_manager = atom(m_connection, QByteArrayLiteral("MANAGER"));
    // MANAGER goes to those who listen to the root window's structure; Qt's X11 plugin does.
    qGuiApp->installNativeEventFilter(this);
    ask();
}

XEmbedTray::~XEmbedTray()
{
    if (m_connection && qGuiApp)
        qGuiApp->removeNativeEventFilter(this);
}

bool XEmbedTray::nativeEventFilter(const QByteArray& type, void* message, qintptr* /*result*/)
{
    if (type != "xcb_generic_event_t")
        return false;
    const auto* event = static_cast<const xcb_generic_event_t*>(message);
    const int kind = event->response_type & 0x7f; // the top bit says that it was sent by a client
    if (kind == XCB_CLIENT_MESSAGE) {
        const auto* client = static_cast<const xcb_client_message_event_t*>(message);
        if (client->type == m_manager && client->data.data32[1] == m_selection)
            ask();
    } else if (kind == XCB_DESTROY_NOTIFY) {
        if (static_cast<const xcb_destroy_notify_event_t*>(message)->window == m_owner)
            ask();
    }
    return false;
}

void XEmbedTray::ask()
{
    // The owner may end between the answer and our listening to it, so it counts once it is still the owner
    // afterwards.
    const auto owner = [this] {
        const auto cookie = xcb_get_selection_owner(m_connection, m_selection);
        const Reply<xcb_get_selection_owner_reply_t> reply(
            xcb_get_selection_owner_reply(m_connection, cookie, nullptr), &std::free);
        return reply ? reply->owner : static_cast<xcb_window_t>(XCB_WINDOW_NONE);
    };
    xcb_window_t now = owner();
    if (now != XCB_WINDOW_NONE) {
        const quint32 mask = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
        xcb_change_window_attributes(m_connection, now, XCB_CW_EVENT_MASK, &mask);
        now = owner();
    }
    const bool was = isPresent();
    m_owner = now;
    if (was != isPresent())
        Q_EMIT presentChanged(isPresent());
}

} // namespace hatstand::ui
