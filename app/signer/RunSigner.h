// SPDX-License-Identifier: MIT
#pragma once

namespace hatstand::app {

/// The argument by which the program starts itself as the process that holds keys.
constexpr char kSignerArgument[] = "--signer";
/// Where that finds its end of the socketpair.
constexpr int kSignerDescriptor = 3;

/// To the end of its event loop. The exit code; 2 where it was not started by the program itself.
int runSigner(int& argc, char** argv);

} // namespace hatstand::app
