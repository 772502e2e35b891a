// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace hatstand::ui {

/// Paints one account of the list, 64 px high, and edits its name in place. The button at its end is
/// RowActions'.
class SessionDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// Of every row; follows the application's font.
    [[nodiscard]] static int rowHeight();
    static constexpr int margin = 16; ///< at the row's end

    explicit SessionDelegate(QObject* parent = nullptr);
    /// How much of a row's end its button covers, with its margins.
    void setReserved(int width) { m_reserved = width; }
    void setDraggable(bool draggable) { m_draggable = draggable; }

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(
        QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(
        QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    /// Left to right; mirror when used.
    [[nodiscard]] QRect textRect(const QStyleOptionViewItem& option, const QModelIndex& index) const;

    int m_reserved = 0;
    bool m_draggable = true;
};

} // namespace hatstand::ui
