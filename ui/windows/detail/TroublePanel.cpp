// SPDX-License-Identifier: MIT
#include "ui/windows/detail/TroublePanel.h"

#include "core/secrets/Vault.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

TroublePanel::TroublePanel(const UiContext& context, QWidget* parent)
    : QFrame(parent)
    , m_context(context)
    , m_lock(makeIcon(u"lock"_s, this, &Theme::warning))
    , m_warning(makeIcon(u"warning"_s, this, &Theme::warning))
    , m_text(makeLabel({}, this))
    , m_fix(makeButton({}, this, ButtonKind::Normal, {}, ButtonSize::Small))
{
    setProperty("panel", u"warning"_s);
    m_text->setWordWrap(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 12, 12, 12);
    layout->setSpacing(12);
    layout->addWidget(m_lock);
    layout->addWidget(m_warning);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_fix);
    connect(m_fix, &QPushButton::clicked, this, [this] {
        if (m_isLocked)
            Q_EMIT unlockClicked();
        else
            Q_EMIT repairClicked();
    });
}

void TroublePanel::show(const session::Session& session)
{
    setVisible(isFaded(session));
    if (!isFaded(session))
        return;
    m_isLocked = session.state == session::SessionState::Locked;
    m_lock->setVisible(m_isLocked);
    m_warning->setVisible(!m_isLocked);
    const QString advice = stateAdvice(session);
    const QString reason = stateSentence(session, m_context.vault.kind(), m_context.vault.takesPassphrase());
    m_text->setText(advice.isEmpty() ? reason : tr("%1. %2.").arg(reason, advice));
    m_fix->setText(m_isLocked ? tr("Unlock…") : tr("Repair…"));
}

} // namespace hatstand::ui
