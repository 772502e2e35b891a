// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <vector>

namespace hatstand::app {

/// Everything up to the end of input. InvalidInput with TooLarge above limit (have = limit + 1 at least).
[[nodiscard]] Result<SecretBuffer> readAll(int fd, std::size_t limit);
/// The lines of a passphrase descriptor, without line ends. Read to its end, or until nothing more comes for
/// 100 ms after the first line: a writer may keep its end open.
[[nodiscard]] Result<std::vector<SecretBuffer>> readLines(int fd);
/// The one line of text that standard input holds, white space around it dropped; Empty; NotThisForm for
/// several.
[[nodiscard]] Result<SecretBuffer> onlyLine(const SecretBuffer& input);
/// All of it, or false.
[[nodiscard]] bool writeAll(int fd, Bytes data);

} // namespace hatstand::app
