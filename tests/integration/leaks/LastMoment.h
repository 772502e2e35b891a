// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/Program.h"

#include <functional>
#include <sys/types.h>

namespace hatstand::test {

/// Runs a command like Program::run and runOnTerminal together, and stops it in its last moment, when
/// everything of its own has been given back: look is then called with its id.
/// No dialogue: no terminal. passphrases: to descriptor 3, whose option is added.
[[nodiscard]] Outcome runToItsLastMoment(const Program& program, const QStringList& arguments,
    const QByteArray& input, const QByteArray& passphrases, const QList<Program::Typed>& dialogue,
    const std::function<void(pid_t)>& look);

} // namespace hatstand::test
