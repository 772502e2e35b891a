// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <optional>

struct xcb_connection_t;

namespace hatstand::presence {

/// Time since the last key or pointer input, as the X server has it (MIT-SCREEN-SAVER extension). Over a
/// connection of its own, made when first asked.
class X11IdleTime
{
public:
    /// Nothing without an X server that knows. Under Wayland never: an Xwayland sees only its own windows.
    [[nodiscard]] std::optional<std::chrono::milliseconds> now();

private:
    struct Disconnect
    {
        void operator()(xcb_connection_t* connection) const;
    };
    std::unique_ptr<xcb_connection_t, Disconnect> m_connection;
    unsigned m_root = 0;
    bool m_tried = false;
};

} // namespace hatstand::presence
