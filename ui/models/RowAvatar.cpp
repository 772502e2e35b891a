// SPDX-License-Identifier: MIT
#include "ui/models/RowAvatar.h"

#include "ui/models/SessionModel.h"

namespace hatstand::ui {

AvatarSpec avatarOf(const QModelIndex& row)
{
    AvatarSpec spec = avatarSpec(
        row.data(SessionModel::IdRole).toString(), row.data(SessionModel::NetworkNameRole).toString());
    spec.picture = row.data(SessionModel::PictureRole).value<PictureAt>();
    spec.faded = !SessionModel::isUsable(row);
    return spec;
}

} // namespace hatstand::ui
