// SPDX-License-Identifier: MIT
#include "core/nostr/ListEdit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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

/// Where a tag stands in the text of its array, and whether it is one that is looked for.
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

QByteArray added(const QByteArray& tags, const QList<Span>& spans, const QByteArray& tag)
{
    QByteArray text = tags;
    if (spans.isEmpty())
        text.insert(text.indexOf('[') + 1, tag);
    else
        text.insert(spans.last().to, ',' + tag);
    return text;
}

/// What stood between two tags goes with the one that is cut out.
QByteArray cut(const QByteArray& tags, const QList<Span>& spans)
{
    QByteArray text = tags.first(spans.first().from);
    bool isFirst = true;
    for (qsizetype i = 0; i < spans.size(); ++i) {
        if (spans[i].isMeant)
            continue;
        const qsizetype from = isFirst ? spans[i].from : spans[i - 1].to;
        text += tags.sliced(from, spans[i].to - from);
        isFirst = false;
    }
    return text + tags.sliced(spans.last().to);
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
    QJsonObject profile;
    if (base) {
        const QJsonDocument document = QJsonDocument::fromJson(base->content().toUtf8());
        if (!document.isObject())
            return fail(ErrorCode::Damaged);
        profile = document.object();
    }
    const QJsonObject before = profile;
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        if (field.value().isEmpty())
            profile.remove(field.key());
        else
            profile.insert(field.key(), field.value());
    }
    if (profile == before)
        return NextEvent{};
    const QByteArray content = QJsonDocument(profile).toJson(QJsonDocument::Compact);
    return NextEvent{withContent(kProfileKind, base, QString::fromUtf8(content), now)};
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
