// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/Dialog.h"

#include "ui/theme/Sizes.h"

#include <QAbstractItemView>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QScreen>
#include <QStackedWidget>

namespace hatstand::ui {
namespace {

constexpr QSize kFrame(16, 48); ///< room for what the desktop draws around a window

} // namespace

Dialog::Dialog(const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_views(new QStackedWidget)
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    column(this, 0, 0)->addWidget(m_views);
}

QWidget* Dialog::addView(QWidget* body, QWidget* foot)
{
    auto* view = new QWidget;
    QVBoxLayout* layout = column(view, 0, 0);
    layout->addWidget(body, 1);
    layout->addWidget(foot);
    m_views->addWidget(view);
    return view;
}

void Dialog::showView(QWidget* view, QWidget* focus)
{
    m_views->setCurrentWidget(view);
    if (focus)
        focus->setFocus(Qt::OtherFocusReason);
}

void Dialog::replaceView(QWidget* body, QWidget* foot, QWidget* focus)
{
    QWidget* before = m_views->currentWidget();
    showView(addView(body, foot), focus);
    if (before) {
        m_views->removeWidget(before);
        before->deleteLater();
    }
}

bool Dialog::event(QEvent* event)
{
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest && m_fittedWidth > 0)
        fitTo(m_fittedWidth); // a line appeared or went
    else if (event->type() == QEvent::LayoutRequest && m_grows)
        grow();
    return handled;
}

void Dialog::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    // Nor does Enter in a list of pages do what the page's button does: nobody has looked at the page yet.
    if (pressFocused(*this, *event) || (enter && qobject_cast<QAbstractItemView*>(focusWidget())))
        return;
    QDialog::keyPressEvent(event);
}

void Dialog::fitTo(int width)
{
    m_fittedWidth = width;
    QWidget* view = m_views->currentWidget();
    view->ensurePolished();
    view->layout()->activate();
    width = std::max(width, view->layout()->totalMinimumSize().width()); // a larger font
    const int height = view->layout()->hasHeightForWidth() ? view->layout()->totalHeightForWidth(width)
                                                           : view->layout()->totalSizeHint().height();
    setFixedSize(width, height);
}

void Dialog::growFrom(QSize size)
{
    m_grows = true;
    resize(size.boundedTo(room()));
    grow();
}

QSize Dialog::room() const
{
    return screen()->availableSize() - kFrame;
}

void Dialog::grow()
{
    QWidget* view = m_views->currentWidget();
    view->ensurePolished();
    view->layout()->activate();
    // A window's own minimum does not know of lines that are broken to its width.
    const int width = std::max(this->width(), view->layout()->totalMinimumSize().width());
    const int needed = view->layout()->hasHeightForWidth() ? view->layout()->totalHeightForWidth(width)
                                                           : view->layout()->totalMinimumSize().height();
    const int most = room().height();
    if (width > this->width() || (needed > height() && height() < most))
        resize(width, std::max(height(), std::min(needed, most)));
}

QWidget* footOf(const QList<QWidget*>& left, const QList<QWidget*>& right)
{
    constexpr int kFootHeight = 56;
    QFrame* foot = makePanel(Panel::Background, nullptr);
    foot->setFixedHeight(grown(kFootHeight));
    QVBoxLayout* lines = column(foot, 0, 0);
    lines->addWidget(makeLine(Qt::Horizontal, nullptr));
    auto* strip = new QWidget;
    QHBoxLayout* layout = row(strip, 8);
    layout->setContentsMargins(16, 0, 16, 0);
    lines->addWidget(strip, 1);
    // Aligned, a row takes all the height there is; otherwise the line above it would be given a share.
    for (QWidget* widget : left)
        layout->addWidget(widget, 0, Qt::AlignVCenter);
    layout->addStretch();
    for (QWidget* widget : right)
        layout->addWidget(widget, 0, Qt::AlignVCenter);
    return foot;
}

} // namespace hatstand::ui
