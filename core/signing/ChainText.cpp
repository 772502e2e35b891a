// SPDX-License-Identifier: MIT
#include "core/signing/ChainWords.h"

#include <QCoreApplication>

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ChainWords)
};

constexpr qsizetype kMostLines = 12; ///< of one value
constexpr qsizetype kLongestHex = 512; ///< characters

/// Lines from outside can't be taken for ours.
QStringList quoted(const QString& name, const QString& value)
{
    const QStringList all = QString(name + ": "_L1 + value).split(u'\n');
    QStringList lines;
    for (const QString& line : all.first(qMin(all.size(), kMostLines)))
        lines += "| "_L1 + line;
    if (all.size() > kMostLines)
        lines += Text::tr("… %1 more lines").arg(all.size() - kMostLines);
    return lines;
}

QStringList linesOf(const ActionWords& action)
{
    QStringList lines;
    if (!action.danger.isEmpty())
        lines += Text::tr("WARNING: %1").arg(action.danger);
    lines += Text::tr("Action %1::%2, authorised by %3")
                 .arg(action.contract, action.action,
                     action.authorization.isEmpty() ? Text::tr("nobody") : action.authorization);
    for (const auto& [name, value] : action.fields)
        lines += quoted(name, value);
    if (action.isCut)
        lines += Text::tr("WARNING: There is more to this action than is shown here.");
    if (action.isUnreadable) {
        lines += Text::tr("WARNING: Nobody can read what this action says. Its bytes:");
        lines += "| "_L1 + action.hex.left(kLongestHex)
            + (action.hex.size() > kLongestHex ? Text::tr("… (%1 bytes)").arg(action.hex.size() / 2)
                                               : QString());
    }
    return lines;
}

} // namespace

QString headline(const TransactionWords& words)
{
    if (words.isIdentity)
        return Text::tr("prove that you are %1").arg(words.account);
    const QString what = words.actions.size() == 1
        ? words.actions.constFirst().title.simplified()
        : Text::tr("%n action(s)", nullptr, static_cast<int>(words.actions.size()));
    //: %1 is what is done, such as "Transfer 1.0000 EOS to bob"
    return words.willBeSent ? Text::tr("sign and send: %1").arg(what) : Text::tr("sign: %1").arg(what);
}

QString asText(const TransactionWords& words)
{
    QStringList lines{Text::tr("Chain: %1").arg(words.chainName)};
    if (!words.scope.isEmpty())
        lines += quoted(Text::tr("Asked for by"), words.scope);
    if (!words.host.isEmpty())
        lines += quoted(Text::tr("The answer goes to"), words.host);
    if (words.expires.isValid())
        lines += Text::tr("Good until: %1").arg(words.expires.toString(Qt::ISODate));
    if (words.opensLink)
        lines += Text::tr("It may also ask for signatures of this account later, each with a question.");
    if (!words.isIdentity && !words.willBeSent)
        lines += Text::tr("It is not sent: whoever gets the signature can send it.");
    for (const ActionWords& action : words.actions)
        lines += linesOf(action);
    return lines.join(u'\n');
}

} // namespace hatstand::signing
