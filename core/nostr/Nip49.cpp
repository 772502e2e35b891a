// SPDX-License-Identifier: MIT
#include "core/nostr/Nip49.h"

#include "core/codec/Bech32.h"
#include "core/crypto/Sealing.h"
#include "core/nostr/Nip19.h"

#include <QStringDecoder>
#include <algorithm>

namespace hatstand::nostr::nip49 {
namespace {

// version, log_n, salt, nonce, key security, ciphertext with tag
constexpr std::uint8_t kVersion = 2;
constexpr std::size_t kSaltAt = 2;
constexpr std::size_t kSaltSize = 16;
constexpr std::size_t kNonceAt = kSaltAt + kSaltSize;
constexpr std::size_t kSecurityAt = kNonceAt + crypto::kSealNonceSize;
constexpr std::size_t kSealedAt = kSecurityAt + 1;
constexpr std::size_t kSize = kSealedAt + 32 + crypto::kSealTagSize;
static_assert(kSize == 91);

constexpr std::uint8_t kNotTracked = 2;

constexpr codec::Bech32Form kForm{"ncryptsec", kSize, kLongestKeyText};
constexpr codec::Bech32Form kFormOfAnySize{"ncryptsec", std::nullopt, kLongestKeyText};

Result<SecretBuffer> decode(const SecretBuffer& text)
{
    if (text.size() > kLongestKeyText)
        return refuse(Why::TooLarge, {}, static_cast<qint64>(text.size()), kLongestKeyText);
    const SecretBuffer trimmed = text.trimmed();
    switch (keyFormOf(trimmed.text())) {
    case KeyForm::Npub:
    case KeyForm::Nprofile:
        return refuse(Why::PublicKeyGiven);
    case KeyForm::Nsec:
        return refuse(Why::WrongPrefix, QStringLiteral("nsec"));
    default:
        break;
    }
    // Another version may have another size, and whole it is not cut short.
    const auto whole = codec::secretFromBech32(trimmed.text(), kFormOfAnySize);
    if (whole && !whole->isEmpty() && whole->view()[0] != kVersion)
        return refuse(Why::UnsupportedVersion, {}, whole->view()[0]);
    return codec::secretFromBech32(trimmed.text(), kForm);
}

Result<Header> headerOf(const SecretBuffer& data)
{
    const Header header{data.view()[1], data.view()[kSecurityAt]};
    if (header.logN > kHighestLogN)
        return refuse(Why::ScryptCostTooHigh, {}, header.logN, kHighestLogN);
    if (header.logN == 0)
        return refuse(Why::NotThisForm);
    return header;
}

/// The one place where a passphrase is in QStrings, both wiped. ASCII, which NFKC leaves alone, never gets
/// there.
Result<SecretBuffer> toNfkc(const SecretBuffer& passphrase)
{
    const Bytes utf8 = passphrase.view();
    if (std::all_of(utf8.begin(), utf8.end(), [](std::uint8_t c) { return c < 0x80; }))
        return passphrase.clone();
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text;
    // Room for the longest expansion there is (U+FDFA, 18 to 1), which copies of it keep: so it never moves
    // while it grows.
    text.reserve(18 * static_cast<qsizetype>(utf8.size()));
    text.resize(static_cast<qsizetype>(utf8.size()));
    const QChar* end = decoder.appendToBuffer(text.data(),
        QByteArrayView(reinterpret_cast<const char*>(utf8.data()), static_cast<qsizetype>(utf8.size())));
    text.truncate(end - text.constData());
    QString normalized = text.normalized(QString::NormalizationForm_KC);
    SecretBuffer result = SecretBuffer::takeFrom(normalized); // first: they may share one storage
    wipe(text);
    if (decoder.hasError())
        return refuse(Why::NotThisForm);
    return result;
}

Result<SecretBuffer> deriveKey(const SecretBuffer& passphrase, Bytes salt, int logN)
{
    return toNfkc(passphrase).and_then([&](const SecretBuffer& text) {
        return crypto::scrypt(text.view(), salt, logN, 8, 1, crypto::kSealKeySize);
    });
}

bool isCancelled(const std::atomic_bool* cancel)
{
    return cancel && cancel->load();
}

} // namespace

Result<Header> inspect(const SecretBuffer& ncryptsec)
{
    return decode(ncryptsec).and_then(&headerOf);
}

Result<SecretKey> decrypt(
    const SecretBuffer& ncryptsec, const SecretBuffer& passphrase, const std::atomic_bool* cancel)
{
    const auto data = decode(ncryptsec);
    if (!data)
        return fail(data.error());
    const auto header = headerOf(*data);
    if (!header)
        return fail(header.error());
    if (isCancelled(cancel))
        return fail(ErrorCode::Cancelled);
    const Bytes bytes = data->view();
    const auto key = deriveKey(passphrase, bytes.subspan(kSaltAt, kSaltSize), header->logN);
    if (isCancelled(cancel))
        return fail(ErrorCode::Cancelled);
    if (!key)
        return fail(key.error());
    return crypto::unseal(bytes.subspan(kSealedAt), bytes.subspan(kSecurityAt, 1),
        bytes.subspan(kNonceAt, crypto::kSealNonceSize), *key)
        .and_then([](SecretBuffer secret) { return SecretKey::fromBytes(std::move(secret)); });
}

Result<QByteArray> encrypt(const SecretKey& key, const SecretBuffer& passphrase, Random& random, int logN)
{
    if (passphrase.isEmpty())
        return refuse(Why::Empty);
    if (logN < 1 || logN > kHighestLogN)
        return refuse(Why::ScryptCostTooHigh, {}, logN, kHighestLogN);
    ByteArray<kSealedAt> head{kVersion, static_cast<std::uint8_t>(logN)};
    random.fill(MutableBytes(head).subspan(kSaltAt, kSaltSize + crypto::kSealNonceSize));
    head[kSecurityAt] = kNotTracked;
    const Bytes bytes = head;
    return deriveKey(passphrase, bytes.subspan(kSaltAt, kSaltSize), logN)
        .map([&](const SecretBuffer& derived) {
            const QByteArray sealed = crypto::seal(key.bytes(), bytes.subspan(kSecurityAt, 1),
                bytes.subspan(kNonceAt, crypto::kSealNonceSize), derived);
            return codec::toBech32("ncryptsec", bytesOf(toQByteArray(bytes) + sealed)).toLatin1();
        });
}

} // namespace hatstand::nostr::nip49
