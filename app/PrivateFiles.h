// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QString>

namespace hatstand::app {

/// What is looked at in a profile's places at every start. What others could read or enter is closed to them,
/// with a line in the log; Failed (detail: a sentence) for what belongs to another user, or is a symbolic
/// link, or is a file where a folder has to be or the other way round: that is not mended, since somebody put
/// it there.

/// Makes the folder, 0700, with those above it as they come; or looks at the one there is. Disk.
[[nodiscard]] Result<void> makePrivateFolder(const QString& folder);
/// The files, sockets and folders directly in it: the files 0600, the folders 0700.
[[nodiscard]] Result<void> checkPrivateContent(const QString& folder);
/// One file, which need not be there.
[[nodiscard]] Result<void> checkPrivateFile(const QString& file);

} // namespace hatstand::app
