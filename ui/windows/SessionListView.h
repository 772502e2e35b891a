// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"

#include <QListView>

namespace hatstand::ui {

class RowActions;
class SessionDelegate;

/// The list of accounts: rows of one height, dragged into another order where the order is the person's own.
class SessionListView final : public QListView
{
    Q_OBJECT
public:
    explicit SessionListView(QWidget* parent = nullptr);
    /// Call once the model is set.
    RowActions* addActions();
    void setReorderable(bool reorderable);
    [[nodiscard]] session::SessionId idAt(const QModelIndex& index) const;
    [[nodiscard]] int verticalOffset() const override { return QListView::verticalOffset(); }

Q_SIGNALS:
    void chosen(const hatstand::session::SessionId& id); ///< Enter, or a double click
    void opened(
        const hatstand::session::SessionId& id); ///< one click, or the arrow that leads to the detail side

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    SessionDelegate* m_delegate;
};

} // namespace hatstand::ui
