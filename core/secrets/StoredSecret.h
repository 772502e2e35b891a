// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <string_view>

namespace hatstand::secrets {

/// What an entry of the vault holds. Names are those of the JSON's "type". The last two are what a Hatstand
/// passphrase makes of the others (SealedEntry.h); only WrappedVault ever sees them.
enum class SecretType { Nsec, Ncryptsec, Wif, Pvt, Nip46, Anchor, ProfileKey, Sealed, Lock };

/// "nsec", "ncryptsec", "wif", "pvt", "nip46", "anchor"; "profile" for ProfileKey, whose data is 32 bytes in
/// hex; "sealed" and "lock", whose data is base64url.
[[nodiscard]] std::string_view name(SecretType type);

/// One vault entry: `{"v":1,"type":"nsec","data":"nsec1…"}`, so that a person can recover it with other
/// tools.
struct StoredSecret
{
    SecretType type = SecretType::Nsec;
    SecretBuffer data;
};

/// Written and read without a copy outside SecretBuffer. data is printable ASCII without quotes and
/// backslashes, and not empty; for any other the answer is empty, which no vault takes.
[[nodiscard]] SecretBuffer encode(const StoredSecret& secret);
/// Damaged unless it is such an object with v 1 and a known type; keys in any order, white space allowed.
[[nodiscard]] Result<StoredSecret> decodeStoredSecret(const SecretBuffer& value);

} // namespace hatstand::secrets
