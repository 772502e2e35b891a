// SPDX-License-Identifier: MIT
#include "core/signing/Danger.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <limits>

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::Asset;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Danger)
};

/// A token's contract may stand in front of the system's, as Vaulta's does.
bool isSystem(const antelope::Action& action, const antelope::Chain& chain)
{
    return action.account.text() == "eosio"_L1 || action.account.text() == chain.tokenContract;
}

} // namespace

std::optional<qint64> unitsGiven(const antelope::Action& action, const QJsonObject& decoded,
    const antelope::Chain& chain, const antelope::PermissionLevel& account)
{
    const auto token = antelope::Symbol::parse(chain.token);
    const QString name = action.name.text();
    const QString actor = account.actor.text();
    const bool isStake = name == "delegatebw"_L1 && decoded["transfer"_L1].toBool()
        && decoded["from"_L1].toString() == actor && decoded["receiver"_L1].toString() != actor;
    if (token && isStake && isSystem(action, chain)) {
        const auto net = Asset::parse(decoded["stake_net_quantity"_L1].toString());
        const auto cpu = Asset::parse(decoded["stake_cpu_quantity"_L1].toString());
        const bool isToken = net && cpu && net->symbol == *token && cpu->symbol == *token;
        constexpr qint64 kMost = std::numeric_limits<qint64>::max() / 2;
        return isToken ? std::optional(qMin(net->units, kMost) + qMin(cpu->units, kMost)) : std::nullopt;
    }
    if (!token || action.account.text() != chain.tokenContract)
        return std::nullopt;
    if (name == "transfer"_L1 || name == "retire"_L1) {
        const auto quantity = Asset::parse(decoded["quantity"_L1].toString());
        const bool isFromIt = name == "retire"_L1 || decoded["from"_L1].toString() == actor;
        return quantity && isFromIt && quantity->symbol == *token ? std::optional(quantity->units)
                                                                  : std::nullopt;
    }
    if (name == "trnsfiopubky"_L1 && decoded["actor"_L1].toString() == actor) { // FIO's own, in units
        bool ok = false;
        const qint64 units = decoded["amount"_L1].toVariant().toString().toLongLong(&ok);
        return ok ? std::optional(units) : std::nullopt;
    }
    return std::nullopt;
}

QString dangerOf(const antelope::Action& action, const antelope::Chain& chain)
{
    if (!isSystem(action, chain))
        return {};
    const QString name = action.name.text();
    if (name == "updateauth"_L1)
        return Text::tr("It changes which keys and accounts can act as this account. A wrong one loses it.");
    if (name == "deleteauth"_L1)
        return Text::tr("It deletes a permission: whoever uses it can't act as this account any more.");
    if (name == "linkauth"_L1)
        return Text::tr("It lets another permission of this account do what only a higher one could.");
    if (name == "newaccount"_L1)
        return Text::tr("It makes a new account, and the keys in it decide whose it is.");
    if (name == "setcode"_L1)
        return Text::tr("It replaces the program that runs as this account.");
    if (name == "setabi"_L1)
        return Text::tr("It changes how data for this account's program is read by everybody.");
    return {};
}

QString dangerOfGiving(qint64 units, const Asset& balance)
{
    constexpr long double kShare = 0.9L;
    if (units <= 0 || balance.units <= 0
        || static_cast<long double>(units) < kShare * static_cast<long double>(balance.units))
        return {};
    return Text::tr("It gives away %1 of the %2 there are.")
        .arg(Asset{units, balance.symbol}.text(), balance.text());
}

} // namespace hatstand::signing
