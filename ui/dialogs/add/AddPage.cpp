// SPDX-License-Identifier: MIT
#include "ui/dialogs/add/AddPage.h"

#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>

namespace hatstand::ui {

AddPage::AddPage(UiContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
}

QString AddPage::actionText() const
{
    return tr("Add account");
}

Result<void> AddPage::noteAdded(const session::SessionId&)
{
    return {};
}

bool AddPage::takes(signing::Pasted, const SecretBuffer&, const QWidget*) const
{
    return false;
}

QVBoxLayout* AddPage::layOut(const QString& title, const QString& text)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    QVBoxLayout* head = column(nullptr, 0, 0);
    head->addWidget(paragraph(title, TextStyle::Heading));
    if (!text.isEmpty())
        head->addWidget(paragraph(text, TextStyle::Body, Ink::Secondary));
    layout->addLayout(head);
    return layout;
}

void AddPage::setReady(bool ready)
{
    m_ready = ready;
    Q_EMIT readyChanged();
}

void AddPage::sayKnown(Field* field, const session::NewSession& session, const QString& good) const
{
    const session::Session* known = m_context.sessions.find(session.id);
    if (!known)
        return field->say(Field::Verdict::Good, good);
    const QString there = tr("Already on the stand as %1.").arg(m_context.sessions.nameOf(*known));
    const bool changesNothing = session.signer == session::SignerKind::WatchOnly;
    field->say(Field::Verdict::Hint,
        there + u' '
            + (changesNothing ? tr("It stays as it is.") : tr("Adding it again replaces how it signs.")));
}

void AddPage::sayRefused(Field* field, const Error& error)
{
    const QString link = error.why == Why::PublicKeyGiven ? tr("Watch it")
        : error.why == Why::EncryptedKeyGiven             ? tr("Use its page")
        : error.why == Why::PrivateKeyGiven               ? tr("Use its page")
                                                          : QString();
    field->say(Field::Verdict::Bad, sentence(error), link);
}

bool AddPage::checkLabel(Field* field, const QString& label, const session::SessionId& id) const
{
    const auto checked = m_context.sessions.checkLabel(label, id);
    if (checked)
        field->say(Field::Verdict::None);
    else
        field->say(Field::Verdict::Bad, sentence(checked.error()));
    return checked.has_value();
}

} // namespace hatstand::ui
