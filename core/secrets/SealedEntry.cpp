// SPDX-License-Identifier: MIT
#include "core/secrets/SealedEntry.h"

#include <QtEndian>
#include <sodium.h>

namespace hatstand::secrets {
namespace {

constexpr std::size_t kKeySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kHeadSize = 1 + 1 + 8 + 8 + 16;
constexpr std::size_t kSealedKeySize = kNonceSize + kKeySize + kTagSize;
constexpr std::size_t kCheckSize = 32;
constexpr char kFormat = 1;
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

/// nonce | ciphertext.
QByteArray seal(
    const SecretBuffer& plain, const QByteArray& associated, const SecretBuffer& key, Random& random)
{
    ByteArray<kNonceSize> nonce;
    random.fill(nonce);
    QByteArray sealed(static_cast<qsizetype>(plain.size() + kTagSize), Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<std::uint8_t*>(sealed.data()), nullptr,
        plain.view().data(), plain.size(), bytesOf(associated).data(), bytesOf(associated).size(), nullptr,
        nonce.data(), key.view().data());
    return toQByteArray(nonce) + sealed;
}

/// Empty where it does not open; what is sealed is never empty.
SecretBuffer unseal(Bytes sealed, const QByteArray& associated, const SecretBuffer& key)
{
    if (sealed.size() <= kNonceSize + kTagSize || key.size() != kKeySize)
        return {};
    const Bytes nonce = sealed.first(kNonceSize);
    const Bytes text = sealed.subspan(kNonceSize);
    SecretBuffer plain(text.size() - kTagSize);
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(plain.edit().data(), nullptr, nullptr,
        text.data(), text.size(), bytesOf(associated).data(), bytesOf(associated).size(), nonce.data(),
        key.view().data());
    return failed ? SecretBuffer() : std::move(plain);
}

SecretBuffer toEntry(SecretType type, const QByteArray& data)
{
    const std::size_t size = static_cast<std::size_t>(data.size());
    SecretBuffer text(sodium_base64_encoded_len(size, kBase64)); // the last is a zero byte
    sodium_bin2base64(
        reinterpret_cast<char*>(text.edit().data()), text.size(), bytesOf(data).data(), size, kBase64);
    text.truncate(text.size() - 1);
    return encode({type, std::move(text)});
}

/// libsodium takes one text for one value: no padding, no white space, no bits left over. Empty if it is not.
QByteArray fromBase64(std::string_view text)
{
    QByteArray data(static_cast<qsizetype>(text.size()), Qt::Uninitialized);
    std::size_t size = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(reinterpret_cast<std::uint8_t*>(data.data()), text.size(),
        text.data(), text.size(), nullptr, &size, &end, kBase64);
    if (failed || end != text.data() + text.size())
        return {};
    data.truncate(static_cast<qsizetype>(size));
    return data;
}

QByteArray little(quint64 number)
{
    const quint64 turned = qToLittleEndian(number);
    return {reinterpret_cast<const char*>(&turned), sizeof(turned)};
}

QByteArray headOf(LockState state, const KeyParameters& parameters)
{
    QByteArray head;
    head += kFormat;
    head += static_cast<char>(state);
    head += little(parameters.opsLimit) + little(parameters.memLimit);
    return head + toQByteArray(parameters.salt);
}

QByteArray checksumOf(const QByteArray& data)
{
    ByteArray<kCheckSize> hash;
    crypto_generichash(hash.data(), hash.size(), bytesOf(data).data(), bytesOf(data).size(), nullptr, 0);
    return toQByteArray(hash);
}

tl::unexpected<Error> damaged(const char* what)
{
    return fail(ErrorCode::Damaged, QString::fromLatin1(what));
}

} // namespace

SecretBuffer sealEntry(
    const QString& key, const SecretBuffer& value, const SecretBuffer& dataKey, Random& random)
{
    return toEntry(SecretType::Sealed, seal(value, key.toUtf8(), dataKey, random));
}

Result<SecretBuffer> openEntry(const QString& key, const StoredSecret& stored, const SecretBuffer& dataKey)
{
    if (stored.type != SecretType::Sealed)
        return damaged("not a sealed entry");
    SecretBuffer value = unseal(bytesOf(fromBase64(stored.data.text())), key.toUtf8(), dataKey);
    if (value.isEmpty())
        return damaged("a sealed entry");
    return value;
}

LockEntry::LockEntry(LockState state, const KeyParameters& parameters, const SecretBuffer& dataKey,
    const SecretBuffer& master, Random& random)
    : m_state(state)
    , m_parameters(parameters)
    , m_sealed(seal(dataKey, headOf(state, parameters), master, random))
{
}

Result<LockEntry> LockEntry::parse(const SecretBuffer& value)
{
    const auto stored = decodeStoredSecret(value);
    if (!stored || stored->type != SecretType::Lock)
        return damaged("not the lock's entry");
    const QByteArray whole = fromBase64(stored->data.text());
    if (whole.isEmpty())
        return damaged("the lock's entry is not base64url");
    if (whole.front() != kFormat)
        return fail({ErrorCode::Damaged, Why::UnsupportedVersion, {}, whole.front(), kFormat});
    if (static_cast<std::size_t>(whole.size()) != kHeadSize + kSealedKeySize + kCheckSize)
        return damaged("the lock's entry is too long, or cut short");
    const QByteArray before = whole.chopped(kCheckSize);
    if (checksumOf(before) != whole.right(kCheckSize))
        return damaged("the lock's checksum");
    LockEntry entry;
    entry.m_state = static_cast<LockState>(whole[1]);
    entry.m_parameters.opsLimit = qFromLittleEndian<quint64>(whole.constData() + 2);
    entry.m_parameters.memLimit = qFromLittleEndian<quint64>(whole.constData() + 10);
    std::copy_n(bytesOf(whole).begin() + 18, entry.m_parameters.salt.size(), entry.m_parameters.salt.begin());
    entry.m_sealed = before.mid(kHeadSize);
    if (entry.m_state != LockState::Done && entry.m_state != LockState::Wrapping
        && entry.m_state != LockState::Unwrapping)
        return damaged("the lock's state");
    if (!isBearable(entry.m_parameters))
        return damaged("limits of the key derivation");
    return entry;
}

SecretBuffer LockEntry::encoded() const
{
    const QByteArray data = headOf(m_state, m_parameters) + m_sealed;
    return toEntry(SecretType::Lock, data + checksumOf(data));
}

Result<SharedSecret> LockEntry::open(const SecretBuffer& master) const
{
    SecretBuffer key = unseal(bytesOf(m_sealed), headOf(m_state, m_parameters), master);
    if (key.isEmpty())
        return fail(ErrorCode::WrongPassphrase);
    return std::make_shared<const SecretBuffer>(std::move(key));
}

} // namespace hatstand::secrets
