// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Event.h"
#include "core/signing/Approver.h"

namespace hatstand::signing {

/// What a person reads before they say yes: exactly what will be signed.
struct Description
{
    QString what; ///< one line
    QString text; ///< several lines, plain, not escaped
};

/// event.createdAt must be set: what is shown is what is signed.
[[nodiscard]] Description describeEvent(const nostr::UnsignedEvent& event);
[[nodiscard]] Description describeDigest(const ByteArray<32>& digest);

} // namespace hatstand::signing
