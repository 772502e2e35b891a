// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/ChainAccounts.h"
#include "core/chain/ChainClient.h"
#include "core/chain/ChainRegistry.h"
#include "core/net/Fetcher.h"
#include "core/requests/ChainRequests.h"

#include <QTemporaryDir>

namespace hatstand::test {

/// The parts that ask chains, for whoever needs them to be there. They reach nobody: no host is named.
struct ChainStand
{
    ChainStand(
        session::SessionManager& sessions, signing::Signer& signer, Settings& settings, const Clock& clock)
        : registry(dir.filePath(QStringLiteral("chains.json")))
        , client(registry.chains(), clock)
        , accounts(sessions, client, registry, settings, clock, dir.filePath(QStringLiteral("accounts.json")))
        , requests({sessions, signer, client, registry, accounts, fetcher, clock})
    {
    }

    QTemporaryDir dir;
    chain::ChainRegistry registry;
    chain::ChainClient client;
    accounts::ChainAccounts accounts;
    net::Fetcher fetcher;
    requests::ChainRequests requests;
};

} // namespace hatstand::test
