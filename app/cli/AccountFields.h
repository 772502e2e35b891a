// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountData.h"

#include <QJsonValue>
#include <QVariantMap>

namespace hatstand::app {

// An account's public data in the contract's names; null where it is not known.

/// follows, mutes, profile, nip05, refreshedAt (a QDateTime).
[[nodiscard]] QVariantMap summaryFields(const accounts::AccountSummary& summary);
/// [{pubkey,npub,relay,petname}], in the list's order.
[[nodiscard]] QJsonValue followListJson(const accounts::AccountLists& lists);
/// [{type,value,private}]. withPrivate false: what only its owner can read is left out.
[[nodiscard]] QJsonValue muteListJson(const accounts::AccountLists& lists, bool withPrivate);
/// [{url,read,write,state,refused:{reason:count},answeredAt,text}].
[[nodiscard]] QJsonValue relaysJson(const QList<relay::RelayStatus>& relays);
/// "connected", "not-allowed", …
[[nodiscard]] QLatin1StringView name(relay::RelayState state);

} // namespace hatstand::app
