// SPDX-License-Identifier: MIT
#include "ui/dialogs/approval/ActionCard.h"

#include "ui/dialogs/parts/Parts.h"
#include "ui/text/PlainName.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QHash>
#include <QRegularExpression>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype kLongestTitle = 400; ///< characters, as all of these
constexpr qsizetype kLongestName = 64;
constexpr qsizetype kLongestLevels = 400;
constexpr qsizetype kLongestValue = 2100; ///< whoever made the words says by how much a longer one was cut
constexpr qsizetype kMostLines = 40;
constexpr qsizetype kLongestHex = 2048;
constexpr int kNameWidth = 112;
constexpr int kAboveAmount = 6; ///< more than between other parts

/// Icon and sentence in one colour.
QWidget* remark(const QString& icon, const QString& text, Ink ink, QColor Theme::*colour)
{
    auto* line = new QWidget;
    QHBoxLayout* layout = row(line, 8);
    layout->addWidget(makeIcon(icon, nullptr, colour), 0, Qt::AlignTop);
    layout->addWidget(paragraph(text, TextStyle::Strong, ink), 1);
    return line;
}

qsizetype timesNamed(const QString& title, const QString& value)
{
    return (u' ' + title + u' ').count(u' ' + value + u' ');
}

/// Of the first fields, those that are shown large: in their order, and no more often than the title names
/// the amount. So a memo that repeats it stays a memo.
QList<qsizetype> amountsOf(const signing::ActionWords& action, qsizetype most)
{
    QList<qsizetype> places;
    QHash<QString, qsizetype> taken;
    for (qsizetype i = 0; i < std::min(most, action.fields.size()); ++i) {
        const QString& value = action.fields.at(i).second;
        if (!ActionCard::isAmountOf(action.title, value)
            || taken.value(value) >= timesNamed(action.title, value))
            continue;
        ++taken[value];
        places += i;
    }
    return places;
}

/// The token is not the chain's own, and the title says whose it is.
bool namesContract(const signing::ActionWords& action)
{
    return !action.contract.isEmpty() && action.title.contains(u' ' + action.contract + u')');
}

} // namespace

ActionCard::ActionCard(const signing::ActionWords& action, qsizetype mostFields, QWidget* parent)
    : QFrame(parent)
{
    setProperty("panel", u"card"_s);
    const QString title = plainLine(action.title, kLongestTitle);
    const QString name
        = tr("%1::%2", "contract::action")
              .arg(plainLine(action.contract, kLongestName), plainLine(action.action, kLongestName));
    QVBoxLayout* layout = column(this, 16, 8);
    QVBoxLayout* head = column(nullptr, 0, 2);
    head->addWidget(paragraph(title, TextStyle::Title));
    head->addWidget(paragraph(name, TextStyle::Fixed, Ink::Secondary));
    layout->addLayout(head);
    if (!action.danger.isEmpty())
        layout->addWidget(
            remark(u"warning"_s, plainLine(action.danger, kLongestTitle), Ink::Danger, &Theme::danger));
    if (action.isUnreadable)
        layout->addWidget(remark(u"warning"_s, tr("Nobody can read what this action says. Its bytes:"),
            Ink::Danger, &Theme::danger));
    const QList<qsizetype> amounts = amountsOf(action, mostFields);
    addAmounts(layout, action, amounts);
    layout->addWidget(fieldsOf(action, mostFields, amounts));
    setAccessibleName(tr("%1, %2", "action in words, contract::action").arg(title, name));
    m_isCut = m_isCut || action.isCut || action.title.size() > kLongestTitle;
}

/// Whole words of the title, so that a memo of "5.0000 EOS" is none beside a transfer of 25.0000 EOS; what a
/// stranger writes elsewhere never gets this large.
bool ActionCard::isAmountOf(const QString& title, const QString& value)
{
    static const QRegularExpression amount(u"\\A-?[0-9][0-9,]{0,40}(?:\\.[0-9]{1,18})? [A-Z]{1,7}\\z"_s);
    return amount.match(value).hasMatch() && timesNamed(title, value) > 0;
}

/// What is given away, before all the rest.
void ActionCard::addAmounts(
    QVBoxLayout* layout, const signing::ActionWords& action, const QList<qsizetype>& amounts)
{
    for (const qsizetype place : amounts) {
        const auto& [name, value] = action.fields.at(place);
        QVBoxLayout* lines = column(nullptr, 0, 0);
        lines->setContentsMargins(0, kAboveAmount, 0, 0);
        const QString field = plainLine(name, kLongestName);
        const QString what = namesContract(action) ? tr("%1, of %2", "field, contract of the token")
                                                         .arg(field, plainLine(action.contract, kLongestName))
                                                   : field;
        lines->addWidget(paragraph(what, TextStyle::Caption, Ink::Secondary));
        QLabel* amount = paragraph(value, TextStyle::Display);
        amount->setTextInteractionFlags(Qt::TextSelectableByMouse);
        amount->setAccessibleDescription(what);
        lines->addWidget(amount);
        layout->addLayout(lines);
    }
}

QWidget* ActionCard::fieldsOf(
    const signing::ActionWords& action, qsizetype most, const QList<qsizetype>& amounts)
{
    auto* fields = new QWidget;
    auto* grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    const auto add = [grid](const QString& name, const QString& value, TextStyle style, Ink ink) {
        const int row = grid->rowCount();
        QLabel* what = paragraph(name, TextStyle::Body, Ink::Secondary);
        what->setFixedWidth(kNameWidth);
        QLabel* text = paragraph(value, style, ink);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setAccessibleDescription(name);
        grid->addWidget(what, row, 0, Qt::AlignTop);
        grid->addWidget(text, row, 1, Qt::AlignTop);
    };
    const qsizetype shown = std::min(most, action.fields.size());
    for (qsizetype i = 0; i < shown; ++i) {
        if (amounts.contains(i))
            continue; // stands above
        const auto& [name, value] = action.fields.at(i);
        const bool isLong = value.size() > kLongestValue || value.count(u'\n') >= kMostLines;
        m_isCut = m_isCut || isLong;
        const QString text = plainText(value, kLongestValue, kMostLines);
        // Nothing to be seen is a value as well: spaces alone, or characters that hide.
        add(plainLine(name, kLongestName), text.isEmpty() ? tr("empty") : text, TextStyle::Body,
            text.isEmpty() ? Ink::Secondary : Ink::Text);
    }
    if (shown < action.fields.size()) {
        m_isCut = true;
        add({}, tr("More fields, not shown: %1").arg(action.fields.size() - shown), TextStyle::Body,
            Ink::Danger);
    }
    if (!action.hex.isEmpty()) {
        const bool isLong = action.hex.size() > kLongestHex;
        add(tr("Data"),
            isLong ? tr("%1… (%2 bytes)")
                         .arg(action.hex.left(kLongestHex), QString::number(action.hex.size() / 2))
                   : action.hex,
            TextStyle::Fixed, Ink::Text);
    }
    const QString levels = plainLine(action.authorization, kLongestLevels);
    add(tr("Authorised by"), levels.isEmpty() ? tr("nobody") : levels, TextStyle::Fixed, Ink::Text);
    return fields;
}

} // namespace hatstand::ui
