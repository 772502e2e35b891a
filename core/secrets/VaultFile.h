// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <QByteArray>
#include <QList>
#include <map>

namespace hatstand::secrets {

/// What Argon2id (RFC 9106, libsodium's crypto_pwhash) makes the master key from, passphrase aside.
struct KeyParameters
{
    unsigned long long opsLimit = 3;
    std::size_t memLimit = 64u << 20; ///< bytes
    ByteArray<16> salt{};

    friend bool operator==(const KeyParameters&, const KeyParameters&) = default;
};

/// Whether a machine of a person has to bear it: at most 16 passes and 1 GiB, and what libsodium takes.
[[nodiscard]] bool isBearable(const KeyParameters& parameters);

/// 32 bytes; empty where memory is out. Slow: runs on a pool.
[[nodiscard]] SecretBuffer deriveMasterKey(const KeyParameters& parameters, const SecretBuffer& passphrase);

/// The content of the passphrase vault's file. Numbers are little-endian:
///
///     "HATVAULT" | version u32 = 1 | opsLimit u64 | memLimit u64 | salt 16 | check 16          60 bytes
///     | count u32 | count times: key size u16, key, sealed size u32, sealed                     keys
///     ascending | MAC 32 | checksum 32
///
/// sealed = nonce 24, XChaCha20-Poly1305 over the value with the first 44 bytes and the key as associated
/// data. check (keyed BLAKE2b over those 44) tells a wrong passphrase from damage; MAC (keyed BLAKE2b over
/// all before it) lets no entry be dropped, swapped or brought back alone; checksum (BLAKE2b over all before
/// it) shows damage while locked. The three keys are crypto_kdf subkeys 1 (seal), 2 (MAC), 3 (check) of the
/// master key, context "HatVault".
class VaultFile
{
public:
    static constexpr qsizetype maxSize = 64 << 20;

    explicit VaultFile(const KeyParameters& parameters)
        : m_parameters(parameters)
    {
    }
    /// Damaged for anything that is not such a file: cut short, foreign, of another version, with limits no
    /// machine of a person should have to bear (over 16 passes or 1 GiB), or with a wrong checksum.
    [[nodiscard]] static Result<VaultFile> parse(Bytes content);
    /// WrongPassphrase; Damaged where the key is right and the content is not what was written under it.
    [[nodiscard]] Result<void> verify(const SecretBuffer& master) const;
    [[nodiscard]] QByteArray serialised(const SecretBuffer& master) const;

    [[nodiscard]] const KeyParameters& parameters() const { return m_parameters; }
    [[nodiscard]] QList<QByteArray> keys() const; ///< UTF-8
    /// SecretMissing; Damaged.
    [[nodiscard]] Result<SecretBuffer> open(const QByteArray& key, const SecretBuffer& master) const;
    void put(const QByteArray& key, const SecretBuffer& value, const SecretBuffer& master, Random& random);
    bool remove(const QByteArray& key); ///< false if it was not there

private:
    KeyParameters m_parameters;
    std::map<QByteArray, QByteArray> m_entries; ///< sealed, by key
    QByteArray m_authenticated; ///< as read: all before the MAC
    QByteArray m_mac;
};

} // namespace hatstand::secrets
