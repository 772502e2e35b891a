// SPDX-License-Identifier: MIT
#include "app/cli/EditRequest.h"

#include "core/nostr/Nip19.h"
#include "core/session/Labels.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using accounts::Edit;
using nostr::Muted;

constexpr qsizetype kLongestField = 4096; ///< characters of a profile's field; Hatstand reads no more either
constexpr qsizetype kLongestWord = 256; ///< of a hashtag or word

class Text
{
    Q_DECLARE_TR_FUNCTIONS(EditRequest)
public:
    static tl::unexpected<Error> usage(const QString& text)
    {
        return fail(Error{.code = ErrorCode::Usage, .detail = text});
    }
    static tl::unexpected<Error> refusal(const QString& text)
    {
        return fail(Error{.code = ErrorCode::InvalidInput, .detail = text});
    }
};

/// Texts that others will see: lines may be among them where they may, control characters never.
bool isText(const QString& text, qsizetype longest, bool hasLines)
{
    return text.isValidUtf16() && text.size() <= longest
        && std::none_of(text.begin(), text.end(), [hasLines](QChar c) {
               return c.category() == QChar::Other_Control && !(hasLines && (c == u'\n' || c == u'\t'));
           });
}

Result<QString> hintOf(const Request& request)
{
    if (request.has(u"relay"_s))
        return nostr::normaliseRelay(request.value(u"relay"_s));
    const auto profile = nostr::parseNprofile(request.argument(0));
    if (!profile || profile->relays.isEmpty())
        return QString();
    return nostr::normaliseRelay(profile->relays.constFirst()).value_or(QString());
}

Result<Edit> followOf(const Request& request, Edit edit)
{
    const auto who = nostr::PublicKey::parse(request.argument(0));
    if (!who)
        return fail(who.error());
    edit.who = *who;
    if (edit.what == Edit::What::Unfollow)
        return edit;
    const auto hint = hintOf(request);
    if (!hint)
        return Text::refusal(Text::tr("A relay's address begins with wss:// or ws://."));
    edit.relay = *hint;
    edit.petname = request.value(u"petname"_s).trimmed();
    if (!isText(edit.petname, session::kLabelLimit, false))
        return Text::refusal(Text::tr("A petname has at most 64 characters and no control characters."));
    return edit;
}

Result<QString> threadOf(const QString& text)
{
    const QString id = text.trimmed().toLower();
    if (const auto note = nostr::parseNote(id))
        return QString::fromLatin1(toQByteArray(*note).toHex());
    static const QRegularExpression digits(u"\\A[0-9a-f]{64}\\z"_s);
    if (digits.match(id).hasMatch())
        return id;
    return Text::refusal(Text::tr("A thread is named by the id of its first note: note1… or 64 hex digits."));
}

Result<QString> wordOf(QString text)
{
    text = text.trimmed().toLower();
    if (text.isEmpty() || !isText(text, kLongestWord, false))
        return Text::refusal(
            Text::tr("A hashtag or word has 1 to 256 characters and no control characters."));
    return text;
}

Result<QString> hashtagOf(const QString& text)
{
    const QString trimmed = text.trimmed();
    return wordOf(trimmed.startsWith(u'#') ? trimmed.mid(1) : trimmed);
}

Result<QString> personOf(const QString& text)
{
    return nostr::PublicKey::parse(text).map([](const nostr::PublicKey& who) { return who.hex(); });
}

Result<Edit> muteOf(const Request& request, Edit edit)
{
    const QList<bool> given{!request.arguments.isEmpty(), request.has(u"hashtag"_s), request.has(u"word"_s),
        request.has(u"thread"_s)};
    if (given.count(true) != 1)
        return Text::usage(
            Text::tr("Usage: hatstand %1 (WHO | --hashtag TAG | --word WORD | --thread ID) [--private]")
                .arg(request.command));
    const auto what = Muted::What(given.indexOf(true));
    const auto value = what == Muted::What::Person ? personOf(request.argument(0))
        : what == Muted::What::Hashtag             ? hashtagOf(request.value(u"hashtag"_s))
        : what == Muted::What::Word                ? wordOf(request.value(u"word"_s))
                                                   : threadOf(request.value(u"thread"_s));
    if (!value)
        return fail(value.error());
    edit.muted = {.what = what, .value = *value, .isPrivate = request.has(u"private"_s)};
    return edit;
}

Result<Edit> profileOf(const Request& request, Edit edit)
{
    static const QRegularExpression name(u"\\A[A-Za-z0-9_-]{1,64}\\z"_s);
    for (const QString& argument : request.arguments) {
        const qsizetype equals = argument.indexOf(u'=');
        const QString field = argument.left(qMax(equals, qsizetype{0}));
        if (!name.match(field).hasMatch() || edit.fields.contains(field))
            return Text::usage(Text::tr("Usage: hatstand profile set NAME=VALUE…, each name once"));
        const QString value = argument.mid(equals + 1);
        if (!isText(value, kLongestField, true))
            return Text::refusal(
                Text::tr("A profile's field has at most 4096 characters and no control characters."));
        edit.fields.insert(field, value);
    }
    return edit;
}

Result<Edit> undoOf(const Request& request, Edit edit)
{
    static const QMap<QString, int> kinds{{u"follows"_s, nostr::kFollowsKind},
        {u"mutes"_s, nostr::kMutesKind}, {u"profile"_s, nostr::kProfileKind}};
    const auto kind = kinds.constFind(request.argument(0));
    if (kind == kinds.cend())
        return Text::usage(Text::tr("Usage: hatstand undo follows|mutes|profile"));
    edit.kind = *kind;
    return edit;
}

} // namespace

Result<Edit> editOf(const Request& request)
{
    using What = Edit::What;
    if (request.command == "follow"_L1)
        return followOf(request, {.what = What::Follow});
    if (request.command == "unfollow"_L1)
        return followOf(request, {.what = What::Unfollow});
    if (request.command == "mute"_L1)
        return muteOf(request, {.what = What::Mute});
    if (request.command == "unmute"_L1)
        return muteOf(request, {.what = What::Unmute});
    if (request.command == "profile set"_L1)
        return profileOf(request, {.what = What::Profile});
    return undoOf(request, {.what = What::Undo});
}

} // namespace hatstand::app
