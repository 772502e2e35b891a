// SPDX-License-Identifier: MIT
#include "core/secrets/VaultFile.h"

#include <QStringDecoder>
#include <QtEndian>
#include <optional>
#include <sodium.h>

namespace hatstand::secrets {
namespace {

constexpr QByteArrayView kMagic("HATVAULT");
constexpr quint32 kVersion = 1;
constexpr unsigned long long kMaxOps = 16;
constexpr quint64 kMaxMemory = 1ull << 30;
constexpr qsizetype kCheckSize = 16;
constexpr qsizetype kHashSize = 32;
constexpr qsizetype kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
enum SubKey : quint64 { SealKey = 1, MacKey = 2, CheckKey = 3 };

const unsigned char* data(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

template <class T>
void append(QByteArray& out, T number)
{
    const T little = qToLittleEndian(number);
    out.append(reinterpret_cast<const char*>(&little), sizeof(T));
}

SecretBuffer subKey(const SecretBuffer& master, SubKey which)
{
    static_assert(crypto_kdf_KEYBYTES == 32 && crypto_kdf_CONTEXTBYTES == 8);
    SecretBuffer key(32);
    crypto_kdf_derive_from_key(key.edit().data(), key.size(), which, "HatVault", master.view().data());
    return key;
}

QByteArray hash(QByteArrayView text, qsizetype size, const SecretBuffer& key = {})
{
    QByteArray out(size, Qt::Uninitialized);
    crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), static_cast<std::size_t>(size),
        data(text), static_cast<unsigned long long>(text.size()), key.view().data(), key.size());
    return out;
}

QByteArray headOf(const KeyParameters& parameters)
{
    QByteArray head = kMagic.toByteArray();
    append<quint32>(head, kVersion);
    append<quint64>(head, parameters.opsLimit);
    append<quint64>(head, parameters.memLimit);
    return head + toQByteArray(parameters.salt);
}

bool areEqual(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size())) == 0;
}

/// Takes from the front and never past the end.
class Reader
{
public:
    explicit Reader(QByteArrayView rest)
        : m_rest(rest)
    {
    }
    std::optional<QByteArrayView> take(quint64 size)
    {
        if (size > static_cast<quint64>(m_rest.size()))
            return {};
        const auto front = m_rest.first(static_cast<qsizetype>(size));
        m_rest = m_rest.sliced(static_cast<qsizetype>(size));
        return front;
    }
    template <class T>
    std::optional<T> number()
    {
        const auto bytes = take(sizeof(T));
        return bytes ? std::optional<T>(qFromLittleEndian<T>(bytes->data())) : std::nullopt;
    }
    std::optional<QByteArrayView> block(std::optional<quint64> size)
    {
        return size ? take(*size) : std::nullopt;
    }
    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }

private:
    QByteArrayView m_rest;
};

tl::unexpected<Error> damaged(const char* what)
{
    return fail(ErrorCode::Damaged, QString::fromLatin1(what));
}

Result<KeyParameters> readHead(Reader& reader)
{
    if (reader.take(static_cast<quint64>(kMagic.size())) != kMagic)
        return damaged("not a vault");
    const auto version = reader.number<quint32>();
    if (version && *version != kVersion)
        return fail({ErrorCode::Damaged, Why::UnsupportedVersion, {}, *version, kVersion});
    const auto ops = reader.number<quint64>();
    const auto memory = reader.number<quint64>();
    KeyParameters parameters;
    const auto salt = reader.take(parameters.salt.size());
    if (!salt)
        return damaged("cut short");
    parameters.opsLimit = *ops;
    parameters.memLimit = *memory;
    if (!isBearable(parameters))
        return damaged("limits of the key derivation");
    std::copy(salt->begin(), salt->end(), parameters.salt.begin());
    return parameters;
}

bool isUtf8(QByteArrayView text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(text);
    return !decoder.hasError() && decoded.toUtf8() == text;
}

Result<std::map<QByteArray, QByteArray>> readEntries(Reader& reader)
{
    std::map<QByteArray, QByteArray> entries;
    const auto count = reader.number<quint32>();
    for (quint32 i = 0; count && i < *count; ++i) {
        const auto key = reader.block(reader.number<quint16>());
        const auto sealed = reader.block(reader.number<quint32>());
        if (!key || !sealed || sealed->size() < kNonceSize + kTagSize)
            return damaged("an entry is cut short");
        QByteArray owned = key->toByteArray();
        if (!isUtf8(*key) || (!entries.empty() && owned <= entries.rbegin()->first))
            return damaged("an entry's name");
        entries.emplace_hint(entries.end(), std::move(owned), sealed->toByteArray());
    }
    if (!count || !reader.atEnd())
        return damaged("more or less than the entries");
    return entries;
}

} // namespace

