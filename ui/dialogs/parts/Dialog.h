// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/parts/Parts.h"

#include <QDialog>

class QBoxLayout;
class QStackedWidget;

namespace hatstand::ui {

/// What all dialogs share: opened with open(), gone when closed, a body on the surface and a foot below it.
/// Views follow one another in the same window, since dialogs are never stacked.
class Dialog : public QDialog
{
    Q_OBJECT
public:
    Dialog(const QString& title, QWidget* parent);

protected:
    /// One body above one foot; the dialog owns both from now on.
    QWidget* addView(QWidget* body, QWidget* foot);
    void showView(QWidget* view, QWidget* focus);
    /// Shows it in the place of the one that is shown, which is deleted.
    void replaceView(QWidget* body, QWidget* foot, QWidget* focus);
    /// Fixed width, more only where words would be cut, as high as the view that is shown needs, now and when
    /// it changes.
    void fitTo(int width);
    /// This large, if the screen is, and from then on as high as the view that is shown needs: a line that
    /// appears under a field is never cut off. Grows only, so that nothing jumps while a person types.
    void growFrom(QSize size);
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QStackedWidget* m_views;
    void grow();
    [[nodiscard]] QSize room() const; ///< as large as a dialog can be on its screen
    int m_fittedWidth = 0;
    bool m_grows = false;
};

/// Left widgets, a gap, right widgets.
[[nodiscard]] QWidget* footOf(const QList<QWidget*>& left, const QList<QWidget*>& right);

} // namespace hatstand::ui
