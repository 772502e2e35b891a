// SPDX-License-Identifier: MIT
#include "core/nostr/Event.h"
#include "core/nostr/ListEdit.h"
#include "core/nostr/RelayMessage.h"
#include "tests/fuzz/Fuzz.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

using namespace hatstand;
using namespace hatstand::nostr;
using namespace Qt::Literals::StringLiterals;
using hatstand::fuzz::must;

namespace {

constexpr qint64 kNow = 1700000000;

const SecretKey& author()
{
    static const SecretKey key
        = SecretKey::fromBytes(SecretBuffer::copyOf(std::string_view("0123456789abcdef0123456789abcdef")))
              .value();
    return key;
}

bool isMeant(const QStringList& tag, const QString& name, const QString& value)
{
    return tag.size() > 1 && tag[0] == name && tag[1].toLower() == value.toLower();
}

/// What the next event is made of, which every JSON reader has to read.
UnsignedEvent nextOf(const QByteArray& json)
{
    must(QJsonDocument::fromJson(json).isObject());
    const auto next = parseUnsigned(json);
    must(next.has_value() && next->createdAt >= kNow);
    return *next;
}

/// An entry is put behind all others, or taken out, and nothing else changes.
void checkChange(
    const NextEvent& put, const NextEvent& taken, const UnsignedEvent& base, const QStringList& tag)
{
    const auto meant = [&tag](const QStringList& other) { return isMeant(other, tag[0], tag[1]); };
    const bool isIn = std::any_of(base.tags.begin(), base.tags.end(), meant);
    must(put.has_value() != isIn && taken.has_value() == isIn);
    const UnsignedEvent next = nextOf(isIn ? *taken : *put);
    QList<QStringList> tags = base.tags;
    if (isIn)
        tags.removeIf(meant);
    else
        tags += tag;
    must(next.tags == tags && next.content == base.content);
}

void checkEdits(const WireEvent& event, const UnsignedEvent& read)
{
    const PublicKey who = author().publicKey();
    checkChange(follow(&event, who, u"wss://relay.example"_s, u"a \"b\" \\ c"_s, kNow),
        unfollow(&event, who, kNow), read, {u"p"_s, who.hex(), u"wss://relay.example"_s, u"a \"b\" \\ c"_s});
    const Muted word{Muted::What::Word, u"spam"_s, false};
    checkChange(mute(&event, word, kNow), unmute(&event, word, kNow), read, {u"word"_s, word.value});
    must(nextOf(restore(event, event, kNow)).tags == read.tags);

    const QByteArray content = event.content().toUtf8();
    // What is no JSON by the letter is refused; Qt's parser takes some of that.
    if (const auto edited = editProfile(&event, {{u"about"_s, u"a\nb"_s}, {u"name"_s, {}}}, kNow)) {
        must(QJsonDocument::fromJson(content).isObject());
        if (*edited) {
            const UnsignedEvent next = nextOf(**edited);
            const QJsonObject profile = QJsonDocument::fromJson(next.content.toUtf8()).object();
            must(profile["about"_L1] == "a\nb"_L1 && !profile.contains("name"_L1) && next.tags == read.tags);
        }
    }
    for (const auto& made : {mutePrivately(content, word), unmutePrivately(content, word)}) {
        must(made.has_value() == (content.isEmpty() || isTagArray(content)));
        must(!made || !*made || isTagArray(**made));
    }
}

void checkLists(const WireEvent& event)
{
    const Profile profile = profileOf(event);
    must(profile.title().size() <= 128 && !profile.title().contains(u'\n'));

    const FollowList follows = FollowList::fromEvent(event);
    for (qsizetype i = 0; i < follows.size(); ++i) {
        must(follows.contains(follows.key(i)));
        must(!follows.at(i).petname.contains(u'\n'));
    }

    const MuteList mutes = muteListOf(event);
    const auto whole = muteListOf(event, event.content().toUtf8());
    must(whole.has_value() == isTagArray(event.content().toUtf8()));
    must(!whole || (whole->isPrivateRead && whole->entries.size() >= mutes.entries.size()));

    for (const Relay& relay : relayListOf(event))
        must(normaliseRelay(relay.url) == relay.url);
    for (const QString& url : relayUrlsOf(event))
        must(normaliseRelay(url) == url);
}

/// Read in one pass over its bytes, and by Qt's parser: the same event.
void checkSame(const WireEvent& event, const UnsignedEvent& read)
{
    must(read.pubkey && read.pubkey->bytes() == event.pubkey);
    must(read.createdAt == event.createdAt && read.kind == event.kind && read.content == event.content());
    must(eventId(*read.pubkey, *read.createdAt, read.kind, read.tags, read.content) == event.id);
    QList<QStringList> tags;
    TagReader reader(event.tags());
    while (reader.nextTag()) {
        QStringList tag;
        QByteArrayView item;
        while (reader.nextItem(item))
            tag += TagReader::text(item);
        must(QJsonDocument::fromJson(reader.tag().toByteArray()).isArray());
        tags += tag;
    }
    must(tags == read.tags);
}

void checkEvent(const WireEvent& event)
{
    must(readEvent(event.json)->id == event.id);
    checkLists(event);
    if (const auto read = parseUnsigned(event.json); read && read->pubkey) {
        checkSame(event, *read);
        checkEdits(event, *read);
    }
}

void asMessage(const QByteArray& bytes)
{
    const auto message = parseRelayMessage(bytes);
    if (!message)
        return;
    must(message->event.has_value() == (message->type == RelayMessage::Type::Event));
    must(QString::fromUtf8(message->subscription).size() <= 64);
    must(message->text.size() <= (message->type == RelayMessage::Type::Auth ? 1024 : 500));
    if (message->event)
        checkEvent(*message->event);
}

bool isWholeArray(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).isArray();
}

