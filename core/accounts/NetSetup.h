// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/net/NetPolicy.h"

namespace hatstand {
class Settings;
}

namespace hatstand::accounts {

/// The settings under "network", "nostr" and "links", as what is outgoing needs them. Whatever is a host in
/// "network.hosts" or, where the person changed them, among "nostr.indexers" or in "links.service", was named
/// by the person.
/// Without "network.proxy" the environment's ALL_PROXY counts.
[[nodiscard]] net::NetPolicy netPolicy(const Settings& settings);
[[nodiscard]] QStringList indexers(const Settings& settings); ///< normalised, each once
[[nodiscard]] bool isNetSetting(const QString& key);
/// A value for one of those as it is kept: relays normalised, each once, or "none" for no indexers. Empty is
/// the default. InvalidInput; detail = the word that is no relay, address, proxy or host.
[[nodiscard]] Result<QString> checkNetSetting(const QString& key, const QString& value);

} // namespace hatstand::accounts
