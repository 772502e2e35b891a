// SPDX-License-Identifier: MIT
#include "core/signing/Describe.h"

#include "core/codec/Hex.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Signing)
};

/// Seconds as they are where no calendar reaches them.
QString timeText(qint64 seconds)
{
    const QDateTime when = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    const QString text = when.toString(Qt::ISODate);
    return text.isEmpty() ? QString::number(seconds) : text;
}

/// The kinds that change an account or what others see of it, by what they do; NIP-01, 02, 09, 18, 25, 51,
/// 65, 98.
QString whatKindDoes(int kind)
{
    switch (kind) {
    case 0:
        return Text::tr("replace the profile");
    case 1:
        return Text::tr("publish a note");
    case 3:
        return Text::tr("replace the list of follows");
    case 5:
        return Text::tr("ask for deletion of events");
    case 6:
    case 16:
        return Text::tr("repost an event");
    case 7:
        return Text::tr("publish a reaction");
    case 10000:
        return Text::tr("replace the list of mutes");
    case 10002:
        return Text::tr("replace the list of relays");
    case 22242:
        return Text::tr("log in to a relay");
    case 27235:
        return Text::tr("log in to a web server");
    default:
        return Text::tr("sign an event");
    }
}

constexpr qsizetype kMostLines = 40; ///< of content, and as many tags
constexpr qsizetype kMostCharacters = 4000; ///< of content
constexpr qsizetype kLongestTag = 200;

/// The beginning of text, not ending in half a character.
QString beginning(const QString& text, qsizetype limit)
{
    if (text.size() > limit && text.at(limit - 1).isHighSurrogate())
        --limit;
    return text.left(limit);
}

/// What comes from outside stands behind a mark at the start of each line, so that it can't be taken for a
/// line of ours.
QString quoted(const QString& line)
{
    return "| "_L1 + line;
}

QStringList tagLines(const QList<QStringList>& tags)
{
    QStringList lines;
    for (const QStringList& tag : tags.first(qMin(tags.size(), kMostLines))) {
        const QByteArray json = QJsonDocument(QJsonArray::fromStringList(tag)).toJson(QJsonDocument::Compact);
        const QString text = QString::fromUtf8(json);
        lines += text.size() <= kLongestTag
            ? quoted(text)
            : quoted(beginning(text, kLongestTag)) + Text::tr("… (%1 characters)").arg(text.size());
    }
    if (tags.size() > kMostLines)
        lines += Text::tr("… %1 more tags").arg(tags.size() - kMostLines);
    return lines;
}

/// A question has to fit a screen: of long content the beginning is shown, and how much there is of it.
QStringList contentLines(const QString& content)
{
    const QStringList all = content.split(u'\n');
    QStringList lines;
    qsizetype left = kMostCharacters;
    bool cut = false;
    while (lines.size() < qMin(all.size(), kMostLines) && !cut) {
        const QString& line = all[lines.size()];
        cut = line.size() > left;
        lines += quoted(cut ? beginning(line, left) + u'…' : line);
        left -= line.size();
    }
    if (lines.size() < all.size())
        lines += Text::tr("… %1 more lines").arg(all.size() - lines.size());
    else if (!cut)
        return QStringList{Text::tr("Content:")} + lines;
    return QStringList{Text::tr("Content, only its beginning of %1 characters:").arg(content.size())} + lines;
}

} // namespace

Description describeEvent(const nostr::UnsignedEvent& event)
{
    //: %1 is what is done, such as "publish a note"
    const QString what = Text::tr("%1 (kind %2)").arg(whatKindDoes(event.kind)).arg(event.kind);
    QStringList lines{Text::tr("Time: %1").arg(timeText(event.createdAt.value_or(0)))};
    if (!event.tags.isEmpty())
        lines += Text::tr("Tags:");
    lines += tagLines(event.tags);
    lines += contentLines(event.content);
    return {what, lines.join(u'\n')};
}

Description describeDigest(const ByteArray<32>& digest)
{
    return {Text::tr("sign a digest"),
        Text::tr("Digest: %1").arg(codec::toHex(digest)) + u'\n'
            + Text::tr("Nobody can see from a digest what it stands for.")};
}

} // namespace hatstand::signing
