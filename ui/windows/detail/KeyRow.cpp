// SPDX-License-Identifier: MIT
#include "ui/windows/detail/KeyRow.h"

#include "ui/text/PlainName.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kHead = 14;
constexpr int kTail = 10;
constexpr qsizetype kLongestPill = 24; ///< characters, of the name of a chain for example

/// As much of a key as a person compares: its beginning and its end.
QString shortened(const QString& key)
{
    return key.size() <= kHead + kTail + 1 ? key : key.left(kHead) + u"…"_s + key.right(kTail);
}

} // namespace

KeyRow::KeyRow(Card* card)
    : QObject(card)
    , m_card(card)
    , m_pill(makePill({}, card))
    , m_copy(makeIconButton(u"copy"_s, {}, card, ButtonKind::Flat, ButtonSize::Small))
{
    auto* value = new QWidget(card);
    m_lead = new ElidedLabel(value, Qt::ElideRight); // people name their own chains, and some at length
    m_key = new ElidedLabel(value, Qt::ElideMiddle, TextStyle::Fixed);
    auto* layout = new QHBoxLayout(value);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_lead);
    layout->addWidget(m_key, 1);
    m_row = card->addRow({}, value, {m_pill, m_copy});
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_content.text);
        Q_EMIT noted(m_content.copied);
    });
}

void KeyRow::show(const Content& content)
{
    m_content = content;
    m_card->setRowShown(m_row, !content.text.isEmpty());
    if (content.text.isEmpty())
        return;
    m_row->setWhat(content.what);
    m_key->setFullText(content.text, shortened(content.text));
    m_lead->setFullText(content.lead);
    m_lead->setVisible(!content.lead.isEmpty());
    setInk(m_key, content.lead.isEmpty() ? Ink::Text : Ink::Secondary);
    const bool isLong = content.pill.size() > kLongestPill;
    m_pill->setText(plainLine(content.pill, kLongestPill));
    m_pill->setToolTip(isLong ? plainToolTip(content.pill) : QString());
    m_pill->setAccessibleName(isLong ? content.pill : QString()); // otherwise its text is its name
    m_pill->setVisible(!content.pill.isEmpty());
    m_copy->setAccessibleName(content.copyName);
    m_copy->setToolTip(plainToolTip(content.copyName));
    m_copy->setVisible(!content.copyName.isEmpty());
    m_row->setEndsInText(content.copyName.isEmpty());
}

} // namespace hatstand::ui
