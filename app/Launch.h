// SPDX-License-Identifier: MIT
#pragma once

#include "app/Hardening.h"
#include "app/cli/LocalConsole.h"
#include "app/cli/Options.h"

namespace hatstand::app {

/// What the program can be, each to the end of its event loop. The exit code.

/// One command: in the running instance if there is one, otherwise here, under the lock.
int runOnce(const Options& options, LocalConsole& console, int& argc, char** argv);
/// A program that can ask as one account only, to its end. before: what it is given back (Hardening.h).
int runAs(const Options& options, LocalConsole& console, const Before& before, int& argc, char** argv);
/// Sessions and agent without any window.
int runHeadless(const Options& options, LocalConsole& console, int& argc, char** argv);
/// With tray and window; a second start raises the first's.
int runDesktop(const Options& options, LocalConsole& console, int& argc, char** argv);

} // namespace hatstand::app