/// No fuzzer finds an id: the bytes are tags, a NUL, and content with its quotes, as they stand in an event
/// whose id and signature are made from what Qt's parser reads. Both readers take it, or neither.
void asEvent(const QByteArray& bytes)
{
    static const QString pubkey = author().publicKey().hex();
    const auto split = bytes.indexOf('\0');
    const QByteArray tags = split < 0 ? bytes : bytes.first(split);
    const QByteArray content = split < 0 ? "\"\""_ba : bytes.sliced(split + 1);
    const int kind = accountKinds()[bytes.size() % accountKinds().size()];
    const QByteArray fields = "\"pubkey\":\"" + pubkey.toLatin1() + "\",\"created_at\":1700000000,\"kind\":"
        + QByteArray::number(kind) + ",\"tags\":" + tags + ",\"content\":" + content;
    const auto read = parseUnsigned('{' + fields + '}');
    fuzz::Repeatable random;
    ByteArray<32> id{};
    ByteArray<64> signature{};
    if (read && read->pubkey) {
        id = eventId(*read->pubkey, read->createdAt.value_or(0), read->kind, read->tags, read->content);
        signature = author().sign(id, random);
    }
    const QByteArray json = "{\"id\":\"" + toQByteArray(id).toHex() + "\",\"sig\":\""
        + toQByteArray(signature).toHex() + "\"," + fields + '}';
    const auto event = readEvent(json);
    const auto known = parseSigned(json);
    const bool isForm = event || event.error().detail == "hash"_L1;
    // Bytes that end a field early may give others twice: the first reader refuses what the second does not.
    if (isWholeArray(tags) && isWholeArray('[' + content + ']'))
        must(event.has_value() == known.has_value() && isForm == read.has_value());
    if (!event)
        return;
    must(verify(*event) == known.has_value());
    checkEvent(*event);
    const auto message = parseRelayMessage("[\"EVENT\",\"s\"," + json + ']');
    must(message && message->event->id == event->id && message->event->json == json);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray bytes = toQByteArray({data, size});
    asMessage(bytes);
    asEvent(bytes);
    return 0;
}
