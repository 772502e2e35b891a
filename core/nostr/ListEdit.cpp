// SPDX-License-Identifier: MIT
#include "core/nostr/ListEdit.h"

#include "core/nostr/JsonScanner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>
#include <algorithm>

namespace hatstand::nostr {
namespace {

using namespace Qt::Literals::StringLiterals;

/// A JSON array of strings.
QByteArray tagText(const QStringList& items)
{
    return QJsonDocument(QJsonArray::fromStringList(items)).toJson(QJsonDocument::Compact);
}

/// The string with its quotes.
QByteArray quoted(const QString& text)
{
    const QByteArray array = tagText({text});
    return array.sliced(1, array.size() - 2);
}

QByteArray tagsOf(const WireEvent* base)
{
    return base ? base->tags().toByteArray() : "[]"_ba;
}

QByteArray contentOf(const WireEvent* base)
{
    return base ? base->json.sliced(base->contentAt, base->contentSize) : "\"\""_ba;
}

QByteArray made(
    int kind, const WireEvent* base, const QByteArray& tags, const QByteArray& content, qint64 now)
{
    const qint64 at = base ? std::max(now, base->createdAt + 1) : now;
    return "{\"kind\":" + QByteArray::number(kind) + ",\"created_at\":" + QByteArray::number(at)
        + ",\"tags\":" + tags + ",\"content\":" + content + '}';
}

/// Where a tag stands in the text of its array, or a field in its object, and whether it is one that is
/// looked for.
struct Span
{
    qsizetype from = 0;
    qsizetype to = 0;
    bool isMeant = false;
};

/// The tags whose first two items are the name and, in whatever case, the value.
QList<Span> spansOf(QByteArrayView tags, const QString& name, const QString& value)
{
    const QString wanted = value.toLower();
    QList<Span> spans;
    TagReader reader(tags);
    while (reader.nextTag()) {
        Span span;
        QByteArrayView item;
        const bool isNamed = reader.nextItem(item) && TagReader::text(item) == name;
        span.isMeant = reader.nextItem(item) && isNamed && TagReader::text(item).toLower() == wanted;
        while (reader.nextItem(item)) { // to the end, so that tag() is whole
        }
        span.from = reader.tag().data() - tags.data();
        span.to = span.from + reader.tag().size();
        spans += span;
    }
    return spans;
}

bool isIn(const QList<Span>& spans)
{
    return std::any_of(spans.begin(), spans.end(), [](const Span& span) { return span.isMeant; });
}

/// open: what the list begins with, [ or {.
QByteArray added(const QByteArray& list, const QList<Span>& spans, const QByteArray& item, char open = '[')
{
    QByteArray text = list;
    if (spans.isEmpty())
        text.insert(text.indexOf(open) + 1, item);
    else
        text.insert(spans.last().to, ',' + item);
    return text;
}

/// What stood between two items goes with the one that is cut out.
QByteArray cut(const QByteArray& list, const QList<Span>& spans)
{
    QByteArray text = list.first(spans.first().from);
    bool isFirst = true;
    for (qsizetype i = 0; i < spans.size(); ++i) {
        if (spans[i].isMeant)
            continue;
        const qsizetype from = isFirst ? spans[i].from : spans[i - 1].to;
        text += list.sliced(from, spans[i].to - from);
        isFirst = false;
    }
    return text + list.sliced(spans.last().to);
}

/// The fields of the name in the text of an object, a name may stand there twice, and where their values
/// begin. nullopt where the text is no JSON object.
struct Fields
{
    QList<Span> spans;
    QList<qsizetype> values;
};
std::optional<Fields> fieldsOf(const QByteArray& object, const QString& name)
{
    constexpr int kDepth = 1024; // what QJsonDocument takes
    constexpr QByteArrayView kMark("\xef\xbb\xbf"); // which it skips
    const qsizetype skipped = object.startsWith(kMark) ? kMark.size() : 0;
    JsonScanner json(QByteArrayView(object).sliced(skipped));
    if (!QJsonDocument::fromJson(object).isObject() || !json.take('{'))
        return {};
    Fields fields;
    while (!json.isNext('}')) {
        if (!fields.spans.isEmpty() && !json.take(','))
            return {};
        json.skipSpace();
        Span span{.from = skipped + json.at()};
        JsonScanner::String key;
        if (!json.string(key) || !json.take(':'))
            return {};
        json.skipSpace();
        fields.values += skipped + json.at();
        if (!json.skipValue(kDepth))
            return {};
        span.to = skipped + json.at();
        span.isMeant = unescaped(key) == name.toUtf8();
        fields.spans += span;
    }
    return fields;
}

/// value empty: without the field. nullopt as fieldsOf().
std::optional<QByteArray> withField(const QByteArray& object, const QString& name, const QString& value)
{
    const auto fields = fieldsOf(object, name);
    if (!fields)
        return {};
    const auto& spans = fields->spans;
    if (value.isEmpty())
        return isIn(spans) ? cut(object, spans) : object;
    if (!isIn(spans))
        return added(object, spans, quoted(name) + ':' + quoted(value), '{');
    QByteArray text = object;
    for (qsizetype i = spans.size() - 1; i >= 0; --i) { // from behind, so that places stay
        const qsizetype from = fields->values[i];
        const qsizetype size = spans[i].to - from;
        const QJsonValue before
            = QJsonDocument::fromJson('[' + object.sliced(from, size) + ']').array().at(0);
        if (spans[i].isMeant && before != QJsonValue(value))
            text.replace(from, size, quoted(value));
    }
    return text;
}

QString tagNameOf(Muted::What what)
{
    switch (what) {
    case Muted::What::Person:
        return u"p"_s;
    case Muted::What::Hashtag:
        return u"t"_s;
    case Muted::What::Word:
        return u"word"_s;
    case Muted::What::Thread:
        return u"e"_s;
    }
    return {};
}

bool canBeMuted(const Muted& what)
{
    if (what.what == Muted::What::Hashtag || what.what == Muted::What::Word)
        return !what.value.trimmed().isEmpty(); // it would mute everything
    const auto isDigit = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); };
    const QString value = what.value.toLower();
    return value.size() == 64 && std::all_of(value.begin(), value.end(), isDigit);
}

