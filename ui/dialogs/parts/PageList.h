// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QListWidget;

namespace hatstand::ui {

/// The list of pages at the left of a dialog, 184 wide, rows 36; the current page's icon and text stand out.
[[nodiscard]] QListWidget* makePageList(const QString& accessibleName);
/// page is what the item's Qt::UserRole says.
void addPageItem(QListWidget* list, const QString& icon, const QString& title, int page);

} // namespace hatstand::ui
