// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Widgets.h"

#include <QList>

class QBoxLayout;

namespace hatstand::ui {

/// A card of the detail side: rows of "what" and its value, with a line between them.
class Card final : public QFrame
{
    Q_OBJECT
public:
    explicit Card(int rowHeight, QWidget* parent);
    /// value and what follows it become the card's. value takes the room that is left.
    void addRow(const QString& what, QWidget* value, const QList<QWidget*>& after = {});
    /// Beside the rows where there is room, otherwise under them. Becomes the card's.
    void setAside(QWidget* aside);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int m_rowHeight;
    QBoxLayout* m_layout;
    QBoxLayout* m_rows;
    QFrame* m_divider = nullptr;
};

} // namespace hatstand::ui
