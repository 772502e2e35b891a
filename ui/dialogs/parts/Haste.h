// SPDX-License-Identifier: MIT
#pragma once

class QAbstractButton;

namespace hatstand::ui {

/// For a button of a view that comes up in the place of another: what is pressed in its first half second was
/// meant for what stood there, such as the second half of a double click, and is ignored.
void ignoreHaste(QAbstractButton* button);

} // namespace hatstand::ui
