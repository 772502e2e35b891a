// SPDX-License-Identifier: MIT
#pragma once

#include "app/Profile.h"
#include "app/cli/Request.h"

#include <QStringList>

namespace hatstand::app {

enum class Mode { Window, Switcher, Background, Headless, Command, Run, Open, Help, Version };

/// What was asked for on the command line.
struct Options
{
    Mode mode = Mode::Window;
    Request request; ///< for Mode::Command, Mode::Run and Mode::Open; whether errors are told in JSON for all
    QString help; ///< for Mode::Help
    QString home; ///< --home, else HATSTAND_HOME, else empty
    Relocation relocation = Relocation::Ask;
    int passphraseFd = -1;
    /// HATSTAND_SOCKET, else empty: this runs under `hatstand run`, and whoever listens there is asked
    /// instead of the profile's own.
    QString socket;
};

/// The arguments, without the program's name, as text. Usage where they are not UTF-8: what stands for a
/// character that can't be read would name another file or account.
[[nodiscard]] Result<QStringList> textOf(int argc, const char* const* argv);
/// arguments: without the program's name. Usage or InvalidInput; never repeats an argument that may be a
/// secret.
[[nodiscard]] Result<Options> parseOptions(const QStringList& arguments);

} // namespace hatstand::app
