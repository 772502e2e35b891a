// SPDX-License-Identifier: MIT
#include "ui/text/PlainName.h"

#include <QStringList>
#include <QStringTokenizer>
#include <algorithm>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype mostCharacters = 48;
constexpr qsizetype mostDropped = 8; ///< times as much as is kept

bool isInvisible(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    case QChar::Other_Format:
        return c != QChar(0x200d)
            && c != QChar(0x200c); // joiners shape emoji and letters; the rest turns direction or hides
    default:
        return false;
    }
}

QString cut(QString text, qsizetype most)
{
    text.truncate(most - 1);
    if (!text.isEmpty() && text.back().isHighSurrogate())
        text.chop(1);
    return text + u'…';
}

} // namespace

QString plainName(const QString& name)
{
    return plainLine(name, mostCharacters);
}

QString plainLine(const QString& text, qsizetype most)
{
    QString plain;
    // White space and what is dropped may make up the most of it, but not all of a megabyte is looked at.
    const qsizetype end = std::min(text.size(), most * mostDropped);
    plain.reserve(std::min(end, most + 1));
    for (const QChar c : QStringView(text).first(end)) {
        if (!isInvisible(c))
            plain += c;
    }
    plain = plain.simplified();
    return plain.size() > most || end < text.size() ? cut(plain, most) : plain;
}

QString plainText(const QString& text, qsizetype most, qsizetype lines)
{
    QStringList kept;
    qsizetype left = most;
    bool isCut = false;
    for (const QStringView line : QStringView(text).tokenize(u'\n')) {
        const QString plain = plainLine(line.toString(), most);
        if (plain.isEmpty() && (kept.isEmpty() || kept.constLast().isEmpty()))
            continue;
        if (kept.size() == lines || left <= 0) {
            isCut = true;
            break;
        }
        kept += plain.size() > left ? cut(plain, left) : plain;
        left -= plain.size();
    }
    while (!kept.isEmpty() && kept.constLast().isEmpty())
        kept.removeLast();
    if (isCut && !kept.isEmpty() && !kept.constLast().endsWith(u'…'))
        kept.last() += u'…';
    return kept.join(u'\n');
}

} // namespace hatstand::ui
