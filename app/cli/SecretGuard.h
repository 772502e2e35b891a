// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace hatstand::app {

/// Whether a private key was given on the command line: nsec1…, ncryptsec1…, PVT_…, WIF anywhere; 64 hex
/// digits where the command expects no public key, chain, digest or account. Other programs and the shell's
/// history have seen it by then. words: those of the arguments that are no options and no options' values,
/// beginning with the command's own.
[[nodiscard]] bool holdsSecret(const QStringList& arguments, const QStringList& words);

} // namespace hatstand::app
