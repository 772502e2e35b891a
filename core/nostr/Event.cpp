// SPDX-License-Identifier: MIT
#include "core/nostr/Event.h"

#include "core/codec/Hex.h"
#include "core/crypto/Hash.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace hatstand::nostr {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype kLargestJson = qsizetype{4} * 1024 * 1024; // as relays' follow lists may be
constexpr qint64 kHighestKind = 65535;
constexpr qint64 kHighestTime
    = (qint64(1) << 53) - 1; // above it other programs' JSON loses digits, and the id with them

tl::unexpected<Error> bad(QLatin1StringView field)
{
    return refuse(Why::BadEvent, field);
}

bool isText(const QString& text)
{
    return text.isValidUtf16(); // a lone surrogate has no UTF-8, so no id
}

/// The checks that hold for an event however it arose.
Result<void> check(const UnsignedEvent& event)
{
    if (event.kind < 0 || event.kind > kHighestKind)
        return bad("kind"_L1);
    if (event.createdAt && (*event.createdAt < 0 || *event.createdAt > kHighestTime))
        return bad("created_at"_L1);
    for (const QStringList& tag : event.tags) {
        if (!std::all_of(tag.begin(), tag.end(), isText))
            return bad("tags"_L1);
    }
    if (!isText(event.content))
        return bad("content"_L1);
    return {};
}

/// RFC 8259 has control characters in strings only as escapes, and nine escapes. Qt takes whatever stands
/// there, others nothing of it.
bool holdsLaxString(const QByteArray& json)
{
    bool inString = false;
    bool escaped = false;
    for (const char c : json) {
        if (inString && static_cast<unsigned char>(c) < 0x20)
            return true;
        if (escaped && !QByteArrayView("\"\\/bfnrtu").contains(c))
            return true;
        if (c == '"' && !escaped)
            inString = !inString;
        escaped = inString && c == '\\' && !escaped;
    }
    return false;
}

Result<QJsonObject> parseObject(const QByteArray& json)
{
    if (json.size() > kLargestJson)
        return refuse(Why::TooLarge, {}, json.size(), kLargestJson);
    if (json.trimmed().isEmpty())
        return refuse(Why::Empty);
    if (holdsLaxString(json))
        return bad("JSON"_L1);
    // Qt drops a byte order mark at the start of a string; written as an escape it stays.
    QByteArray marked = json;
    marked.replace("\xef\xbb\xbf", "\\ufeff");
    const auto document = QJsonDocument::fromJson(marked); // takes UTF-8 only, and no deep nesting
    if (!document.isObject())
        return bad("JSON"_L1);
    return document.object();
}

std::optional<qint64> integer(const QJsonValue& value, qint64 highest)
{
    const qint64 number = value.toInteger(-1); // also for fractions and for what is not a number
    return number >= 0 && number <= highest ? std::optional(number) : std::nullopt;
}

std::optional<QList<QStringList>> tagsOf(const QJsonValue& value)
{
    if (!value.isArray())
        return std::nullopt;
    QList<QStringList> tags;
    for (const auto& item : value.toArray()) {
        if (!item.isArray())
            return std::nullopt;
        QStringList tag;
        for (const auto& part : item.toArray()) {
            if (!part.isString())
                return std::nullopt;
            tag.append(part.toString());
        }
        tags.append(tag);
    }
    return tags;
}

/// NIP-01 has lower case only.
template <std::size_t N>
std::optional<ByteArray<N>> hexOf(const QJsonValue& value)
{
    const QString text = value.toString();
    const QByteArray latin = text.toLatin1();
    const auto data = codec::fromHex({latin.constData(), static_cast<std::size_t>(latin.size())});
    if (!data || data->size() != qsizetype(N) || text != text.toLower())
        return std::nullopt;
    ByteArray<N> out;
    std::copy_n(bytesOf(*data).begin(), N, out.begin());
    return out;
}

Result<UnsignedEvent> unsignedOf(const QJsonObject& object)
{
    UnsignedEvent event;
    const auto kind = integer(object["kind"_L1], kHighestKind);
    if (!kind)
        return bad("kind"_L1);
    event.kind = static_cast<int>(*kind);
    if (!object["content"_L1].isString())
        return bad("content"_L1);
    event.content = object["content"_L1].toString();
    if (object.contains("created_at"_L1)) {
        event.createdAt = integer(object["created_at"_L1], kHighestTime);
        if (!event.createdAt)
            return bad("created_at"_L1);
    }
    if (object.contains("tags"_L1)) {
        auto tags = tagsOf(object["tags"_L1]);
        if (!tags)
            return bad("tags"_L1);
        event.tags = std::move(*tags);
    }
    if (object.contains("pubkey"_L1)) {
        const auto bytes = hexOf<32>(object["pubkey"_L1]);
        const auto key = bytes ? PublicKey::fromBytes(*bytes) : bad("pubkey"_L1);
        if (!key)
            return bad("pubkey"_L1);
        event.pubkey = *key;
    }
    return check(event).map([&] { return std::move(event); });
}

