// SPDX-License-Identifier: MIT
#include "core/crypto/P256.h"

#include "core/base/SecretBuffer.h"
#include "core/crypto/OpenSsl.h"

#include <openssl/core_names.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>
#include <optional>
#include <sodium.h>

namespace hatstand::crypto::p256 {
namespace {

constexpr std::size_t kSize = 32;

using Number = OpenSslPtr<BIGNUM>;
using Point = OpenSslPtr<EC_POINT>;

const EC_GROUP* group()
{
    static const OpenSslPtr<EC_GROUP> shared(
        EC_GROUP_new_by_curve_name_ex(openSsl(), nullptr, NID_X9_62_prime256v1));
    mustWork(shared != nullptr);
    return shared.get();
}

const BIGNUM* order()
{
    return EC_GROUP_get0_order(group());
}

OpenSslPtr<BN_CTX> scratch()
{
    OpenSslPtr<BN_CTX> made(BN_CTX_secure_new_ex(openSsl()));
    mustWork(made != nullptr);
    return made;
}

Number number(Bytes bytes)
{
    Number made(BN_secure_new());
    mustWork(made && BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), made.get()));
    return made;
}

Point newPoint()
{
    Point made(EC_POINT_new(group()));
    mustWork(made != nullptr);
    return made;
}

ByteArray<33> compressed(const EC_POINT* point, BN_CTX* ctx)
{
    ByteArray<33> out;
    mustWork(EC_POINT_point2oct(group(), point, POINT_CONVERSION_COMPRESSED, out.data(), out.size(), ctx)
        == out.size());
    return out;
}

/// secret: checked.
Point pointOf(Bytes secret, BN_CTX* ctx)
{
    const Number scalar = number(secret);
    BN_set_flags(scalar.get(), BN_FLG_CONSTTIME);
    Point point = newPoint();
    mustWork(EC_POINT_mul(group(), point.get(), scalar.get(), nullptr, nullptr, ctx) == 1);
    return point;
}

/// secret: checked.
OpenSslPtr<EVP_PKEY> keyOf(Bytes secret, ByteArray<33> publicKeyBytes)
{
    char curve[] = "prime256v1";
    // OpenSSL takes the number in the machine's byte order, so it stands here a second time.
    SecretBuffer native(kSize);
    const Number scalar = number(secret);
    mustWork(BN_bn2nativepad(scalar.get(), native.edit().data(), kSize) == static_cast<int>(kSize));
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve, 0),
        OSSL_PARAM_construct_octet_string(
            OSSL_PKEY_PARAM_PUB_KEY, publicKeyBytes.data(), publicKeyBytes.size()),
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native.edit().data(), kSize),
        OSSL_PARAM_construct_end(),
    };
    const OpenSslPtr<EVP_PKEY_CTX> ctx(EVP_PKEY_CTX_new_from_name(openSsl(), "EC", nullptr));
    EVP_PKEY* key = nullptr;
    mustWork(ctx && EVP_PKEY_fromdata_init(ctx.get()) == 1
        && EVP_PKEY_fromdata(ctx.get(), &key, EVP_PKEY_KEYPAIR, const_cast<OSSL_PARAM*>(parameters)) == 1);
    return OpenSslPtr<EVP_PKEY>(key);
}

/// r, then s in the lower half: (r, s) and (r, order - s) both verify, and only one of them is to be had.
std::optional<ByteArray<64>> signOnce(EVP_PKEY* key, const ByteArray<32>& digest)
{
    const OpenSslPtr<EVP_PKEY_CTX> ctx(EVP_PKEY_CTX_new_from_pkey(openSsl(), key, nullptr));
    ByteArray<80> der; // 72 bytes at most
    std::size_t size = der.size();
    if (!ctx || EVP_PKEY_sign_init(ctx.get()) != 1
        || EVP_PKEY_sign(ctx.get(), der.data(), &size, digest.data(), digest.size()) != 1)
        return std::nullopt;
    const std::uint8_t* at = der.data();
    const OpenSslPtr<ECDSA_SIG> parsed(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    if (!parsed)
        return std::nullopt;
    const Number s(BN_dup(ECDSA_SIG_get0_s(parsed.get())));
    const Number half(BN_dup(order()));
    mustWork(s && half && BN_rshift1(half.get(), half.get()) == 1);
    if (BN_cmp(s.get(), half.get()) > 0)
        mustWork(BN_sub(s.get(), order(), s.get()) == 1);
    ByteArray<64> rs;
    mustWork(BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), rs.data(), kSize) == static_cast<int>(kSize)
        && BN_bn2binpad(s.get(), rs.data() + kSize, kSize) == static_cast<int>(kSize));
    return rs;
}

