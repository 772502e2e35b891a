// SPDX-License-Identifier: MIT
#include "core/nostr/Lists.h"

#include "core/nostr/ListTags.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QUrl>
#include <QtEndian>
#include <algorithm>

namespace hatstand::nostr {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype kFieldLimit = 4096;
constexpr qsizetype kTitleLimit = 64;
constexpr qsizetype kRelayLimit = 100;
/// Characters that shape others and show nothing alone.
bool isJoiner(char32_t c)
{
    return c == 0x200c || c == 0x200d || c == 0xfe0e || c == 0xfe0f;
}

bool isDropped(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
        return !isJoiner(c);
    default: // fillers and selectors count as letters and marks, and still leave nothing on the screen
        return c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 || c == 0x2800
            || c == 0x3164 || c == 0xffa0 || (c >= 0x180b && c <= 0x180f) || (c >= 0xfe00 && c <= 0xfe0d)
            || (c >= 0xe0100 && c <= 0xe01ef);
    }
}

/// Of eight hex digits, all at once: the value of each in its own byte of a word.
bool fourBytes(const char* digits, std::uint8_t* bytes)
{
    constexpr std::uint64_t each = 0x0101010101010101U;
    std::uint64_t word = qFromLittleEndian<std::uint64_t>(digits);
    word |= (word & each * 0x40) >> 1; // letters in lower case
    const std::uint64_t values = (word & each * 0x0f) + 9 * (word >> 6 & each);
    // What is a digit is what its value is written as.
    const std::uint64_t isLetter = (values + each * 6) >> 4 & each;
    if ((values & each * 0xf0) != 0 || values + each * '0' + isLetter * ('a' - '0' - 10) != word)
        return false;
    for (int i = 0; i < 4; ++i)
        bytes[i] = std::uint8_t(values >> (16 * i) << 4 | (values >> (16 * i + 8) & 0x0f));
    return true;
}

QString fieldOf(const QJsonObject& object, QLatin1StringView name)
{
    QString text = object.value(name).toString();
    if (text.size() > kFieldLimit) {
        text.truncate(kFieldLimit);
        if (text.back().isHighSurrogate())
            text.chop(1);
    }
    return text;
}

std::optional<Muted> mutedOf(QByteArrayView name, QByteArrayView value, bool isPrivate)
{
    const bool isPerson = is(name, "p");
    if (isPerson || is(name, "e")) {
        const auto key = keyOf(value);
        if (!key)
            return {};
        return Muted{isPerson ? Muted::What::Person : Muted::What::Thread,
            QString::fromLatin1(QByteArray(reinterpret_cast<const char*>(key->data()), 32).toHex()),
            isPrivate};
    }
    const bool isWord = is(name, "word");
    if (!isWord && !is(name, "t"))
        return {};
    QString text = TagReader::text(value).toLower();
    if (text.trimmed().isEmpty()) // it would mute everything
        return {};
    return Muted{isWord ? Muted::What::Word : Muted::What::Hashtag, std::move(text), isPrivate};
}

void appendMuted(QList<Muted>& list, QByteArrayView tags, bool isPrivate)
{
    QSet<std::pair<int, QString>> seen;
    TagReader reader(tags);
    while (reader.nextTag()) {
        QByteArrayView name;
        QByteArrayView value;
        if (!reader.nextItem(name) || !reader.nextItem(value))
            continue;
        const auto muted = mutedOf(name, value, isPrivate);
        if (!muted)
            continue;
        const auto before = seen.size();
        seen.insert({int(muted->what), muted->value});
        if (seen.size() > before)
            list += *muted;
    }
}

} // namespace

QString plainLine(const QString& text)
{
    QList<char32_t> kept;
    bool gap = false;
    bool visible = false;
    const QList<uint> characters = text.toUcs4();
    for (const char32_t c : characters) {
        if (QChar::isSpace(c)) {
            gap = !kept.isEmpty();
            continue;
        }
        if (isDropped(c))
            continue;
        if (gap)
            kept += U' ';
        gap = false;
        kept += c;
        visible = visible || !isJoiner(c);
    }
    if (!visible)
        return {};
    if (kept.size() > kTitleLimit) {
        kept.resize(kTitleLimit - 1);
        kept += U'…';
    }
    return QString::fromUcs4(kept.constData(), kept.size());
}

bool is(QByteArrayView item, QByteArrayView name)
{
    return item == name || (item.contains('\\') && TagReader::text(item).toUtf8() == name);
}

std::optional<ByteArray<32>> keyOf(QByteArrayView item)
{
    QByteArray unescaped;
    if (item.size() != 64 && item.contains('\\')) {
        unescaped = TagReader::text(item).toUtf8();
        item = unescaped;
    }
    ByteArray<32> key{};
    if (item.size() != 2 * qsizetype(key.size()))
        return {};
    bool ok = true;
    for (std::size_t i = 0; i < key.size(); i += 4)
        ok = fourBytes(item.data() + 2 * i, key.data() + i) && ok;
    return ok ? std::optional(key) : std::nullopt;
}

const QList<int>& accountKinds()
{
    static const QList<int> kinds{
        kProfileKind, kFollowsKind, kMutesKind, kRelaysKind, kBlockedRelaysKind, kMessageRelaysKind};
    return kinds;
}

