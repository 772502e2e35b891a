// SPDX-License-Identifier: MIT
#pragma once

#include <QChar>
#include <QString>
#include <functional>

class QWidget;

namespace hatstand::test {

/// Brings every dialog into each of its states and shows it: to take its picture, or to look for what must be
/// so in all of them. look is called with the dialog as it stands.
void playDialogScenes(const std::function<void(QWidget* dialog, const QString& name)>& look);

/// Around every translated text when a test has installed a translator that marks them. Scenes play with and
/// without.
inline constexpr QChar kMark(0x27e6);
inline constexpr QChar kEndOfMark(0x27e7);
[[nodiscard]] QString withoutMarks(QString text);

} // namespace hatstand::test
