// SPDX-License-Identifier: MIT
#pragma once

namespace hatstand::app {

/// First thing in main: no core files (they would hold keys), and files that only their owner reads.
/// That freed memory is wiped is WipingAllocator.cpp's doing, by being linked into the program.
void harden();

/// Overwrites the arguments, so that a key given there by mistake does not stay in /proc/PID/cmdline.
void eraseArguments(int argc, char** argv);

} // namespace hatstand::app
