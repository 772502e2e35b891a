// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/NetPolicy.h"

namespace hatstand {
class Settings;
}

namespace hatstand::accounts {

/// The settings under "network" and "nostr", as what is outgoing needs them. Whatever is a host in
/// "network.hosts" or, where the person changed them, among "nostr.indexers", was named by the person.
/// Without "network.proxy" the environment's ALL_PROXY counts.
[[nodiscard]] net::NetPolicy netPolicy(const Settings& settings);
[[nodiscard]] QStringList indexers(const Settings& settings); ///< normalised, each once
[[nodiscard]] bool isNetSetting(const QString& key);

} // namespace hatstand::accounts