bool isBearable(const KeyParameters& parameters)
{
    return parameters.opsLimit >= crypto_pwhash_OPSLIMIT_MIN && parameters.opsLimit <= kMaxOps
        && parameters.memLimit >= crypto_pwhash_MEMLIMIT_MIN && parameters.memLimit <= kMaxMemory;
}

SecretBuffer deriveMasterKey(const KeyParameters& parameters, const SecretBuffer& passphrase)
{
    SecretBuffer key(crypto_kdf_KEYBYTES);
    const int failed
        = crypto_pwhash(key.edit().data(), key.size(), passphrase.text().data(), passphrase.size(),
            parameters.salt.data(), parameters.opsLimit, parameters.memLimit, crypto_pwhash_ALG_ARGON2ID13);
    return failed ? SecretBuffer() : std::move(key);
}

Result<VaultFile> VaultFile::parse(Bytes content)
{
    const QByteArrayView whole(content.data(), static_cast<qsizetype>(content.size()));
    if (whole.size() > maxSize || whole.size() < 2 * kHashSize)
        return damaged("too large, or cut short");
    const QByteArrayView authenticated = whole.chopped(2 * kHashSize);
    Reader reader(authenticated);
    auto parameters = readHead(reader);
    if (!parameters)
        return fail(parameters.error());
    if (!areEqual(hash(whole.chopped(kHashSize), kHashSize), whole.last(kHashSize)))
        return damaged("checksum");
    if (!reader.take(kCheckSize))
        return damaged("cut short");
    auto entries = readEntries(reader);
    if (!entries)
        return fail(entries.error());
    VaultFile file(*parameters);
    file.m_entries = std::move(*entries);
    file.m_authenticated = authenticated.toByteArray();
    file.m_mac = whole.sliced(authenticated.size(), kHashSize).toByteArray();
    return file;
}

Result<void> VaultFile::verify(const SecretBuffer& master) const
{
    const QByteArray head = headOf(m_parameters);
    const auto check = QByteArrayView(m_authenticated).sliced(head.size(), kCheckSize);
    if (!areEqual(hash(head, kCheckSize, subKey(master, CheckKey)), check))
        return fail(ErrorCode::WrongPassphrase);
    if (!areEqual(hash(m_authenticated, kHashSize, subKey(master, MacKey)), m_mac))
        return damaged("authentication");
    return {};
}

QByteArray VaultFile::serialised(const SecretBuffer& master) const
{
    QByteArray out = headOf(m_parameters);
    out += hash(out, kCheckSize, subKey(master, CheckKey));
    append<quint32>(out, static_cast<quint32>(m_entries.size()));
    for (const auto& [key, sealed] : m_entries) {
        append<quint16>(out, static_cast<quint16>(key.size()));
        out += key;
        append<quint32>(out, static_cast<quint32>(sealed.size()));
        out += sealed;
    }
    out += hash(out, kHashSize, subKey(master, MacKey));
    out += hash(out, kHashSize);
    return out;
}

QList<QByteArray> VaultFile::keys() const
{
    QList<QByteArray> keys;
    for (const auto& [key, sealed] : m_entries)
        keys.append(key);
    return keys;
}

Result<SecretBuffer> VaultFile::open(const QByteArray& key, const SecretBuffer& master) const
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return fail(ErrorCode::SecretMissing);
    const QByteArrayView nonce = QByteArrayView(found->second).first(kNonceSize);
    const QByteArrayView sealed = QByteArrayView(found->second).sliced(kNonceSize);
    const QByteArray context = headOf(m_parameters) + key;
    SecretBuffer value(static_cast<std::size_t>(sealed.size() - kTagSize));
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(value.edit().data(), nullptr, nullptr,
        data(sealed), static_cast<unsigned long long>(sealed.size()), data(context),
        static_cast<unsigned long long>(context.size()), data(nonce), subKey(master, SealKey).view().data());
    if (failed)
        return damaged("an entry");
    return value;
}

void VaultFile::put(
    const QByteArray& key, const SecretBuffer& value, const SecretBuffer& master, Random& random)
{
    ByteArray<kNonceSize> nonce;
    random.fill(nonce);
    const QByteArray context = headOf(m_parameters) + key;
    QByteArray sealed(static_cast<qsizetype>(value.size()) + kTagSize, Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.data()), nullptr,
        value.view().data(), value.size(), data(context), static_cast<unsigned long long>(context.size()),
        nullptr, nonce.data(), subKey(master, SealKey).view().data());
    m_entries[key] = toQByteArray(nonce) + sealed;
}

bool VaultFile::remove(const QByteArray& key)
{
    return m_entries.erase(key) > 0;
}

} // namespace hatstand::secrets
