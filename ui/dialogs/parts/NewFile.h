// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"
#include "core/base/Result.h"

namespace hatstand::ui {

/// Writes a file that did not exist before, mode 0600 from its first byte, on the disk when it returns.
/// InvalidInput where there is one of this name already: it is never replaced. Disk otherwise; nothing is
/// left behind then.
[[nodiscard]] Result<void> writeNewFile(const QString& path, Bytes content);

} // namespace hatstand::ui
