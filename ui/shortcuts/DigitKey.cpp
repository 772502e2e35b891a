// SPDX-License-Identifier: MIT
#include "ui/shortcuts/DigitKey.h"

#include <QKeyEvent>

namespace hatstand::ui {
namespace {

constexpr quint32 kRowOne = 10; // KEY_1 (2) + 8
constexpr quint32 kRowZero = 19; // KEY_0 (11) + 8
constexpr Qt::KeyboardModifiers kRealModifiers
    = Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;

bool isDigit(int key)
{
    return key >= Qt::Key_0 && key <= Qt::Key_9;
}

} // namespace

std::optional<int> digitOf(const QKeyEvent& event)
{
#ifdef Q_OS_UNIX
    const quint32 code = event.nativeScanCode();
    if (code >= kRowOne && code <= kRowZero)
        return static_cast<int>((code - kRowOne + 1) % 10);
    const bool known = code != 0;
#else
    const bool known = false;
#endif
    const bool keypad = event.modifiers() & Qt::KeypadModifier;
    if (isDigit(event.key()) && (keypad || !known))
        return event.key() - Qt::Key_0;
    return std::nullopt;
}

std::optional<int> digitWith(const QKeyEvent& event, Qt::KeyboardModifiers modifiers)
{
    const auto pressed = event.modifiers() & kRealModifiers;
    const bool shiftIsForTheDigit = isDigit(event.key()) && pressed == (modifiers | Qt::ShiftModifier);
    if (pressed != modifiers && !shiftIsForTheDigit)
        return std::nullopt;
    return digitOf(event);
}

} // namespace hatstand::ui
