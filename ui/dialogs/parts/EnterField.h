// SPDX-License-Identifier: MIT
#pragma once

#include <QKeyEvent>
#include <QLineEdit>

namespace hatstand::ui {

/// A field in which Enter does what listens to returnPressed, and nothing else. Qt lets the key climb on: the
/// dialog would press whatever has the focus by then, for example the Cancel of the view that it has led to.
class EnterField : public QLineEdit
{
public:
    using QLineEdit::QLineEdit;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        QLineEdit::keyPressEvent(event); // emits returnPressed
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            event->accept();
    }
};

} // namespace hatstand::ui
