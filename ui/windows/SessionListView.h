// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/theme/EvenListView.h"

#include <QHash>
#include <QVariantAnimation>

namespace hatstand::ui {

class RowActions;
class SessionDelegate;

/// The list of accounts: rows of one height, dragged into another order where the order is the person's own.
class SessionListView final : public EvenListView
{
    Q_OBJECT
public:
    explicit SessionListView(QWidget* parent = nullptr);
    /// Call once the model is set.
    RowActions* addActions();
    void setReorderable(bool reorderable);
    /// How far from its place a row is painted while it slides to it, in pixels downwards.
    [[nodiscard]] int slideOf(const QModelIndex& index) const;
    [[nodiscard]] session::SessionId idAt(const QModelIndex& index) const;
    [[nodiscard]] int verticalOffset() const override { return QListView::verticalOffset(); }

Q_SIGNALS:
    void chosen(const hatstand::session::SessionId& id); ///< Enter, or a double click
    void opened(
        const hatstand::session::SessionId& id); ///< one click, or the arrow that leads to the detail side

    void slid(); ///< the rows are elsewhere than before

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void followReorder();
    void startSlide();

    SessionDelegate* m_delegate;
    QVariantAnimation m_slide;
    QHash<session::SessionId, int> m_from; ///< where the rows that were seen were, from the list's beginning
};

} // namespace hatstand::ui
