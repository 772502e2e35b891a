// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace hatstand::app {

struct OptionSpec
{
    QString name;
    QString valueName; ///< empty: a switch
    QString help;
    bool repeats = false; ///< takes addresses, each after the name or the one before; kept one a line
};

/// One command of the command line.
struct CommandSpec
{
    QString name; ///< "add nostr"
    QString arguments; ///< "SESSION LABEL", as shown
    int fewest = 0; ///< arguments after the command's words
    int most = 0;
    QList<OptionSpec> options;
    QString help;
    QStringList notYet = {}; ///< options of the contract that are not in this version
};

[[nodiscard]] const QList<CommandSpec>& commandSpecs();
[[nodiscard]] const QList<OptionSpec>& commonOptions(); ///< taken before and after any command
/// Commands and URI schemes that are reserved but not in this version.
[[nodiscard]] bool isForLater(const QString& word);
/// The scheme of something that `hatstand URI` opens.
[[nodiscard]] bool isRequestUri(const QString& word);

} // namespace hatstand::app
