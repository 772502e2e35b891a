// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/Pages.h"

#include "core/base/Settings.h"
#include "ui/dialogs/preferences/EverywhereNote.h"
#include "ui/dialogs/preferences/ShortcutTable.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QLineEdit>
#include <QPainter>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kSearchWidth = 200;

/// The dot's meaning, below the table.
class Legend final : public QWidget
{
public:
    explicit Legend(const QString& text)
    {
        QHBoxLayout* layout = row(this, 0);
        layout->setContentsMargins(14, 0, 0, 0);
        layout->addWidget(paragraph(text, TextStyle::Caption, Ink::Secondary));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        constexpr int kDot = 6;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::of(this).accent);
        painter.drawEllipse(0, (height() - kDot) / 2, kDot, kDot);
    }
};

/// One of a few values of a setting, kept as soon as it is chosen.
void addChoice(QBoxLayout& layout, Settings& settings, const QString& key, const QString& title,
    const QList<std::pair<QString, QString>>& values)
{
    QVBoxLayout* choices = column(nullptr, 0, 4);
    choices->addWidget(label(title, TextStyle::Strong));
    auto* group = new QButtonGroup(&layout);
    for (const auto& [value, text] : values) {
        auto* choice = new QRadioButton(text);
        choice->setAccessibleDescription(title);
        choice->setChecked(settings.value(key) == value);
        group->addButton(choice);
        choices->addWidget(choice);
        QObject::connect(choice, &QRadioButton::toggled, &settings, [&settings, key, value = value](bool on) {
            if (on)
                (void)settings.set(key, value); // a choice that is not kept is no harm
        });
    }
    layout.addLayout(choices);
}

} // namespace

AppearancePage::AppearancePage(UiContext& context)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(16);
    layout->addWidget(label(tr("Appearance"), TextStyle::Heading));
    addChoice(*layout, context.settings, u"ui.theme"_s, tr("Theme"),
        {{u"system"_s, tr("As the desktop")}, {u"light"_s, tr("Light")}, {u"dark"_s, tr("Dark")}});
    addChoice(*layout, context.settings, u"notify.switch"_s, tr("Notification of a switch"),
        {{u"always"_s, tr("Always")}, {u"shortcut"_s, tr("When it came from a global shortcut")},
            {u"never"_s, tr("Never")}});
    layout->addStretch();
}

ShortcutsPage::ShortcutsPage(UiContext& context)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(16);
    QHBoxLayout* head = row(nullptr, 16);
    QVBoxLayout* texts = column(nullptr, 0, 0);
    texts->addWidget(label(tr("Shortcuts"), TextStyle::Heading));
    texts->addWidget(paragraph(tr("Click a shortcut and press the new keys. Backspace removes it."),
        TextStyle::Body, Ink::Secondary));
    head->addLayout(texts, 1);
    auto* search = new QLineEdit;
    search->setPlaceholderText(tr("Find a shortcut"));
    search->setAccessibleName(search->placeholderText());
    search->setClearButtonEnabled(true);
    search->addAction(lineIcon(u"search"_s, &Theme::secondaryText), QLineEdit::LeadingPosition);
    search->setFixedWidth(kSearchWidth);
    head->addWidget(search, 0, Qt::AlignTop);
    layout->addLayout(head);

    auto* table = new ShortcutTable(context.shortcuts, context.globalShortcuts);
    QLabel* nothing = label({}, TextStyle::Body, Ink::Secondary);
    nothing->hide();
    auto* content = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* lines = column(content, 0, 16);
    lines->setContentsMargins(0, 0, 12, 0);
    auto* note = context.globalShortcuts ? new EverywhereNote(*context.globalShortcuts) : nullptr;
    if (note)
        lines->addWidget(note);
    lines->addWidget(table);
    lines->addWidget(nothing);
    const QString help = context.shortcuts.keysText(Command::Help);
    lines->addWidget(new Legend(help.isEmpty()
            ? tr("Changed by you.")
            : tr("Changed by you. Press %1 in the window to see all shortcuts.").arg(help)));
    auto* commands = note ? new CommandCard(*context.globalShortcuts) : nullptr;
    if (commands)
        lines->addWidget(commands);
    lines->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setAccessibleName(tr("Shortcuts"));
    layout->addWidget(scroll, 1);
    if (note) {
        // Its first row at the top, the rest as far as there is room.
        connect(note, &EverywhereNote::commandsWanted, this, [scroll, commands] {
            scroll->verticalScrollBar()->setValue(commands->y());
            commands->findChild<QPushButton*>()->setFocus();
        });
        context.globalShortcuts->lookAgain();
    }
    connect(search, &QLineEdit::textChanged, this, [table, nothing](const QString& text) {
        table->setSearch(text);
        table->setVisible(!table->isEmpty());
        nothing->setText(tr("Nothing matches \"%1\"").arg(text.trimmed()));
        nothing->setVisible(table->isEmpty());
    });
}

} // namespace hatstand::ui
