// SPDX-License-Identifier: MIT
#include "core/session/Labels.h"

#include <QList>

namespace hatstand::session {
namespace {

using namespace Qt::Literals::StringLiterals;

bool isAllowed(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    case QChar::Other_Format:
        return c == 0x200c || c == 0x200d
            || (c >= 0xe0020 && c <= 0xe007f); // joiners and tags, which emoji and scripts need
    default:
        return true;
    }
}

} // namespace

Result<QString> normaliseLabel(const QString& label)
{
    if (label.size() > 4 * kLabelLimit)
        return refuse(Why::BadLabel, {}, label.size(), kLabelLimit);
    const QString text = label.normalized(QString::NormalizationForm_C).trimmed();
    const QList<uint> characters = text.toUcs4();
    if (characters.size() > kLabelLimit)
        return refuse(Why::BadLabel, {}, characters.size(), kLabelLimit);
    for (const uint c : characters) {
        if (!isAllowed(c))
            return refuse(Why::BadLabel);
    }
    if (!text.isValidUtf16())
        return refuse(Why::BadLabel);
    return text;
}

bool isReservedWord(const QString& text)
{
    return text == "next"_L1 || text == "previous"_L1 || text == "last"_L1;
}

} // namespace hatstand::session
