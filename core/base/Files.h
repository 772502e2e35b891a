// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hatstand {

[[nodiscard]] bool makeFolderOf(const QString& file);
/// A rename is on disk once its folder is.
[[nodiscard]] bool syncFolderOf(const QString& file);

} // namespace hatstand
