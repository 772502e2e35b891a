// SPDX-License-Identifier: MIT
#pragma once

#include <QListView>

namespace hatstand::ui {

/// A list whose rows are all as high, whatever they show: what changes in one is painted, and nothing is laid
/// out. QListView lays out every row after each change, which among a thousand accounts that refresh never
/// ends.
class EvenListView : public QListView
{
public:
    explicit EvenListView(QWidget* parent = nullptr)
        : QListView(parent)
    {
        setUniformItemSizes(true);
    }

protected:
    void dataChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles) override
    {
        // NOLINTNEXTLINE(bugprone-parent-virtual-call): as said above
        QAbstractItemView::dataChanged(first, last, roles);
    }
};

} // namespace hatstand::ui
