// SPDX-License-Identifier: MIT
#include "ui/dialogs/ShortcutsDialog.h"

#include "ui/dialogs/PreferencesDialog.h"
#include "ui/shortcuts/ShortcutMap.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace hatstand::ui {

ShortcutsDialog::ShortcutsDialog(UiContext& context, QWidget* parent)
    : Dialog(tr("Shortcuts"), parent)
{
    constexpr int kWidth = 440;
    QFrame* body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(body, 24, 16);
    layout->addWidget(label(tr("Shortcuts"), TextStyle::Title));
    auto* grid = new QGridLayout;
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(0, 1);
    int line = 0;
    for (const ShortcutMap::Row& row : ShortcutMap::rows()) {
        const QString keys = context.shortcuts.keysText(row.command);
        if (keys.isEmpty())
            continue;
        grid->addWidget(label(row.title), line, 0);
        grid->addWidget(makeKeyCap(keys, nullptr), line, 1, Qt::AlignTrailing);
        ++line;
    }
    layout->addLayout(grid);
    layout->addStretch();
    QPushButton* change = button(tr("Change…"), ButtonKind::Flat);
    QPushButton* close = button(tr("Close"));
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &ShortcutsDialog::accept);
    connect(change, &QPushButton::clicked, this, [this, &context] {
        QWidget* above = parentWidget();
        accept();
        auto* preferences = new PreferencesDialog(context, above);
        preferences->showPage(PreferencesDialog::Page::Shortcuts);
        preferences->open();
    });
    replaceView(body, footOf({change}, {close}), close);
    fitTo(kWidth);
}

} // namespace hatstand::ui
