// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Keys.h"

#include <atomic>

namespace hatstand::nostr::nip49 {

constexpr int kLogN = 16; ///< for what we write
constexpr int kHighestLogN = 20; ///< 1 GiB; more is refused before anything is allocated

struct Header
{
    int logN = 0;
    int keySecurity = 2; ///< 0 handled insecurely once, 1 never, 2 not tracked
};

/// Form, checksum and cost of an ncryptsec1…; quick. ChecksumWrong, CutShort, WrongPrefix,
/// UnsupportedVersion, ScryptCostTooHigh (have, want), PublicKeyGiven, …
[[nodiscard]] Result<Header> inspect(const SecretBuffer& ncryptsec);

/// Slow (0.3 s at log_n 16, 5 s at 20) and large: for a worker thread. The passphrase is UTF-8 and brought to
/// NFKC. cancel is looked at before the work and after it; scrypt itself can't be interrupted.
/// WrongPassphrase, Cancelled.
[[nodiscard]] Result<SecretKey> decrypt(
    const SecretBuffer& ncryptsec, const SecretBuffer& passphrase, const std::atomic_bool* cancel = nullptr);
/// ncryptsec1…, public once made.
[[nodiscard]] Result<QByteArray> encrypt(
    const SecretKey& key, const SecretBuffer& passphrase, Random& random, int logN = kLogN);

} // namespace hatstand::nostr::nip49
