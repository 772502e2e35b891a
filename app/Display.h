// SPDX-License-Identifier: MIT
#pragma once

namespace hatstand::app {

/// Whether there is a display that answers. Qt ends the program where it finds none, so this is asked first.
/// A platform that was named by hand and needs no display is believed.
[[nodiscard]] bool hasDisplay();

} // namespace hatstand::app
