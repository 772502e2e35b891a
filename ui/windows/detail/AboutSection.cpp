// SPDX-License-Identifier: MIT
#include "ui/windows/detail/AboutSection.h"

#include "core/base/Clock.h"
#include "core/session/SessionManager.h"
#include "ui/text/Dates.h"

namespace hatstand::ui {

AboutSection::AboutSection(const UiContext& context, QWidget* parent)
    : DetailSection(tr("About this account"), 44, parent)
    , m_context(context)
    , m_last(makeLabel({}, card()))
    , m_lastRow(card()->addRow(tr("Last active"), m_last))
    , m_added(makeLabel({}, card()))
{
    card()->addRow(tr("Added"), m_added);
}

void AboutSection::show(const session::Session& session)
{
    const bool wasActive = session.lastActiveAt.isValid() && m_context.sessions.active() != session.id;
    card()->setRowShown(m_lastRow, wasActive);
    if (wasActive)
        m_last->setText(whenText(session.lastActiveAt, m_context.clock.now()));
    m_added->setText(dayText(session.addedAt));
}

} // namespace hatstand::ui
