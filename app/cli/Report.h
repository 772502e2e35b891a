// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/LocalConsole.h"

namespace hatstand::app {

/// Prints an error as `hatstand: <what> (<why>)` on standard error, with json also as an object on standard
/// output. The exit code; 0 where there is no error.
int report(const Result<void>& result, bool json, Console& console);
/// The exit code of a command that ended with code, which can't be 0 where its output could not be written.
int reportOutput(int code, LocalConsole& console);

} // namespace hatstand::app
