// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/EverywhereNote.h"

#include "ui/dialogs/preferences/ShortcutColumns.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QTimer>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using Way = GlobalKeys::Way;

EverywhereNote::EverywhereNote(GlobalShortcuts& shortcuts, QWidget* parent)
    : QFrame(parent)
    , m_shortcuts(shortcuts)
    , m_text(paragraph({}))
    , m_ask(makeButton(tr("Ask again"), nullptr, ButtonKind::Normal, {}, ButtonSize::Small))
    , m_show(makeButton(tr("Show commands"), nullptr, ButtonKind::Normal, {}, ButtonSize::Small))
{
    setProperty("panel", u"note"_s);
    QHBoxLayout* layout = row(this, 12);
    layout->setContentsMargins(14, 10, 12, 10);
    layout->addWidget(makeIcon(u"info"_s, nullptr, &Theme::secondaryText));
    layout->addWidget(m_text, 1);
    layout->addWidget(m_ask);
    layout->addWidget(m_show);
    connect(m_show, &QPushButton::clicked, this, &EverywhereNote::commandsWanted);
    connect(m_ask, &QPushButton::clicked, &shortcuts, &GlobalShortcuts::askAgain);
    connect(&shortcuts, &GlobalShortcuts::changed, this, &EverywhereNote::refresh);
    refresh();
}

void EverywhereNote::refresh()
{
    const bool declined = m_shortcuts.isDeclined();
    QString text;
    if (declined)
        text = tr("You declined the keys that work everywhere when the desktop asked.");
    else if (m_shortcuts.way() == Way::Portal)
        text = tr("The desktop decides which keys work everywhere. Change them in its settings.");
    else if (m_shortcuts.way() == Way::None)
        text = tr("This desktop gives programs no keys that work everywhere. Bind commands in its "
                  "keyboard settings instead.");
    m_text->setText(breakable(text));
    m_ask->setVisible(declined);
    m_show->setVisible(m_shortcuts.way() == Way::None);
    setVisible(!text.isEmpty());
}

CommandCard::CommandCard(GlobalShortcuts& shortcuts, QWidget* parent)
    : QFrame(parent)
{
    setProperty("panel", u"card"_s);
    QVBoxLayout* rows = column(this, 1, 0);
    QFrame* head = makePanel(Panel::Sunken, nullptr);
    head->setFixedHeight(grown(32));
    QHBoxLayout* titles = row(head, 0);
    titles->setContentsMargins(columns::kInset, 0, columns::kInset, 0);
    titles->addWidget(columns::head(tr("Commands for the desktop's keyboard settings")));
    rows->addWidget(head);
    for (const GlobalShortcuts::Command& command : shortcuts.commands())
        addRow(rows, command);
    const auto refresh = [this, &shortcuts] { setVisible(shortcuts.way() == Way::None); };
    connect(&shortcuts, &GlobalShortcuts::changed, this, refresh);
    refresh();
}

void CommandCard::addRow(QVBoxLayout* rows, const GlobalShortcuts::Command& command)
{
    rows->addWidget(makeLine(Qt::Horizontal, nullptr));
    auto* line = new QWidget;
    line->setFixedHeight(grown(40));
    QHBoxLayout* layout = row(line, 8);
    layout->setContentsMargins(columns::kInset, 0, 6, 0);
    layout->addWidget(label(command.title), 2);
    auto* text = new ElidedLabel(nullptr, Qt::ElideMiddle, TextStyle::Fixed);
    text->setFullText(command.line);
    layout->addWidget(text, 3);
    QPushButton* copy = makeIconButton(u"copy"_s, tr("Copy the command for: %1").arg(command.title), nullptr,
        ButtonKind::Flat, ButtonSize::Small);
    layout->addWidget(copy);
    connect(copy, &QPushButton::clicked, this, [copy, line = command.line] {
        QGuiApplication::clipboard()->setText(line);
        constexpr int kShown = 2000;
        copy->setIcon(lineIcon(u"check"_s, &Theme::success));
        QTimer::singleShot(kShown, copy, [copy] { copy->setIcon(lineIcon(u"copy"_s, &Theme::text)); });
    });
    rows->addWidget(line);
}

} // namespace hatstand::ui
