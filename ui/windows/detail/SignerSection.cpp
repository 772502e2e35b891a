// SPDX-License-Identifier: MIT
#include "ui/windows/detail/SignerSection.h"

#include "core/secrets/Vault.h"
#include "core/session/SessionManager.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::SessionState;
using session::SignerKind;

QString stateName(SessionState state)
{
    switch (state) {
    case SessionState::Ready:
        return SignerSection::tr("Ready");
    case SessionState::Locked:
        return SignerSection::tr("Locked");
    case SessionState::SecretMissing:
        return SignerSection::tr("No key");
    case SessionState::Damaged:
        return SignerSection::tr("Damaged");
    case SessionState::NeedsLogin:
        return SignerSection::tr("Needs login");
    case SessionState::Unknown:
        return SignerSection::tr("Not checked yet");
    }
    return {};
}

PillKind pillOf(SessionState state)
{
    return state == SessionState::Ready  ? PillKind::Success
        : state == SessionState::Unknown ? PillKind::Plain
                                         : PillKind::Warning;
}

QString restsIn(const secrets::Vault& vault)
{
    if (vault.kind() == secrets::VaultKind::Passphrase)
        return SignerSection::tr("Hatstand's own file, under your passphrase");
    return vault.takesPassphrase()
        ? SignerSection::tr("System keychain, encrypted under your Hatstand passphrase")
        : SignerSection::tr("System keychain, one entry for this account");
}

} // namespace

SignerSection::SignerSection(const UiContext& context, QWidget* parent)
    : DetailSection(tr("Signer"), 44, parent)
    , m_context(context)
    , m_with(new ElidedLabel(card(), Qt::ElideRight))
    , m_state(makePill({}, card()))
    , m_withRow(card()->addRow(tr("Signs with"), m_with, {m_state}))
    , m_rests(new ElidedLabel(card(), Qt::ElideRight))
    , m_restsRow(card()->addRow(tr("Secret rests in"), m_rests))
    , m_export(makeButton({}, card(), ButtonKind::Normal, {}, ButtonSize::Small))
    , m_backupRow(card()->addRow(tr("Backup"), makeBackup(), {m_export}))
{
    connect(m_export, &QPushButton::clicked, this, &SignerSection::exportClicked);
}

QWidget* SignerSection::makeBackup()
{
    auto* backup = new QWidget(card());
    m_done = makeIcon(u"done"_s, backup, &Theme::success);
    m_warning = makeIcon(u"warning"_s, backup, &Theme::warning);
    m_backup = new ElidedLabel(backup, Qt::ElideRight);
    auto* layout = new QHBoxLayout(backup);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_done);
    layout->addWidget(m_warning);
    layout->addWidget(m_backup, 1);
    return backup;
}

void SignerSection::show(const session::Session& session)
{
    const bool watches = session.signer == SignerKind::WatchOnly;
    m_with->setFullText(signerSentence(session.signer));
    m_state->setText(stateName(session.state));
    setPill(m_state, pillOf(session.state));
    // Nothing is ready to sign where nothing signs.
    m_state->setVisible(!watches || session.state != SessionState::Ready);
    card()->setRowShown(m_restsRow, !watches);
    card()->setRowShown(m_backupRow, !watches);
    if (watches)
        return;
    m_rests->setFullText(restsIn(m_context.vault));
    const bool exported = session.exportedAt.isValid();
    m_done->setVisible(exported);
    m_warning->setVisible(!exported);
    m_backup->setFullText(exported ? tr("Exported on %1").arg(dayText(session.exportedAt))
                                   : tr("Never exported. Hatstand knows of no copy."));
    m_export->setText(exported ? tr("Export again…") : tr("Export backup…"));
    m_export->setAccessibleName(tr("Export backup of %1").arg(m_context.sessions.nameOf(session)));
}

} // namespace hatstand::ui
