// SPDX-License-Identifier: MIT
#include "core/crypto/Hkdf.h"

#include <algorithm>
#include <sodium.h>

namespace hatstand::crypto {
namespace {

constexpr std::size_t kBlock = 32;
static_assert(kBlock == crypto_auth_hmacsha256_BYTES);

} // namespace

ByteArray<32> hmacSha256(Bytes key, std::initializer_list<Bytes> parts)
{
    ByteArray<32> mac;
    crypto_auth_hmacsha256_state state;
    constexpr std::uint8_t nothing = 0; // libsodium takes no null pointers, and an empty span may have one
    crypto_auth_hmacsha256_init(&state, key.empty() ? &nothing : key.data(), key.size());
    for (Bytes part : parts)
        crypto_auth_hmacsha256_update(&state, part.empty() ? &nothing : part.data(), part.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    wipe({reinterpret_cast<std::uint8_t*>(&state), sizeof state});
    return mac;
}

bool sameMac(const ByteArray<32>& a, const ByteArray<32>& b)
{
    return crypto_verify_32(a.data(), b.data()) == 0;
}

SecretBuffer hkdfExtract(Bytes salt, Bytes keyMaterial)
{
    ByteArray<kBlock> key = hmacSha256(salt, {keyMaterial});
    SecretBuffer out = SecretBuffer::copyOf(key);
    wipe(key);
    return out;
}

SecretBuffer hkdfExpand(const SecretBuffer& pseudorandomKey, Bytes info, std::size_t size)
{
    Q_ASSERT(size >= 1 && size <= kHkdfLongest);
    SecretBuffer out(size);
    ByteArray<kBlock> block{};
    Bytes before; // of the first block there is none
    for (std::size_t at = 0; at < size; at += kBlock) {
        const ByteArray<1> counter{static_cast<std::uint8_t>(at / kBlock + 1)};
        block = hmacSha256(pseudorandomKey.view(), {before, info, counter});
        std::copy_n(
            block.begin(), std::min(kBlock, size - at), out.edit().begin() + static_cast<std::ptrdiff_t>(at));
        before = block;
    }
    wipe(block);
    return out;
}

SecretBuffer deriveKey(const SecretBuffer& profile, std::string_view info)
{
    const Bytes use(reinterpret_cast<const std::uint8_t*>(info.data()), info.size());
    return hkdfExpand(hkdfExtract({}, profile.view()), use, 32);
}

} // namespace hatstand::crypto
