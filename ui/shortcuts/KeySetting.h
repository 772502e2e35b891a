// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <optional>

namespace hatstand::ui {

/// What the keys of a command are made of: any one shortcut, or the digits 1 to 9 with common modifiers, of
/// which the setting holds the modifiers alone and QKeySequence the first.
enum class KeyKind { One, Digits };

/// nullopt: not a key sequence, so that the default counts. "none" is the empty sequence.
[[nodiscard]] std::optional<QKeySequence> keysFromSetting(KeyKind kind, const QString& value);
[[nodiscard]] QString settingFromKeys(KeyKind kind, const QKeySequence& keys);
[[nodiscard]] bool isAccountDigit(const QKeySequence& keys); ///< one key, 1 to 9
/// Keys that type something, alone or with Shift: as a shortcut they would take letters away.
[[nodiscard]] bool typesText(const QKeySequence& keys);
/// Whether one of them would keep the other from being reached.
[[nodiscard]] bool keysClash(
    KeyKind wantedKind, const QKeySequence& wanted, KeyKind heldKind, const QKeySequence& held);

} // namespace hatstand::ui
