// SPDX-License-Identifier: MIT
#include "core/nostr/Lists.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QUrl>
#include <algorithm>
#include <optional>
#include <unordered_set>

namespace hatstand::nostr {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype kFieldLimit = 4096;
constexpr qsizetype kTitleLimit = 64;
constexpr qsizetype kUrlLimit = 512;
constexpr qsizetype kRelayLimit = 100;
/// ["p","…"], with 64 digits: no entry is shorter, so no list has more of them than this lets in.
constexpr qsizetype kShortestEntry = 72;

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

bool is(QByteArrayView item, QByteArrayView name)
{
    return item == name || (item.contains('\\') && TagReader::text(item).toUtf8() == name);
}

int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<ByteArray<32>> keyOf(QByteArrayView item)
{
    QByteArray unescaped;
    if (item.contains('\\')) {
        unescaped = TagReader::text(item).toUtf8();
        item = unescaped;
    }
    ByteArray<32> key{};
    if (item.size() != 2 * qsizetype(key.size()))
        return {};
    for (qsizetype i = 0; i < qsizetype(key.size()); ++i) {
        const int high = digit(item[2 * i]);
        const int low = digit(item[2 * i + 1]);
        if (high < 0 || low < 0)
            return {};
        key[size_t(i)] = std::uint8_t(high * 16 + low);
    }
    return key;
}

/// Seeded, so that nobody can choose keys that fall together.
struct KeyHash
{
    size_t operator()(const ByteArray<32>& key) const
    {
        return qHashBits(key.data(), key.size(), size_t(QHashSeed::globalSeed()));
    }
};

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

FollowList FollowList::fromEvent(const WireEvent& event)
{
    FollowList list;
    const auto most = size_t(event.tagsSize / kShortestEntry + 1);
    list.m_keys.reserve(most);
    list.m_texts.reserve(most);
    std::unordered_set<ByteArray<32>, KeyHash> seen(most);
    QHash<std::pair<QByteArray, QByteArray>, std::uint32_t> pairs;
    TagReader reader(event.tags());
    while (reader.nextTag()) {
        QByteArrayView item;
        if (!reader.nextItem(item) || !is(item, "p") || !reader.nextItem(item))
            continue;
        const auto key = keyOf(item);
        if (!key || !seen.insert(*key).second)
            continue;
        std::pair<QByteArray, QByteArray> texts;
        if (reader.nextItem(item) && item.size() <= kUrlLimit)
            texts.first = TagReader::text(item).toUtf8();
        if (reader.nextItem(item))
            texts.second = plainLine(TagReader::text(item)).toUtf8();
        std::uint32_t index = 0;
        if (!texts.first.isEmpty() || !texts.second.isEmpty()) {
            std::uint32_t& known = pairs[texts];
            if (known == 0) {
                list.m_pairs.push_back(texts);
                known = std::uint32_t(list.m_pairs.size());
            }
            index = known;
        }
        list.m_keys.push_back(*key);
        list.m_texts.push_back(index);
    }
    list.m_keys.shrink_to_fit();
    list.m_texts.shrink_to_fit();
    list.m_pairs.shrink_to_fit();
    return list;
}

FollowList::Entry FollowList::at(qsizetype index) const
{
    Entry entry{m_keys[size_t(index)], {}, {}};
    if (const std::uint32_t texts = m_texts[size_t(index)]; texts != 0) {
        entry.relay = QString::fromUtf8(m_pairs[texts - 1].first);
        entry.petname = QString::fromUtf8(m_pairs[texts - 1].second);
    }
    return entry;
}

bool FollowList::contains(const ByteArray<32>& key) const
{
    return std::find(m_keys.begin(), m_keys.end(), key) != m_keys.end();
}

qsizetype FollowList::bytes() const
{
    std::size_t fixed = sizeof *this;
    fixed += m_keys.capacity() * sizeof m_keys[0];
    fixed += m_texts.capacity() * sizeof m_texts[0];
    fixed += m_pairs.capacity() * sizeof m_pairs[0];
    auto sum = qsizetype(fixed);
    for (const auto& [relay, petname] : m_pairs)
        sum += relay.capacity() + petname.capacity();
    return sum;
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
    QUrl parsed = QUrl(url.trimmed(), QUrl::StrictMode).adjusted(QUrl::NormalizePathSegments);
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
