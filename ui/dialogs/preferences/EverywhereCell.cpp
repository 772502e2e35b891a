// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/EverywhereCell.h"

#include "ui/dialogs/preferences/KeyRecorder.h"
#include "ui/dialogs/preferences/ShortcutColumns.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>

namespace hatstand::ui {

EverywhereCell::EverywhereCell(GlobalShortcuts& shortcuts, const GlobalShortcuts::Row& row, QWidget* parent)
    : QWidget(parent)
    , m_shortcuts(shortcuts)
    , m_row(row)
    , m_recorder(new KeyRecorder)
    , m_given(new ElidedLabel(nullptr, Qt::ElideRight))
{
    QHBoxLayout* layout = ui::row(this, 0);
    m_recorder->setFixedHeight(grown(30));
    m_recorder->setAccessibleName(tr("Keys that work everywhere for: %1").arg(row.title));
    layout->addWidget(m_recorder, 1);
    layout->addWidget(m_given, 1);
    connect(m_recorder, &KeyRecorder::recorded, this, &EverywhereCell::recorded);
    connect(m_recorder, &KeyRecorder::recordingChanged, this, &EverywhereCell::recordingChanged);
    connect(&shortcuts, &GlobalShortcuts::changed, this, &EverywhereCell::refresh);
    refresh();
}

bool EverywhereCell::isRecording() const
{
    return m_recorder->isRecording();
}

bool EverywhereCell::isOurs() const
{
    return m_shortcuts.way() == GlobalKeys::Way::Grabbed;
}

bool EverywhereCell::isChanged() const
{
    return isOurs() && m_shortcuts.isChanged(m_row.action);
}

QString EverywhereCell::text() const
{
    return isOurs() ? m_shortcuts.keysText(m_row.action) : m_shortcuts.triggerText(m_row.action);
}

void EverywhereCell::record()
{
    m_recorder->setFocus();
    m_recorder->click();
}

void EverywhereCell::refresh()
{
    const QString keys = text();
    const bool hasCommand = m_shortcuts.way() == GlobalKeys::Way::None && m_row.action != GlobalAction::Add;
    m_recorder->setVisible(isOurs());
    m_given->setVisible(!isOurs());
    layout()->setContentsMargins(isOurs() ? 0 : columns::kTextInset, 0, 0, 0);
    m_recorder->setKeysText(keys);
    const QString trouble = m_shortcuts.trouble(m_row.action);
    m_recorder->setTroubled(!trouble.isEmpty());
    if (!trouble.isEmpty())
        m_recorder->setAccessibleDescription(trouble); // names the keys as well
    setInk(m_given, keys.isEmpty() ? Ink::Secondary : Ink::Text);
    m_given->setFullText(!keys.isEmpty() ? keys : hasCommand ? tr("By command") : tr("None"));
}

} // namespace hatstand::ui
