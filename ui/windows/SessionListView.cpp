// SPDX-License-Identifier: MIT
#include "ui/windows/SessionListView.h"

#include "ui/models/SessionModel.h"
#include "ui/theme/Motion.h"
#include "ui/windows/RowActions.h"
#include "ui/windows/SessionDelegate.h"

#include <QDropEvent>
#include <QKeyEvent>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using session::SessionId;

SessionListView::SessionListView(QWidget* parent)
    : EvenListView(parent)
    , m_delegate(new SessionDelegate(this))
{
    setObjectName(u"accounts"_s);
    setItemDelegate(m_delegate);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers); // F2 is a shortcut that the person may change
    setDefaultDropAction(Qt::MoveAction);
    setDropIndicatorShown(true);
    setAccessibleName(tr("Accounts"));
    viewport()->setAttribute(Qt::WA_Hover);
    setReorderable(true);
    m_slide.setStartValue(1.0);
    m_slide.setEndValue(0.0);
    m_slide.setEasingCurve(QEasingCurve::OutCubic);
    const auto moved = [this] {
        viewport()->update();
        Q_EMIT slid();
    };
    connect(&m_slide, &QVariantAnimation::valueChanged, this, moved);
    connect(&m_slide, &QVariantAnimation::finished, this, moved);
}

RowActions* SessionListView::addActions()
{
    auto* actions = new RowActions(this);
    m_delegate->setReserved(actions->reservedWidth());
    followReorder();
    return actions;
}

void SessionListView::followReorder()
{
    connect(model(), &QAbstractItemModel::layoutAboutToBeChanged, this, [this] {
        m_slide.stop();
        m_from.clear();
        if (motionTime(this, kMoveMs) == 0 || !isVisible())
            return;
        const int first = verticalOffset() / SessionDelegate::rowHeight();
        const int last = first + viewport()->height() / SessionDelegate::rowHeight() + 1;
        for (int row = first; row <= std::min(last, model()->rowCount() - 1); ++row)
            m_from.insert(idAt(model()->index(row, 0)), row * SessionDelegate::rowHeight());
    });
    connect(model(), &QAbstractItemModel::layoutChanged, this, &SessionListView::startSlide);
}

void SessionListView::startSlide()
{
    if (m_from.isEmpty())
        return;
    m_slide.setDuration(motionTime(this, kMoveMs));
    m_slide.start();
}

int SessionListView::slideOf(const QModelIndex& index) const
{
    if (m_slide.state() != QAbstractAnimation::Running)
        return 0;
    const int place = index.row() * SessionDelegate::rowHeight();
    const int from = m_from.value(idAt(index), place);
    return qRound((from - place) * m_slide.currentValue().toReal());
}

void SessionListView::setReorderable(bool reorderable)
{
    m_delegate->setDraggable(reorderable);
    setDragDropMode(reorderable ? QAbstractItemView::InternalMove : QAbstractItemView::NoDragDrop);
    setDragEnabled(reorderable);
    setAcceptDrops(reorderable);
    viewport()->update();
}

SessionId SessionListView::idAt(const QModelIndex& index) const
{
    return SessionId(index.data(SessionModel::IdRole).toString());
}

void SessionListView::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex current = currentIndex();
    const int towardsDetail = layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right;
    if (current.isValid() && state() != EditingState) {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            Q_EMIT chosen(idAt(current));
            return;
        }
        if (event->key() == towardsDetail) {
            Q_EMIT opened(idAt(current));
            return;
        }
    }
    QListView::keyPressEvent(event);
}

void SessionListView::mouseReleaseEvent(QMouseEvent* event)
{
    const bool click = event->button() == Qt::LeftButton && state() != DraggingState;
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (click && index.isValid() && index == currentIndex())
        Q_EMIT opened(idAt(index));
}

void SessionListView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid())
        Q_EMIT chosen(idAt(index));
    else
        QListView::mouseDoubleClickEvent(event);
}

void SessionListView::dropEvent(QDropEvent* event)
{
    // The model moves the account; the view must not then remove the row it thinks it has copied.
    const QModelIndex over = indexAt(event->position().toPoint());
    int row = model()->rowCount();
    if (over.isValid()) {
        const bool lowerHalf = event->position().toPoint().y() > visualRect(over).center().y();
        row = over.row() + (lowerHalf ? 1 : 0);
    }
    if (event->source() == this && model()->dropMimeData(event->mimeData(), Qt::MoveAction, row, 0, {}))
        event->setDropAction(Qt::IgnoreAction);
    event->accept();
    setState(NoState);
    viewport()->update();
}

} // namespace hatstand::ui
