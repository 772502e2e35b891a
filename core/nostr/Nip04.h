// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Keys.h"

/// NIP-04, which NIP-44 takes the place of: for programs that know nothing else. It is malleable (no MAC), so
/// what was decrypted is what somebody wanted us to read, and a failure is told to nobody.
namespace hatstand::nostr::nip04 {

constexpr std::size_t kLongestPlaintext = std::size_t{256} * 1024; ///< bytes, ours: NIP-04 knows no limit

/// 32 bytes, the same for both sides: the shared point's x itself.
[[nodiscard]] Result<SecretBuffer> sharedKey(const SecretKey& mine, const PublicKey& theirs);

/// "<base64>?iv=<base64>". TooLarge (have, want bytes).
[[nodiscard]] Result<QByteArray> encrypt(const SecretBuffer& sharedKey, Bytes plaintext, Random& random);

/// InvalidInput with Empty; TooLarge (have, want characters); NotThisForm for everything else, a wrong key
/// among it (which in one case of 256 gives nonsense instead). That it is UTF-8 is not looked at.
[[nodiscard]] Result<SecretBuffer> decrypt(const SecretBuffer& sharedKey, const QByteArray& payload);

} // namespace hatstand::nostr::nip04
