// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"
#include "core/nostr/Keys.h"

namespace hatstand::signing {

/// What rests of an account that an Anchor elsewhere signs for.
struct AnchorEntry
{
    SecretBuffer secret; ///< 32 bytes, the K1 key that requests are sealed with
    QString signerKey; ///< PUB_K1_…: which they are sealed to
    QString channel; ///< URL: where they are sent
    QString name; ///< of that Anchor's device
};

/// The data of a StoredSecret of the type Anchor: "PVT_K1_… PUB_K1_… https://… name", the name
/// percent-encoded. An entry's data has no quotation marks, so it can't be JSON; the parts are those of
/// WharfKit's plugin: privateKey, signerKey, channelUrl and channelName.
[[nodiscard]] SecretBuffer encodeAnchorEntry(const AnchorEntry& entry);
/// Damaged.
[[nodiscard]] Result<AnchorEntry> decodeAnchorEntry(const SecretBuffer& data);

/// PUB_K1_… of the derived key with this x: of the two keys that have it, the one with an even y.
[[nodiscard]] QString linkKey(const nostr::PublicKey& key);
/// In any of a key's written forms; a text that is no key equals none.
[[nodiscard]] bool isSameKey(const QString& a, const QString& b);

} // namespace hatstand::signing