std::optional<QByteArray> withMuted(const QByteArray& tags, const Muted& what)
{
    const QString name = tagNameOf(what.what);
    const auto spans = spansOf(tags, name, what.value);
    if (!canBeMuted(what) || isIn(spans))
        return {};
    return added(tags, spans, tagText({name, what.value.toLower()}));
}

std::optional<QByteArray> withoutMuted(const QByteArray& tags, const Muted& what)
{
    const auto spans = spansOf(tags, tagNameOf(what.what), what.value);
    if (!isIn(spans))
        return {};
    return cut(tags, spans);
}

/// Without white space around it, as TagReader wants it; no text yet is no tags.
Result<QByteArray> privateTags(const QByteArray& tags)
{
    if (tags.isEmpty())
        return "[]"_ba;
    if (!isTagArray(tags))
        return refuse(Why::BadEvent, u"content"_s);
    return tags.trimmed();
}

} // namespace

NextEvent follow(
    const WireEvent* base, const PublicKey& who, const QString& relay, const QString& petname, qint64 now)
{
    const QByteArray tags = tagsOf(base);
    const auto spans = spansOf(tags, u"p"_s, who.hex());
    if (isIn(spans))
        return {};
    QStringList items{u"p"_s, who.hex()};
    if (!relay.isEmpty() || !petname.isEmpty())
        items += relay;
    if (!petname.isEmpty())
        items += petname;
    return made(kFollowsKind, base, added(tags, spans, tagText(items)), contentOf(base), now);
}

NextEvent unfollow(const WireEvent* base, const PublicKey& who, qint64 now)
{
    const QByteArray tags = tagsOf(base);
    const auto spans = spansOf(tags, u"p"_s, who.hex());
    if (!isIn(spans))
        return {};
    return made(kFollowsKind, base, cut(tags, spans), contentOf(base), now);
}

NextEvent mute(const WireEvent* base, const Muted& what, qint64 now)
{
    const auto tags = withMuted(tagsOf(base), what);
    if (!tags)
        return {};
    return made(kMutesKind, base, *tags, contentOf(base), now);
}

NextEvent unmute(const WireEvent* base, const Muted& what, qint64 now)
{
    const auto tags = withoutMuted(tagsOf(base), what);
    if (!tags)
        return {};
    return made(kMutesKind, base, *tags, contentOf(base), now);
}

Result<std::optional<QByteArray>> mutePrivately(const QByteArray& tags, const Muted& what)
{
    return privateTags(tags).map([&what](const QByteArray& text) { return withMuted(text, what); });
}

Result<std::optional<QByteArray>> unmutePrivately(const QByteArray& tags, const Muted& what)
{
    return privateTags(tags).map([&what](const QByteArray& text) { return withoutMuted(text, what); });
}

QByteArray withContent(int kind, const WireEvent* base, const QString& content, qint64 now)
{
    return made(kind, base, tagsOf(base), quoted(content), now);
}

Result<NextEvent> editProfile(const WireEvent* base, const QMap<QString, QString>& fields, qint64 now)
{
    const QByteArray before = base ? base->content().toUtf8() : "{}"_ba;
    std::optional<QByteArray> content = before;
    if (!fieldsOf(before, {}))
        return fail(ErrorCode::Damaged);
    for (auto field = fields.begin(); field != fields.end() && content; ++field)
        content = withField(*content, field.key(), field.value());
    if (!content)
        return fail(ErrorCode::Damaged);
    if (*content == before)
        return NextEvent{};
    // fromUtf8() would take a byte order mark away.
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return NextEvent{withContent(kProfileKind, base, decode(*content), now)};
}

QByteArray restore(const WireEvent& earlier, const WireEvent& base, qint64 now)
{
    return made(base.kind, &base, tagsOf(&earlier), contentOf(&earlier), now);
}

QByteArray relayListEvent(const QList<Relay>& relays, qint64 now)
{
    QByteArray tags;
    for (const Relay& relay : relays) {
        if (!relay.read && !relay.write)
            continue;
        QStringList items{u"r"_s, relay.url};
        if (relay.read != relay.write)
            items += relay.read ? u"read"_s : u"write"_s;
        tags += (tags.isEmpty() ? "" : ",") + tagText(items);
    }
    return made(kRelaysKind, nullptr, '[' + tags + ']', contentOf(nullptr), now);
}

QByteArray emptyFollowList(qint64 now)
{
    return made(kFollowsKind, nullptr, tagsOf(nullptr), contentOf(nullptr), now);
}

} // namespace hatstand::nostr
