// SPDX-License-Identifier: MIT
#include "core/secrets/SealedEntry.h"
#include "tests/fuzz/Fuzz.h"

#include <sodium.h>

using namespace hatstand;
using namespace hatstand::secrets;
using hatstand::fuzz::must;

namespace {

constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

SecretBuffer entryOf(const char* type, const QByteArray& data)
{
    return SecretBuffer::copyOf(bytesOf(
        QByteArray("{\"v\":1,\"type\":\"") + type + "\",\"data\":\"" + data.toBase64(kBase64) + "\"}"));
}

/// The input as what the checksum is of, so that what stands before it is reached.
QByteArray withChecksum(const QByteArray& inside)
{
    ByteArray<32> hash;
    crypto_generichash(hash.data(), hash.size(), bytesOf(inside).data(), bytesOf(inside).size(), nullptr, 0);
    return inside + toQByteArray(hash);
}

/// A lock that nobody with the key has written opens for nobody, has limits that can be borne, and is written
/// as it was read.
void parseLock(const SecretBuffer& value, const SecretBuffer& key)
{
    const auto lock = LockEntry::parse(value);
    if (!lock) {
        must(lock.error().code == ErrorCode::Damaged);
        return;
    }
    must(isBearable(lock->parameters()));
    must(!lock->open(key));
    const auto again = LockEntry::parse(lock->encoded());
    must(again && *again == *lock);
}

void openSealed(const SecretBuffer& value, const SecretBuffer& key)
{
    const auto stored = decodeStoredSecret(value);
    must(!stored || !openEntry(QStringLiteral("a"), *stored, key));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const SecretBuffer key(kDataKeySize);
    const QByteArray input = toQByteArray({data, size});
    const SecretBuffer whole = SecretBuffer::copyOf(Bytes(data, size));
    parseLock(whole, key);
    parseLock(entryOf("lock", input), key);
    parseLock(entryOf("lock", withChecksum(input)), key);
    openSealed(whole, key);
    openSealed(entryOf("sealed", input), key);
    if (size == 0)
        return 0;
    // Whatever is sealed comes back.
    fuzz::Repeatable random;
    const auto stored = decodeStoredSecret(sealEntry(QStringLiteral("a"), whole, key, random));
    must(stored && openEntry(QStringLiteral("a"), *stored, key).value().equals(whole));
    return 0;
}