/// NIP-01 names seven escapes. Control characters without a letter of their own are written \u00XX, as every
/// JSON library that makes or checks ids does: raw, no relay would take the event.
void appendString(QByteArray& out, const QString& text)
{
    out += '"';
    for (const char c : text.toUtf8()) {
        switch (c) {
        case '\n':
            out += "\\n";
            break;
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                out += "\\u" + QByteArray::number(c, 16).rightJustified(4, '0');
            else
                out += c;
        }
    }
    out += '"';
}

void appendTags(QByteArray& out, const QList<QStringList>& tags)
{
    out += '[';
    for (qsizetype i = 0; i < tags.size(); ++i) {
        out += i == 0 ? "[" : ",[";
        for (qsizetype j = 0; j < tags[i].size(); ++j) {
            if (j > 0)
                out += ',';
            appendString(out, tags[i][j]);
        }
        out += ']';
    }
    out += ']';
}

} // namespace

Result<UnsignedEvent> parseUnsigned(const QByteArray& json)
{
    return parseObject(json).and_then(&unsignedOf);
}

Result<Event> parseSigned(const QByteArray& json)
{
    const auto object = parseObject(json);
    if (!object)
        return fail(object.error());
    const auto claimed = unsignedOf(*object);
    if (!claimed)
        return fail(claimed.error());
    for (const auto field : {"pubkey"_L1, "created_at"_L1, "tags"_L1}) {
        if (!object->contains(field))
            return bad(field);
    }
    const auto id = hexOf<32>((*object)["id"_L1]);
    if (!id
        || *id
            != eventId(*claimed->pubkey, *claimed->createdAt, claimed->kind, claimed->tags, claimed->content))
        return bad("id"_L1);
    const auto signature = hexOf<64>((*object)["sig"_L1]);
    if (!signature || !verify(*claimed->pubkey, *id, *signature))
        return bad("sig"_L1);
    return Event{*id, *claimed->pubkey, *claimed->createdAt, claimed->kind, claimed->tags, claimed->content,
        *signature};
}

ByteArray<32> eventId(const PublicKey& pubkey, qint64 createdAt, int kind, const QList<QStringList>& tags,
    const QString& content)
{
    QByteArray canonical = "[0,\"" + pubkey.hex().toLatin1() + "\"," + QByteArray::number(createdAt) + ','
        + QByteArray::number(kind) + ',';
    appendTags(canonical, tags);
    canonical += ',';
    appendString(canonical, content);
    canonical += ']';
    return crypto::sha256(bytesOf(canonical));
}

Result<Event> sign(const UnsignedEvent& event, const SecretKey& key, qint64 now, Random& random)
{
    if (const auto valid = check(event); !valid)
        return fail(valid.error());
    const PublicKey own = key.publicKey();
    if (event.pubkey && *event.pubkey != own)
        return fail(ErrorCode::WrongAccount, event.pubkey->npub());
    const qint64 createdAt = event.createdAt.value_or(now);
    const ByteArray<32> id = eventId(own, createdAt, event.kind, event.tags, event.content);
    const ByteArray<64> signature = key.sign(id, random);
    // A signature with a fault in it can give the key away (BIP-340), so none leaves unchecked.
    if (!verify(own, id, signature))
        return fail(ErrorCode::Failed, u"the signature does not verify"_s);
    return Event{id, own, createdAt, event.kind, event.tags, event.content, signature};
}

QByteArray toJson(const Event& event)
{
    QByteArray json = "{\"id\":\"" + codec::toHex(event.id).toLatin1() + "\",\"pubkey\":\""
        + event.pubkey.hex().toLatin1() + "\",\"created_at\":" + QByteArray::number(event.createdAt)
        + ",\"kind\":" + QByteArray::number(event.kind) + ",\"tags\":";
    appendTags(json, event.tags);
    json += ",\"content\":";
    appendString(json, event.content);
    json += ",\"sig\":\"" + codec::toHex(event.signature).toLatin1() + "\"}";
    return json;
}

} // namespace hatstand::nostr
