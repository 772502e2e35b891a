// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Asset.h"
#include "core/antelope/Chains.h"
#include "core/antelope/Transaction.h"

namespace hatstand::signing {

/// What of the account's own token an action gives away: of the chain's token contract, from the account.
/// decoded: the action's data. nullopt: nothing of that.
[[nodiscard]] std::optional<qint64> unitsGiven(const antelope::Action& action, const QJsonObject& decoded,
    const antelope::Chain& chain, const antelope::PermissionLevel& account);

/// Why an action can cost the account itself, or what others trust it with: a sentence; empty: it can't. By
/// its contract and name alone, so of unreadable ones too.
[[nodiscard]] QString dangerOf(const antelope::Action& action, const antelope::Chain& chain);

/// Of giving that many units of a balance: a sentence where it is 90 % of it or more.
[[nodiscard]] QString dangerOfGiving(qint64 units, const antelope::Asset& balance);

} // namespace hatstand::signing
