// SPDX-License-Identifier: MIT
#include "ui/text/PlainName.h"

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype mostCharacters = 48;

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

} // namespace

QString plainName(const QString& name)
{
    QString text;
    text.reserve(name.size());
    for (const QChar c : name) {
        if (!isInvisible(c))
            text += c;
    }
    text = text.simplified();
    if (text.size() > mostCharacters) {
        text.truncate(mostCharacters - 1);
        if (text.back().isHighSurrogate())
            text.chop(1);
        text += u'…';
    }
    return text;
}

} // namespace hatstand::ui
