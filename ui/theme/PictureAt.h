// SPDX-License-Identifier: MIT
#pragma once

#include <QPixmap>
#include <functional>

namespace hatstand::ui {

/// A picture at a size of its own: square, that many pixels of the device; null for none (yet). Asked while
/// painting, so that what nobody sees is neither fetched nor kept.
using PictureAt = std::function<QPixmap(int devicePixels)>;

} // namespace hatstand::ui
