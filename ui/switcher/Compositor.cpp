// SPDX-License-Identifier: MIT
#include "ui/switcher/Compositor.h"

#include <QByteArray>
#include <QGuiApplication>
#include <cstdlib>
#include <memory>
#include <xcb/xcb.h>

namespace hatstand::ui {
namespace {

template <class T>
using Reply = std::unique_ptr<T, decltype(&std::free)>;

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

bool isComposited()
{
    if (QGuiApplication::platformName().startsWith(QLatin1StringView("wayland")))
        return true;
    auto* x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    xcb_connection_t* connection = x11 ? x11->connection() : nullptr;
    if (!connection) // the offscreen platform offers the interface without a connection
        return false;
    const QByteArray name = "_NET_WM_CM_S" + QByteArray::number(defaultScreen());
    const Reply<xcb_intern_atom_reply_t> atom(
        xcb_intern_atom_reply(connection,
            xcb_intern_atom(connection, 1, static_cast<quint16>(name.size()), name.constData()), nullptr),
        &std::free);
    if (!atom || atom->atom == XCB_ATOM_NONE)
        return false;
    const Reply<xcb_get_selection_owner_reply_t> owner(
        xcb_get_selection_owner_reply(connection, xcb_get_selection_owner(connection, atom->atom), nullptr),
        &std::free);
    return owner && owner->owner != XCB_WINDOW_NONE;
}

} // namespace hatstand::ui