QString Profile::title() const
{
    const QString shown = plainLine(displayName);
    return shown.isEmpty() ? plainLine(name) : shown;
}

QJsonObject Profile::toJson() const
{
    QJsonObject object;
    const auto put = [&object](QLatin1StringView key, const QString& value) {
        if (!value.isEmpty())
            object.insert(key, value);
    };
    put("name"_L1, name);
    put("display_name"_L1, displayName);
    put("picture"_L1, picture);
    put("banner"_L1, banner);
    put("about"_L1, about);
    put("nip05"_L1, nip05);
    put("lud16"_L1, lud16);
    return object;
}

Profile profileOf(const WireEvent& event)
{
    const QJsonObject object = QJsonDocument::fromJson(event.content().toUtf8()).object();
    return {.name = fieldOf(object, "name"_L1),
        .displayName = fieldOf(object, "display_name"_L1),
        .picture = fieldOf(object, "picture"_L1),
        .banner = fieldOf(object, "banner"_L1),
        .about = fieldOf(object, "about"_L1),
        .nip05 = fieldOf(object, "nip05"_L1),
        .lud16 = fieldOf(object, "lud16"_L1)};
}

MuteList muteListOf(const WireEvent& event)
{
    MuteList list;
    appendMuted(list.entries, event.tags(), false);
    list.hasPrivate = event.contentSize > 2; // more than its quotes
    return list;
}

Result<MuteList> muteListOf(const WireEvent& event, const QByteArray& privateTags)
{
    if (!isTagArray(privateTags))
        return refuse(Why::BadEvent, u"content"_s);
    MuteList list = muteListOf(event);
    appendMuted(list.entries, privateTags.trimmed(), true);
    list.isPrivateRead = true;
    return list;
}

bool isTagArray(const QByteArray& json)
{
    if (!json.trimmed().startsWith('[')) // the parser would skip a byte order mark
        return false;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray())
        return false;
    const QJsonArray tags = document.array();
    return std::all_of(tags.begin(), tags.end(), [](const QJsonValue& tag) {
        const QJsonArray items = tag.toArray();
        return tag.isArray() && std::all_of(items.begin(), items.end(), [](const QJsonValue& item) {
            return item.isString();
        });
    });
}

bool isNip04(QStringView content)
{
    return content.contains("?iv="_L1);
}

Result<QString> normaliseRelay(const QString& url)
{
    const auto no = [] { return refuse(Why::NotThisForm); };
    if (url.size() > kUrlLimit)
        return no();
    QUrl parsed(url.trimmed(), QUrl::StrictMode);
    for (QUrl before; parsed != before;) { // of several slashes in a row each turn takes one
        before = parsed;
        parsed = before.adjusted(QUrl::NormalizePathSegments);
    }
    const bool isPlain = parsed.scheme() == "ws"_L1;
    if (!parsed.isValid() || (!isPlain && parsed.scheme() != "wss"_L1) || parsed.host().isEmpty()
        || !parsed.userInfo().isEmpty() || parsed.port() == 0)
        return no();
    if (parsed.port() == (isPlain ? 80 : 443))
        parsed.setPort(-1);
    if (const QString host = parsed.host(); host.endsWith(u'.')) // the same host to every look-up
        parsed.setHost(host.chopped(1));
    if (parsed.host().isEmpty() || parsed.host().endsWith(u'.'))
        return no();
    parsed.setFragment({});
    if (parsed.path() == "/"_L1)
        parsed.setPath({});
    if (parsed.query().isEmpty())
        parsed.setQuery(QString());
    QString text = parsed.toString(QUrl::FullyEncoded);
    if (text.size() > kUrlLimit)
        return no();
    return text;
}

QList<Relay> relayListOf(const WireEvent& event)
{
    QList<Relay> list;
    TagReader reader(event.tags());
    while (reader.nextTag()) {
        QByteArrayView item;
        if (!reader.nextItem(item) || !is(item, "r") || !reader.nextItem(item))
            continue;
        const auto url = normaliseRelay(TagReader::text(item));
        if (!url)
            continue;
        Relay relay{.url = *url};
        if (reader.nextItem(item)) {
            relay.read = !is(item, "write");
            relay.write = !is(item, "read");
        }
        const auto known = std::find_if(
            list.begin(), list.end(), [&relay](const Relay& other) { return other.url == relay.url; });
        if (known != list.end()) { // once to read and once to write is both
            known->read = known->read || relay.read;
            known->write = known->write || relay.write;
        } else if (list.size() < kRelayLimit) {
            list += relay;
        }
    }
    return list;
}

QStringList relayUrlsOf(const WireEvent& event)
{
    QStringList list;
    QSet<QString> seen;
    TagReader reader(event.tags());
    while (reader.nextTag()) {
        QByteArrayView item;
        if (!reader.nextItem(item) || !is(item, "relay") || !reader.nextItem(item))
            continue;
        const auto url = normaliseRelay(TagReader::text(item));
        if (url && !seen.contains(*url)) {
            seen.insert(*url);
            list += *url;
        }
    }
    return list;
}

} // namespace hatstand::nostr