bool inRange(const BIGNUM* n)
{
    return !BN_is_zero(n) && BN_cmp(n, order()) < 0;
}

} // namespace

Result<void> checkSecret(Bytes secret)
{
    if (secret.size() != kSize)
        return refuse(Why::NotThisForm);
    if (sodium_is_zero(secret.data(), secret.size()) == 1)
        return refuse(Why::ZeroKey);
    if (!inRange(number(secret).get()))
        return refuse(Why::KeyOutOfRange);
    return {};
}

Result<ByteArray<33>> publicKey(Bytes secret)
{
    return checkSecret(secret).map([&] {
        const auto ctx = scratch();
        return compressed(pointOf(secret, ctx.get()).get(), ctx.get());
    });
}

bool isPublicKey(Bytes key)
{
    const auto ctx = scratch();
    return key.size() == 33
        && EC_POINT_oct2point(group(), newPoint().get(), key.data(), key.size(), ctx.get()) == 1;
}

Result<RecoverableSignature> sign(Bytes secret, const ByteArray<32>& digest)
{
    const auto own = publicKey(secret);
    if (!own)
        return fail(own.error());
    const auto key = keyOf(secret, *own);
    constexpr int kAttempts = 4096; // about every second is canonical
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const auto rs = signOnce(key.get(), digest);
        if (!rs)
            break;
        if (!isCanonical(*rs))
            continue;
        for (int id = 0; id < 4; ++id) {
            const RecoverableSignature signature{id, *rs};
            if (recover(signature, digest) == *own)
                return signature;
        }
    }
    return fail(ErrorCode::Failed, QStringLiteral("no canonical signature"));
}

Result<ByteArray<33>> recover(const RecoverableSignature& signature, const ByteArray<32>& digest)
{
    const auto ctx = scratch();
    const Bytes rs = signature.rs;
    const Number r = number(rs.first(kSize));
    const Number s = number(rs.last(kSize));
    if (signature.recoveryId < 0 || signature.recoveryId > 3 || !inRange(r.get()) || !inRange(s.get()))
        return refuse(Why::NotThisForm);
    // The nonce's point: its x is r, or r + order where that is a coordinate, and the low bit is y's.
    const Number x(BN_dup(r.get()));
    mustWork(x != nullptr);
    if (signature.recoveryId & 2)
        mustWork(BN_add(x.get(), x.get(), order()) == 1);
    const Point nonce = newPoint();
    // OpenSSL would reduce a coordinate that is too large instead of refusing it.
    if (BN_cmp(x.get(), EC_GROUP_get0_field(group())) >= 0
        || EC_POINT_set_compressed_coordinates(
               group(), nonce.get(), x.get(), signature.recoveryId & 1, ctx.get())
            != 1)
        return refuse(Why::NotThisForm);
    // key = (s * nonce - digest * G) / r
    const Number inverse(BN_mod_inverse(nullptr, r.get(), order(), ctx.get()));
    const Number e = number(digest);
    const Number zero(BN_new());
    const Number onGenerator(BN_new());
    const Number onNonce(BN_new());
    mustWork(inverse && zero && onGenerator && onNonce
        && BN_mod_mul(onGenerator.get(), e.get(), inverse.get(), order(), ctx.get()) == 1
        && BN_mod_sub(onGenerator.get(), zero.get(), onGenerator.get(), order(), ctx.get()) == 1
        && BN_mod_mul(onNonce.get(), s.get(), inverse.get(), order(), ctx.get()) == 1);
    const Point key = newPoint();
    mustWork(EC_POINT_mul(group(), key.get(), onGenerator.get(), nonce.get(), onNonce.get(), ctx.get()) == 1);
    if (EC_POINT_is_at_infinity(group(), key.get()))
        return refuse(Why::NotThisForm);
    return compressed(key.get(), ctx.get());
}

} // namespace hatstand::crypto::p256
