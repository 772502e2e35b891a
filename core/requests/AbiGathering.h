// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/EsrResolve.h"
#include "core/chain/ChainClient.h"

namespace hatstand::requests {

/// What a chain has to be asked for before something can be shown: itself and the ABIs of some contracts, all
/// at once.
struct Gathered
{
    std::optional<chain::ChainInfo> info; ///< nullopt: not wanted
    antelope::Abis abis; ///< of those that were found
    QString balance = {}; ///< of the actor; empty: not wanted, or not known
};

struct Wishes
{
    QString chainId;
    QString circuit;
    bool wantsInfo = true;
    QList<antelope::Name> contracts = {}; ///< at most kMostContracts
    QString actor = {}; ///< whose balance; empty: nobody's
};
constexpr qsizetype kMostContracts = 16;

/// Answers the error of the info; an ABI or a balance that can't be had is left out, since an action is then
/// shown as unreadable. What did not come within 20 s did not come. TooLarge: too many contracts.
void gather(chain::ChainClient& client, const Wishes& wishes, QObject* context, Callback<Gathered> done);

} // namespace hatstand::requests
