// SPDX-License-Identifier: MIT
#include "core/nostr/Nip19.h"

#include "core/codec/Bech32.h"

#include <algorithm>
#include <cctype>

namespace hatstand::nostr {
namespace {

constexpr std::uint8_t kSpecial = 0;
constexpr std::uint8_t kRelay = 1;
constexpr qsizetype kLongestValue = 255;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\n\v\f\r";
    const std::size_t first = std::min(text.find_first_not_of(space), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(space) + 1);
}

bool isEntity(std::string_view text, std::string_view prefix)
{
    return text.size() > prefix.size() && text[prefix.size()] == '1'
        && std::equal(prefix.begin(), prefix.end(), text.begin(),
            [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

Result<QByteArray> decode(const QString& text, std::string_view prefix, std::optional<std::size_t> bytes)
{
    // Latin-1, so that places count characters; what it lacks becomes a character that no form has.
    const QByteArray latin = text.trimmed().toLatin1();
    return codec::fromBech32(
        {latin.constData(), static_cast<std::size_t>(latin.size())}, {prefix, bytes, kLongestKeyText});
}

void append(QByteArray& fields, std::uint8_t type, Bytes value)
{
    fields.append(static_cast<char>(type));
    fields.append(static_cast<char>(value.size()));
    fields.append(toQByteArray(value));
}

} // namespace

KeyForm keyFormOf(std::string_view text)
{
    struct Entity
    {
        std::string_view prefix;
        KeyForm form;
    };
    constexpr Entity entities[] = {
        {"npub", KeyForm::Npub},
        {"nprofile", KeyForm::Nprofile},
        {"nsec", KeyForm::Nsec},
        {"ncryptsec", KeyForm::Ncryptsec},
        {"note", KeyForm::Note},
        {"nevent", KeyForm::OtherEntity},
        {"naddr", KeyForm::OtherEntity},
        {"nrelay", KeyForm::OtherEntity},
    };
    text = trimmed(text);
    for (const Entity& entity : entities) {
        if (isEntity(text, entity.prefix))
            return entity.form;
    }
    const bool allHex = std::all_of(
        text.begin(), text.end(), [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
    return !text.empty() && allHex ? KeyForm::Hex : KeyForm::Unknown;
}

Result<QString> toNprofile(const KeyWithRelays& profile)
{
    QByteArray fields;
    append(fields, kSpecial, profile.pubkey.bytes());
    for (const QString& relay : profile.relays) {
        const QByteArray url = relay.toUtf8();
        if (url.size() > kLongestValue)
            return refuse(Why::TooLong, {}, url.size(), kLongestValue);
        append(fields, kRelay, bytesOf(url));
    }
    return codec::toBech32("nprofile", bytesOf(fields));
}

Result<KeyWithRelays> parseNprofile(const QString& text)
{
    const auto decoded = decode(text, "nprofile", std::nullopt);
    if (!decoded)
        return fail(decoded.error());
    std::optional<PublicKey> pubkey;
    QStringList relays;
    for (Bytes rest = bytesOf(*decoded); !rest.empty();) {
        if (rest.size() < 2 || rest.size() - 2 < rest[1])
            return refuse(Why::NotThisForm);
        const std::uint8_t type = rest[0];
        const Bytes value = rest.subspan(2, rest[1]);
        rest = rest.subspan(2 + value.size());
        if (type == kSpecial && !pubkey) {
            const auto key = PublicKey::fromBytes(value);
            if (!key)
                return fail(key.error());
            pubkey = *key;
        } else if (type == kRelay) {
            relays.append(QString::fromUtf8(toQByteArray(value)));
        }
    }
    if (!pubkey)
        return refuse(Why::NotThisForm);
    return KeyWithRelays{*pubkey, relays};
}

QString toNote(const ByteArray<32>& eventId)
{
    return codec::toBech32("note", eventId);
}

Result<ByteArray<32>> parseNote(const QString& text)
{
    return decode(text, "note", 32).map([](const QByteArray& data) {
        ByteArray<32> id;
        std::copy_n(bytesOf(data).begin(), id.size(), id.begin());
        return id;
    });
}

} // namespace hatstand::nostr
