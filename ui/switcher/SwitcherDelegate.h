// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QStyledItemDelegate>

namespace hatstand::ui {

/// Paints one account of the quick switcher, 52 px high: bar and ACTIVE for the active one, picture, name,
/// what it is, how it signs, and the keys that choose it.
class SwitcherDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    [[nodiscard]] static int rowHeight(); ///< follows the application's font

    explicit SwitcherDelegate(QObject* parent = nullptr);
    /// Of the rows from the first on; the others have none.
    void setKeys(const QStringList& keys) { m_keys = keys; }

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QStringList m_keys;
};

} // namespace hatstand::ui
