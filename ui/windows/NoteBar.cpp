// SPDX-License-Identifier: MIT
#include "ui/windows/NoteBar.h"

#include <QCoreApplication>
#include <QHBoxLayout>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

QFrame* makeNoteBar(
    Panel panel, const QString& icon, const QString& text, QPushButton* action, QWidget* parent)
{
    QFrame* bar = makePanel(panel, parent);
    bar->setAccessibleName(text);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(16, 8, 12, 8);
    layout->setSpacing(12);
    layout->addWidget(makeIcon(icon, bar, panel == Panel::Warning ? &Theme::warning : &Theme::text));
    QLabel* label = makeLabel(text, bar);
    label->setWordWrap(true);
    layout->addWidget(label, 1);
    layout->addWidget(action);
    return bar;
}

QFrame* makeNoteBar(Panel panel, const QString& icon, const QString& text, QWidget* parent)
{
    QPushButton* close
        = makeIconButton(u"cross"_s, QCoreApplication::translate("hatstand::ui::NoteBar", "Dismiss"), parent,
            ButtonKind::Flat, ButtonSize::Small);
    QFrame* bar = makeNoteBar(panel, icon, text, close, parent);
    QObject::connect(close, &QPushButton::clicked, bar, &QWidget::hide);
    return bar;
}

} // namespace hatstand::ui
