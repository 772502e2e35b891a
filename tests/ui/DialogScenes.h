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

/// "Sign this?" in each of its states, and the search for the accounts of a key. What is asked in them is
/// data, in whichever words its asker has.
void playApprovalScenes(const std::function<void(QWidget* dialog, const QString& name)>& look);

/// The apps that keep a channel, and the login by an Anchor. Needs no network.
void playLinkScenes(const std::function<void(QWidget* dialog, const QString& name)>& look);

/// A signing request that is brought as a link or a picture; playDialogScenes() plays it too.
void playOpenScenes(const std::function<void(QWidget* dialog, const QString& name)>& look);

/// Around every translated text when a test has installed a translator that marks them. Scenes play with and
/// without.
inline constexpr QChar kMark(0x27e6);
inline constexpr QChar kEndOfMark(0x27e7);
[[nodiscard]] QString withoutMarks(QString text);

} // namespace hatstand::test
