// SPDX-License-Identifier: MIT
#include "app/cli/SecretGuard.h"

#include "core/session/Labels.h"

#include <QSet>
#include <algorithm>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

bool isHex(const QString& text)
{
    return session::isHexKey(text.trimmed());
}

bool wantsKey(const QString& option)
{
    return option.startsWith("--nsec"_L1) || option.startsWith("--key"_L1);
}

/// An option and its value, in one argument or two.
bool isSecretOption(const QString& option, const QString& value, bool adds)
{
    static const QSet<QString> publicValues{u"--watch"_s, u"--chain"_s, u"--bunker"_s};
    return isHex(value) && !publicValues.contains(option) && (adds || wantsKey(option));
}

/// Where a command's words begin that can't be the public key of an account.
qsizetype firstNotPublic(const QStringList& words)
{
    const QString command = words.value(0);
    if (command == "add"_L1 || command == "sign-event"_L1)
        return 1;
    if (command == "rename"_L1 || command == "export"_L1)
        return 2;
    return words.size();
}

} // namespace

bool holdsSecret(const QStringList& all, const QStringList& words)
{
    if (std::any_of(all.begin(), all.end(), session::holdsPrivateKey))
        return true;
    // What a program is run with has its own ideas of what 64 hex digits are.
    const QStringList arguments = words.value(0) == "run"_L1 ? all.mid(0, all.indexOf("--"_L1)) : all;
    const qsizetype first = firstNotPublic(words);
    if (std::any_of(words.begin() + qMin(first, words.size()), words.end(), isHex))
        return true;
    const bool adds = words.value(0) == "add"_L1;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments[i];
        const qsizetype equals = argument.indexOf(u'=');
        if (equals >= 0 && isSecretOption(argument.left(equals), argument.mid(equals + 1), adds))
            return true;
        const QString before = i > 0 ? arguments[i - 1] : QString();
        if (before.startsWith(u'-') && isSecretOption(before, argument, adds))
            return true;
        // The key itself taken for an option's name.
        const auto name = std::find_if(argument.begin(), argument.end(), [](QChar c) { return c != u'-'; });
        if (name != argument.begin() && isHex(argument.sliced(name - argument.begin())))
            return true;
    }
    return false;
}

} // namespace hatstand::app
