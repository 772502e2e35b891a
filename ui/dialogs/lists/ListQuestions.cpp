// SPDX-License-Identifier: MIT
#include "ui/dialogs/lists/ListQuestions.h"

#include "core/codec/Bech32.h"
#include "ui/text/PlainName.h"

#include <QCoreApplication>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using accounts::Edit;
using nostr::Muted;

struct ListQuestions
{
    Q_DECLARE_TR_FUNCTIONS(ListQuestions)
};

constexpr qsizetype kMostOfAValue = 200; ///< characters

QString bech32(std::string_view prefix, const QString& hex)
{
    const QByteArray bytes = QByteArray::fromHex(hex.toLatin1());
    return codec::toBech32(prefix, bytesOf(bytes));
}

QString shortened(const QString& key)
{
    return key.left(14) + u"…"_s + key.right(10);
}

} // namespace

QString mutedText(const Muted& muted)
{
    switch (muted.what) {
    case Muted::What::Person:
        return bech32("npub", muted.value);
    case Muted::What::Thread:
        return bech32("note", muted.value);
    case Muted::What::Hashtag:
        return u'#' + plainLine(muted.value, kMostOfAValue);
    case Muted::What::Word:
        break;
    }
    return u"“%1”"_s.arg(plainLine(muted.value, kMostOfAValue));
}

EditQuestion followQuestion(const nostr::PublicKey& who, const QString& relay, const QString& petname)
{
    const QString name = plainName(petname);
    QList<EditQuestion::Change> with; // the title may have cut it
    if (!petname.isEmpty())
        with += {ListQuestions::tr("Called"), {}, petname};
    if (!relay.isEmpty())
        with += {ListQuestions::tr("To be found at"), {}, relay};
    return {.edit = {.what = Edit::What::Follow, .who = who, .relay = relay, .petname = petname},
        .title = ListQuestions::tr("Follow %1?").arg(name.isEmpty() ? shortened(who.npub()) : name),
        .text = who.npub(),
        .changes = with,
        .verb = ListQuestions::tr("Follow"),
        .nothing = ListQuestions::tr("They are followed already.")};
}

EditQuestion unfollowQuestion(const nostr::PublicKey& who, const QString& name)
{
    return {.edit = {.what = Edit::What::Unfollow, .who = who},
        .title = ListQuestions::tr("Unfollow %1?").arg(name),
        .text = who.npub(),
        .verb = ListQuestions::tr("Unfollow"),
        .nothing = ListQuestions::tr("They are not followed any more.")};
}

EditQuestion muteQuestion(const Muted& muted)
{
    const QString whole = mutedText(muted);
    const bool isKey = muted.what == Muted::What::Person || muted.what == Muted::What::Thread;
    return {.edit = {.what = Edit::What::Mute, .muted = muted},
        .title = ListQuestions::tr("Mute %1?").arg(isKey ? shortened(whole) : plainName(whole)),
        .text = muted.isPrivate
            ? ListQuestions::tr("%1 goes to the private part, which only this account can read.").arg(whole)
            : ListQuestions::tr("%1 goes to the public part, which everyone can read.").arg(whole),
        .verb = ListQuestions::tr("Mute"),
        .nothing = ListQuestions::tr("That is muted already.")};
}

EditQuestion unmuteQuestion(const Muted& muted, const QString& name)
{
    return {.edit = {.what = Edit::What::Unmute, .muted = muted},
        .title = ListQuestions::tr("Unmute %1?").arg(name),
        .text = mutedText(muted),
        .verb = ListQuestions::tr("Unmute"),
        .nothing = ListQuestions::tr("That is not muted any more.")};
}

EditQuestion undoQuestion(int kind)
{
    const bool follows = kind == nostr::kFollowsKind;
    return {.edit = {.what = Edit::What::Undo, .kind = kind},
        .title = follows ? ListQuestions::tr("Undo the last change of the follows?")
                         : ListQuestions::tr("Undo the last change of the mutes?"),
        .text
        = ListQuestions::tr("The version before the last change that was made here takes the place of the "
                            "newest one, whatever else was changed since."),
        .verb = ListQuestions::tr("Undo"),
        .nothing = ListQuestions::tr("There is nothing to undo.")};
}

} // namespace hatstand::ui
