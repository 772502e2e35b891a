// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/secrets/StoredSecret.h"
#include "core/secrets/VaultFile.h"

namespace hatstand::secrets {

constexpr std::size_t kDataKeySize = 32;

/// A value of the vault under the data key, as a value for the same vault:
///
///     {"v":1,"type":"sealed","data":"<base64url, no padding, of nonce 24 | XChaCha20-Poly1305 of the
///     value>"}
///
/// The entry's key, UTF-8, is the associated data: no entry can stand in another's place. dataKey:
/// kDataKeySize bytes.
[[nodiscard]] SecretBuffer sealEntry(
    const QString& key, const SecretBuffer& value, const SecretBuffer& dataKey, Random& random);
/// stored: of the type Sealed. Damaged for anything that was not sealed for this key with this data key.
[[nodiscard]] Result<SecretBuffer> openEntry(
    const QString& key, const StoredSecret& stored, const SecretBuffer& dataKey);

/// How far the entries are, so that what a kill interrupted can be finished.
enum class LockState : quint8 {
    Done = 1, ///< every entry is sealed
    Wrapping = 2, ///< being sealed: some are in clear
    Unwrapping = 3, ///< being opened for good: some are in clear, new ones are, and in the end the lock goes
};

/// The entry "lock": the data key under the key that Argon2id makes of the Hatstand passphrase. Numbers are
/// little-endian:
///
///     {"v":1,"type":"lock","data":"<base64url, no padding, of
///         format u8 = 1 | state u8 | opsLimit u64 | memLimit u64 | salt 16                   34 bytes
///         | nonce 24 | XChaCha20-Poly1305 of the data key 48 | checksum 32>"}               138 bytes
///
/// The first 34 bytes are the associated data, so neither state nor limits can be changed without the
/// passphrase. checksum (BLAKE2b over all before it) tells damage from a wrong passphrase; it protects from
/// nobody.
class LockEntry
{
public:
    /// master: as deriveMasterKey() has made it from the same parameters.
    LockEntry(LockState state, const KeyParameters& parameters, const SecretBuffer& dataKey,
        const SecretBuffer& master, Random& random);
    /// Damaged for anything but such an entry.
    [[nodiscard]] static Result<LockEntry> parse(const SecretBuffer& value);
    [[nodiscard]] SecretBuffer encoded() const;
    /// The data key. WrongPassphrase.
    [[nodiscard]] Result<SharedSecret> open(const SecretBuffer& master) const;

    [[nodiscard]] LockState state() const { return m_state; }
    [[nodiscard]] const KeyParameters& parameters() const { return m_parameters; }

    friend bool operator==(const LockEntry&, const LockEntry&) = default;

private:
    LockEntry() = default;

    LockState m_state = LockState::Done;
    KeyParameters m_parameters;
    QByteArray m_sealed; ///< nonce and ciphertext
};

} // namespace hatstand::secrets
