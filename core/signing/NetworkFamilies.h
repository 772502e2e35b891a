// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Chains.h"
#include "core/session/Network.h"

namespace hatstand::signing {

/// The two families, as sessions see them.
[[nodiscard]] std::unique_ptr<session::Network> makeNostrNetwork();
[[nodiscard]] std::unique_ptr<session::Network> makeAntelopeNetwork(const antelope::Chains& chains);

} // namespace hatstand::signing
