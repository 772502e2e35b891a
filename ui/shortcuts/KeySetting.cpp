// SPDX-License-Identifier: MIT
#include "ui/shortcuts/KeySetting.h"

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr QLatin1StringView kNone = "none"_L1;

} // namespace

std::optional<QKeySequence> keysFromSetting(KeyKind kind, const QString& value)
{
    if (value == kNone)
        return QKeySequence();
    const QString text = kind == KeyKind::Digits ? value + "+1"_L1 : value;
    const auto keys = QKeySequence::fromString(text, QKeySequence::PortableText);
    for (int i = 0; i < keys.count(); ++i) {
        if (keys[static_cast<uint>(i)].key() == Qt::Key_unknown)
            return std::nullopt;
    }
    return keys.isEmpty() ? std::nullopt : std::optional(keys);
}

QString settingFromKeys(KeyKind kind, const QKeySequence& keys)
{
    if (keys.isEmpty())
        return kNone;
    if (kind == KeyKind::One)
        return keys.toString(QKeySequence::PortableText);
    QString text = QKeySequence(QKeyCombination(keys[0].keyboardModifiers(), Qt::Key_1))
                       .toString(QKeySequence::PortableText);
    text.chop(2);
    return text;
}

bool isAccountDigit(const QKeySequence& keys)
{
    return keys.count() == 1 && keys[0].key() >= Qt::Key_1 && keys[0].key() <= Qt::Key_9;
}

bool typesText(const QKeySequence& keys)
{
    const auto modifiers = keys[0].keyboardModifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    return modifiers == Qt::NoModifier && keys[0].key() < Qt::Key_Escape;
}

bool keysClash(KeyKind wantedKind, const QKeySequence& wanted, KeyKind heldKind, const QKeySequence& held)
{
    if (wanted.isEmpty() || held.isEmpty())
        return false;
    const bool family = (wantedKind == KeyKind::Digits && isAccountDigit(held))
        || (heldKind == KeyKind::Digits && isAccountDigit(wanted));
    if (family)
        return wanted[0].keyboardModifiers() == held[0].keyboardModifiers();
    return wanted.matches(held) != QKeySequence::NoMatch || held.matches(wanted) != QKeySequence::NoMatch;
}

} // namespace hatstand::ui
