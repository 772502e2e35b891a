// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Event.h"
#include "core/signing/Approver.h"

namespace hatstand::signing {

/// What a person reads before they say yes: what will be signed. Lines that come from outside begin with "|
/// ", and none of ours does. Long content and many tags are cut, and it is said by how much.
struct Description
{
    QString what; ///< one line
    QString text; ///< at most about a hundred lines, plain, not escaped
};

/// event.createdAt must be set: what is shown is what is signed.
[[nodiscard]] Description describeEvent(const nostr::UnsignedEvent& event);
[[nodiscard]] Description describeDigest(const ByteArray<32>& digest);

} // namespace hatstand::signing
