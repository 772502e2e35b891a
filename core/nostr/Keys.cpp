// SPDX-License-Identifier: MIT
#include "core/nostr/Keys.h"

#include "core/codec/Bech32.h"
#include "core/codec/Hex.h"
#include "core/crypto/Secp256k1.h"
#include "core/nostr/Nip19.h"

#include <algorithm>

namespace hatstand::nostr {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kHexSize = 2 * kKeySize;

/// text: hex digits only.
std::optional<Error> hexError(std::string_view text)
{
    const auto is = [&](char first, char last) {
        return std::any_of(text.begin(), text.end(), [=](char c) { return c >= first && c <= last; });
    };
    const auto have = static_cast<qint64>(text.size());
    if (text.size() != kHexSize)
        return Error{ErrorCode::InvalidInput, text.size() < kHexSize ? Why::CutShort : Why::TooLong, {}, have,
            kHexSize};
    if (is('a', 'f') && is('A', 'F'))
        return Error{ErrorCode::InvalidInput, Why::MixedCase};
    return std::nullopt;
}

/// For a text of another kind than asked for. Names only prefixes of NIP-19: anything else may be a part of a
/// secret.
Error unfit(std::string_view text)
{
    const auto prefix = [&] { return QString::fromLatin1(codec::bech32Prefix(text)); };
    switch (keyFormOf(text)) {
    case KeyForm::Npub:
    case KeyForm::Nprofile:
        return {ErrorCode::InvalidInput, Why::PublicKeyGiven};
    case KeyForm::Nsec:
        return {ErrorCode::InvalidInput, Why::PrivateKeyGiven};
    case KeyForm::Ncryptsec:
        return {ErrorCode::InvalidInput, Why::EncryptedKeyGiven};
    case KeyForm::Note:
    case KeyForm::OtherEntity:
        return {ErrorCode::InvalidInput, Why::WrongPrefix, prefix()};
    case KeyForm::Hex:
    case KeyForm::Unknown:
        break;
    }
    const bool hasPrefix = !codec::bech32Prefix(text).isEmpty();
    return {ErrorCode::InvalidInput, hasPrefix ? Why::WrongPrefix : Why::NotThisForm};
}

Error tooLarge(std::size_t size)
{
    return {ErrorCode::InvalidInput, Why::TooLarge, {}, static_cast<qint64>(size), kLongestKeyText};
}

} // namespace

Result<PublicKey> PublicKey::fromBytes(Bytes bytes)
{
    if (bytes.size() != kKeySize)
        return refuse(Why::NotThisForm);
    if (!crypto::secp256k1::isXOnlyPublicKey(bytes))
        return refuse(Why::NotOnCurve);
    PublicKey key;
    std::copy(bytes.begin(), bytes.end(), key.m_bytes.begin());
    return key;
}

Result<PublicKey> PublicKey::parse(const QString& text)
{
    if (static_cast<std::size_t>(text.size()) > kLongestKeyText)
        return fail(tooLarge(static_cast<std::size_t>(text.size())));
    const QByteArray latin = text.trimmed().toLatin1();
    const std::string_view view(latin.constData(), static_cast<std::size_t>(latin.size()));
    if (view.empty())
        return refuse(Why::Empty);
    const auto fromDecoded = [](const QByteArray& data) { return fromBytes(bytesOf(data)); };
    switch (keyFormOf(view)) {
    case KeyForm::Npub:
        return codec::fromBech32(view, {"npub", kKeySize, kLongestKeyText}).and_then(fromDecoded);
    case KeyForm::Nprofile:
        return parseNprofile(text).map([](const KeyWithRelays& profile) { return profile.pubkey; });
    case KeyForm::Hex:
        if (const auto error = hexError(view))
            return fail(*error);
        return codec::fromHex(view).and_then(fromDecoded);
    default:
        return fail(unfit(view));
    }
}

QString PublicKey::hex() const
{
    return codec::toHex(m_bytes);
}

QString PublicKey::npub() const
{
    return codec::toBech32("npub", m_bytes);
}

SecretKey::SecretKey(SecretBuffer bytes)
    : m_bytes(std::move(bytes))
{
}

SecretKey SecretKey::generate(Random& random)
{
    SecretBuffer bytes(kKeySize);
    do
        random.fill(bytes.edit());
    while (!crypto::secp256k1::checkSecret(bytes.view())); // one in 2^128
    return SecretKey(std::move(bytes));
}

Result<SecretKey> SecretKey::fromBytes(SecretBuffer bytes)
{
    if (const auto valid = crypto::secp256k1::checkSecret(bytes.view()); !valid)
        return fail(valid.error());
    return SecretKey(std::move(bytes));
}

Result<SecretKey> SecretKey::parse(const SecretBuffer& text)
{
    if (text.size() > kLongestKeyText)
        return fail(tooLarge(text.size()));
    const SecretBuffer trimmed = text.trimmed();
    const std::string_view view = trimmed.text();
    if (view.empty())
        return refuse(Why::Empty);
    switch (keyFormOf(view)) {
    case KeyForm::Nsec:
        return codec::secretFromBech32(view, {"nsec", kKeySize, kLongestKeyText}).and_then(&fromBytes);
    case KeyForm::Hex:
        if (const auto error = hexError(view))
            return fail(*error);
        return codec::secretFromHex(view).and_then(&fromBytes);
    default:
        return fail(unfit(view));
    }
}

PublicKey SecretKey::publicKey() const
{
    return PublicKey::fromBytes(crypto::secp256k1::xOnlyPublicKey(m_bytes.view()).value()).value();
}

SecretBuffer SecretKey::nsec() const
{
    return codec::secretToBech32("nsec", m_bytes.view());
}

ByteArray<64> SecretKey::sign(const ByteArray<32>& digest, Random& random) const
{
    ByteArray<32> auxiliary;
    random.fill(auxiliary);
    return crypto::secp256k1::signSchnorr(m_bytes.view(), digest, auxiliary).value();
}

bool verify(const PublicKey& key, const ByteArray<32>& digest, const ByteArray<64>& signature)
{
    return crypto::secp256k1::verifySchnorr(key.bytes(), digest, signature);
}

} // namespace hatstand::nostr
