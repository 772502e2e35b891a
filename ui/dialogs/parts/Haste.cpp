// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/Haste.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QTimer>
#include <chrono>

namespace hatstand::ui {
namespace {

constexpr std::chrono::milliseconds kUnseen{500}; ///< more than a double click takes

class Haste final : public QObject
{
public:
    explicit Haste(QAbstractButton* button)
        : QObject(button)
    {
        m_unseen.setSingleShot(true);
        m_unseen.setInterval(kUnseen);
        m_unseen.start();
        button->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        switch (event->type()) {
        case QEvent::Show:
            m_unseen.start();
            break;
        case QEvent::MouseButtonDblClick: // whose first half was here has pressed it already
            return true;
        case QEvent::MouseButtonPress:
            return m_unseen.isActive();
        case QEvent::KeyPress:
            return m_unseen.isActive() && isPress(static_cast<QKeyEvent*>(event)->key());
        default:
            break;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    static bool isPress(int key)
    {
        return key == Qt::Key_Space || key == Qt::Key_Select || key == Qt::Key_Return || key == Qt::Key_Enter;
    }

    QTimer m_unseen;
};

} // namespace

void ignoreHaste(QAbstractButton* button)
{
    new Haste(button); // the button's
}

} // namespace hatstand::ui
