// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

namespace hatstand::app {

/// One command as it was asked for, checked for form. Holds no secret, so it may cross the control socket as
/// JSON.
struct Request
{
    QString command; ///< "list", "add nostr", "config set"
    QMap<QString, QString> options = {}; ///< without dashes; a switch has an empty value
    QStringList arguments = {}; ///< what comes after the command's words
    QString scope = {}; ///< id of the one session it may speak of and act as; empty: any (Scope.h)
    bool canAsk = true; ///< there is a terminal on which somebody can be asked for a yes

    [[nodiscard]] bool has(const QString& option) const { return options.contains(option); }
    [[nodiscard]] QString value(const QString& option) const { return options.value(option); }
    [[nodiscard]] QString argument(qsizetype i) const { return arguments.value(i); }
    [[nodiscard]] bool json() const;
    [[nodiscard]] bool readsInput() const; ///< standard input is part of it
    [[nodiscard]] QString inputFile() const; ///< what is read in place of standard input; empty: nothing is
    /// A passphrase may be needed: it is not for what needs no vault, and not where the question before it
    /// will find nobody.
    [[nodiscard]] bool readsPassphrases() const;

    [[nodiscard]] QJsonObject toJson() const;
    /// Anything missing or of another type is empty: the command then refuses it.
    [[nodiscard]] static Request fromJson(const QJsonObject& object);
};

} // namespace hatstand::app
