// SPDX-License-Identifier: MIT
#pragma once

namespace hatstand::ui {

/// Whether what a window leaves transparent shows what is behind it: always on Wayland; on X11 while the
/// selection _NET_WM_CM_Sn has an owner (freedesktop.org, Extended Window Manager Hints). Elsewhere: no.
[[nodiscard]] bool isComposited();

} // namespace hatstand::ui
