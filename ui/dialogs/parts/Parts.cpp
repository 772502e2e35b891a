// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/Parts.h"

#include <QBoxLayout>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QLabel* noticeIcon(Panel panel)
{
    switch (panel) {
    case Panel::Success:
        return makeIcon(u"done"_s, nullptr, &Theme::success);
    case Panel::Warning:
        return makeIcon(u"warning"_s, nullptr, &Theme::warning);
    case Panel::Danger:
        return makeIcon(u"error"_s, nullptr, &Theme::danger);
    default:
        return makeIcon(u"info"_s, nullptr);
    }
}

QString panelName(Panel panel)
{
    switch (panel) {
    case Panel::Success:
        return u"success"_s;
    case Panel::Warning:
        return u"warning"_s;
    case Panel::Danger:
        return u"danger"_s;
    default:
        return u"note"_s;
    }
}

} // namespace

QLabel* label(const QString& text, TextStyle style, Ink ink)
{
    return makeLabel(text, nullptr, style, ink);
}

QString breakable(const QString& text)
{
    constexpr qsizetype kLongestWord = 24;
    constexpr qsizetype kPiece = 12;
    QString broken;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i;
        while (end < text.size() && !text[end].isSpace())
            ++end;
        const bool isLong = end - i > kLongestWord;
        for (qsizetype piece = 0; i < end; ++i, ++piece) {
            if (isLong && piece >= kPiece && !text[i].isLowSurrogate() && !text[i].isMark()) {
                broken += QChar(0x200b);
                piece = 0;
            }
            broken += text[i];
        }
        while (i < text.size() && text[i].isSpace())
            broken += text[i++];
    }
    return broken;
}

QLabel* paragraph(const QString& text, TextStyle style, Ink ink)
{
    QLabel* made = label(breakable(text), style, ink);
    made->setWordWrap(true);
    return made;
}

QPushButton* button(const QString& text, ButtonKind kind, const QString& icon)
{
    return makeButton(text, nullptr, kind, icon);
}

Notice::Notice(ui::Panel panel, const QString& title, const QString& text, QWidget* parent)
    : QFrame(parent)
    , m_title(paragraph(title, TextStyle::Strong))
    , m_text(paragraph(text))
{
    setProperty("panel", panelName(panel));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(12);
    layout->addWidget(noticeIcon(panel), 0, Qt::AlignTop);
    QVBoxLayout* texts = column(nullptr, 0, 2);
    texts->addWidget(m_title);
    texts->addWidget(m_text);
    layout->addLayout(texts, 1);
    setTexts(title, text);
}

void Notice::setTexts(const QString& title, const QString& text)
{
    m_title->setText(breakable(title));
    m_title->setVisible(!title.isEmpty());
    m_text->setText(breakable(text));
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title.isEmpty() ? text : title + u' ' + text);
}

QWidget* consequence(bool stays, const QString& text)
{
    auto* line = new QWidget;
    QHBoxLayout* layout = row(line, 8);
    layout->addWidget(
        makeIcon(stays ? u"check"_s : u"cross"_s, nullptr, stays ? &Theme::success : &Theme::secondaryText),
        0, Qt::AlignTop);
    layout->addWidget(paragraph(text), 1);
    line->setAccessibleName(text);
    return line;
}

QVBoxLayout* column(QWidget* parent, int margin, int gap)
{
    auto* layout = new QVBoxLayout(parent);
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(gap);
    return layout;
}

QHBoxLayout* row(QWidget* parent, int gap)
{
    auto* layout = new QHBoxLayout(parent);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    return layout;
}

} // namespace hatstand::ui
