// SPDX-License-Identifier: MIT
#include "core/session/Labels.h"

#include <QList>
#include <QRegularExpression>
#include <algorithm>

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

/// Fillers and selectors count as letters and marks, and still leave nothing on the screen.
bool isVisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Format:
    case QChar::Separator_Space:
        return false;
    default:
        return c != 0x034f && c != 0x115f && c != 0x1160 && c != 0x17b4 && c != 0x17b5 && c != 0x2800
            && c != 0x3164 && c != 0xffa0 && !(c >= 0x180b && c <= 0x180f) && !(c >= 0xfe00 && c <= 0xfe0f)
            && !(c >= 0xe0100 && c <= 0xe01ef);
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
    if (!text.isEmpty() && std::none_of(characters.begin(), characters.end(), isVisible))
        return refuse(Why::BadLabel);
    if (isHexKey(text) || holdsPrivateKey(text))
        return refuse(Why::LabelLooksLikeAnId); // without saying it again
    return text;
}

bool holdsPrivateKey(const QString& text)
{
    static const QRegularExpression form(
        u"(?i:nsec1|ncryptsec1)(?i:[02-9ac-hj-np-z])|(?i:PVT_(?:K1|R1|WA)_)"
        "|(?<![1-9A-HJ-NP-Za-km-z])(?:5[HJK][1-9A-HJ-NP-Za-km-z]{49}|[KL][1-9A-HJ-NP-Za-km-z]{51})"
        "(?![1-9A-HJ-NP-Za-km-z])"_s);
    return form.match(text).hasMatch();
}

bool isHexKey(const QString& text)
{
    static const QRegularExpression form(u"\\A[0-9a-fA-F]{64}\\z"_s);
    return form.match(text).hasMatch();
}

bool isReservedWord(const QString& text)
{
    return text == "next"_L1 || text == "previous"_L1 || text == "last"_L1;
}

} // namespace hatstand::session
