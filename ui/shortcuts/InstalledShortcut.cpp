// SPDX-License-Identifier: MIT
#include "ui/shortcuts/InstalledShortcut.h"

#include "ui/shortcuts/DigitKey.h"

#include <QApplication>
#include <QKeyEvent>
#include <QShortcut>
#include <QWidget>

namespace hatstand::ui {
namespace {

bool isDigit(QKeyCombination keys)
{
    return keys.key() >= Qt::Key_0 && keys.key() <= Qt::Key_9;
}

/// Shift+Tab reaches Qt as Backtab.
QList<QKeySequence> asPressed(const QKeySequence& keys)
{
    QList<QKeySequence> all{keys};
    if (keys.count() == 1 && keys[0].key() == Qt::Key_Tab
        && keys[0].keyboardModifiers().testFlag(Qt::ShiftModifier))
        all += QKeySequence(QKeyCombination(keys[0].keyboardModifiers(), Qt::Key_Backtab));
    return all;
}

} // namespace

InstalledShortcut::InstalledShortcut(
    const ShortcutMap& map, QWidget* window, Command command, std::function<void(int)> handler)
    : QObject(window)
    , m_map(map)
    , m_window(window)
    , m_command(command)
    , m_handler(std::move(handler))
    , m_shortcut(new QShortcut(window))
{
    m_shortcut->setAutoRepeat(command != Command::LogOut && command != Command::Quit);
    connect(m_shortcut, &QShortcut::activated, this, [this] { m_handler(0); });
    connect(&map, &ShortcutMap::changed, this, &InstalledShortcut::follow);
    follow();
}

void InstalledShortcut::follow()
{
    const QKeySequence keys = m_map.keys(m_command);
    const bool digit = keys.count() == 1 && isDigit(keys[0]);
    m_digit = digit ? keys[0] : QKeyCombination{};
    m_shortcut->setKeys(digit || keys.isEmpty() ? QList<QKeySequence>{} : asPressed(keys));
    // Before the widget that has the focus, since lists search by what is typed; only while there are digits
    // to take.
    qApp->removeEventFilter(this);
    if (digit)
        qApp->installEventFilter(this);
}

std::optional<int> InstalledShortcut::digitMeant(const QKeyEvent& event) const
{
    const auto digit = digitWith(event, m_digit.keyboardModifiers());
    if (!digit)
        return std::nullopt;
    const bool mine
        = m_command == Command::SwitchToAccount ? *digit > 0 : *digit == m_digit.key() - Qt::Key_0;
    return mine ? digit : std::nullopt;
}

bool InstalledShortcut::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return false;
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != m_window)
        return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    const auto digit = digitMeant(*key);
    if (!digit)
        return false;
    event->accept();
    if (event->type() == QEvent::KeyPress && !key->isAutoRepeat())
        m_handler(m_command == Command::SwitchToAccount ? *digit : 0);
    return true;
}

} // namespace hatstand::ui
