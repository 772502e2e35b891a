// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Console.h"

namespace hatstand::app {

/// Prints an error as `hatstand: <what> (<why>)` on standard error, with json also as an object on standard
/// output. The exit code; 0 where there is no error.
int report(const Result<void>& result, bool json, Console& console);

} // namespace hatstand::app
