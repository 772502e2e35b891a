// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/ChainAccounts.h"
#include "core/requests/ChainRequests.h"

#include <QJsonObject>
#include <QVariantMap>

namespace hatstand::antelope {
struct Chain;
} // namespace hatstand::antelope

namespace hatstand::app {

// What is known of chains and their accounts, as JSON; null where it is not known.

/// balance, cpu, net, ram ({used, max}; max null: without limit), standing, refreshedAt (a
/// QDateTime).
[[nodiscard]] QVariantMap summaryFields(const accounts::ChainSummary& summary);
/// [{name,parent,threshold,keys:[{key,weight}],accounts:[{permission,weight}]}]; null: not known.
[[nodiscard]] QJsonValue permissionsJson(const accounts::ChainSummary& summary);
[[nodiscard]] QJsonObject chainJson(const antelope::Chain& chain);
/// session, chain, transactionId, sent, blockNumber, signatures, transaction, proof, callback {url,
/// background, delivered}.
[[nodiscard]] QJsonObject outcomeJson(const requests::Outcome& outcome);
/// What a node's send_transaction takes: {signatures, compression, packed_context_free_data, packed_trx}.
[[nodiscard]] QJsonObject signedJson(const requests::Outcome& outcome);
/// "good", "no-account", …
[[nodiscard]] QLatin1StringView name(accounts::ChainSummary::Standing standing);

} // namespace hatstand::app
