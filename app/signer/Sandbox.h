// SPDX-License-Identifier: MIT
#pragma once

namespace hatstand::app {

/// What the process that holds keys gives up, for good and before it has one.

/// No core file, no debugger or reader of the same user (PR_SET_DUMPABLE), no privileges by exec, and the end
/// of this process with its parent's. False where the system refuses.
[[nodiscard]] bool giveUpPrivileges();
/// Closes all descriptors but the standard streams and keep.
void closeOthers(int keep);
/// From now on: no other program, no sockets but local ones, no reading of other processes, no file opened
/// for writing, made, moved or deleted (seccomp). False where the system has none of it.
[[nodiscard]] bool enterSandbox();
/// Keeps all memory out of swap, where the limit allows that (RLIMIT_MEMLOCK without end); buffers of secrets
/// are locked one by one in any case.
void lockMemory();

} // namespace hatstand::app
