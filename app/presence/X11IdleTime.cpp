// SPDX-License-Identifier: MIT
#include "app/presence/X11IdleTime.h"

#include <QtGlobal>
#include <cstdlib>
#include <utility>
#include <xcb/screensaver.h>

namespace hatstand::presence {

void X11IdleTime::Disconnect::operator()(xcb_connection_t* connection) const
{
    xcb_disconnect(connection);
}

std::optional<std::chrono::milliseconds> X11IdleTime::now()
{
    if (!std::exchange(m_tried, true) && qEnvironmentVariableIsSet("DISPLAY")
        && !qEnvironmentVariableIsSet("WAYLAND_DISPLAY")) {
        int number = 0;
        m_connection.reset(xcb_connect(nullptr, &number));
        if (xcb_connection_has_error(m_connection.get())) {
            m_connection.reset();
            return std::nullopt;
        }
        auto screens = xcb_setup_roots_iterator(xcb_get_setup(m_connection.get()));
        for (; number > 0 && screens.rem > 1; --number)
            xcb_screen_next(&screens);
        m_root = screens.data ? screens.data->root : 0;
        const auto* extension = xcb_get_extension_data(m_connection.get(), &xcb_screensaver_id);
        if (!m_root || !extension || !extension->present)
            m_connection.reset();
    }
    if (!m_connection)
        return std::nullopt;
    const auto cookie = xcb_screensaver_query_info(m_connection.get(), m_root);
    const std::unique_ptr<xcb_screensaver_query_info_reply_t, decltype(&std::free)> reply(
        xcb_screensaver_query_info_reply(m_connection.get(), cookie, nullptr), &std::free);
    if (!reply) {
        m_connection.reset(); // the server is gone, and will not be there again for this process
        return std::nullopt;
    }
    return std::chrono::milliseconds(reply->ms_since_user_input);
}

} // namespace hatstand::presence
