// SPDX-License-Identifier: MIT
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

namespace hatstand::app {

/// How the process was started, for a program that it starts in its turn.
struct Before
{
    mode_t mask = 022;
    rlimit core{RLIM_INFINITY, RLIM_INFINITY};
    bool pipeIgnored = false;
};

/// First thing in main: no core files (they would hold keys), files that only their owner reads, and
/// libraries that end with the process. That freed memory is wiped is WipingAllocator.cpp's doing, by being
/// linked into the program.
Before harden();
/// Undoes it. Between fork and exec.
void unharden(const Before& before);

/// Overwrites the arguments, so that a key given there by mistake does not stay in /proc/PID/cmdline.
void eraseArguments(int argc, char** argv);

} // namespace hatstand::app
