// SPDX-License-Identifier: MIT
#include "app/cli/SecretGuard.h"

#include <QRegularExpression>
#include <QSet>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

bool isPrivateKey(const QString& text)
{
    static const QRegularExpression form(
        u"(?:(?:nsec1|ncryptsec1)[02-9ac-hj-np-z]|(?:NSEC1|NCRYPTSEC1)[02-9AC-HJ-NP-Z]|PVT_(?:K1|R1|WA)_"
        "|(?:^|[=: ])(?:5[HJK][1-9A-HJ-NP-Za-km-z]{49}|[KL][1-9A-HJ-NP-Za-km-z]{51})$)"_s);
    return form.match(text).hasMatch();
}

bool isHexKey(const QString& text)
{
    static const QRegularExpression form(u"^[0-9a-fA-F]{64}$"_s);
    return form.match(text.section(u'=', -1).trimmed()).hasMatch();
}

} // namespace

bool holdsSecret(const QStringList& arguments)
{
    static const QSet<QString> publicValues{u"--watch"_s, u"--chain"_s, u"--bunker"_s};
    const bool adds = arguments.contains("add"_L1);
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments[i];
        if (isPrivateKey(argument))
            return true;
        const QString option = argument.section(u'=', 0, 0);
        const bool isPublic
            = publicValues.contains(option) || (i > 0 && publicValues.contains(arguments[i - 1]));
        if (isHexKey(argument) && !isPublic
            && (adds || option.startsWith("--nsec"_L1) || option.startsWith("--key"_L1)))
            return true;
    }
    return false;
}

} // namespace hatstand::app
