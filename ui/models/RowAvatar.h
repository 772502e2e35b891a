// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Avatar.h"

class QModelIndex;

namespace hatstand::ui {

/// Of a row of the SessionModel, or of a proxy: the same avatar in every view, pale while the account can't
/// be used.
[[nodiscard]] AvatarSpec avatarOf(const QModelIndex& row);

} // namespace hatstand::ui
