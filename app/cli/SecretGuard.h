// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace hatstand::app {

/// Whether a private key was given on the command line: nsec1…, ncryptsec1…, PVT_…, WIF anywhere; 64 hex
/// digits after `add` where no public key, chain or account is expected. Other programs and the shell's
/// history have seen it by then.
[[nodiscard]] bool holdsSecret(const QStringList& arguments);

} // namespace hatstand::app
