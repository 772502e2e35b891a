// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace hatstand::ui {

/// Paints a row of an AccountListModel: picture or sign, name over key and hint, "Private". No widgets.
class AccountListDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit AccountListDelegate(QObject* parent = nullptr);
    [[nodiscard]] static int rowHeight();
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace hatstand::ui
