// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/PassphrasePart.h"

#include "core/secrets/VaultSetup.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/PassphrasePair.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>

namespace hatstand::ui {

using secrets::VaultKind;

PassphrasePart::PassphrasePart(UiContext& context)
    : m_context(context)
    , m_title(label({}, TextStyle::Heading))
    , m_what(paragraph({}, TextStyle::Body, Ink::Secondary))
    , m_before(new SecretField)
    , m_beforeField(new Field(tr("Passphrase now"), m_before))
    , m_after(new PassphrasePair)
    , m_loss(new Notice(Panel::Warning, {},
          tr("Hatstand can't recover this passphrase. Without it the keys are lost, unless you exported "
             "them. "
             "Write it down.")))
    , m_busy(new Notice(Panel::Note, {}, tr("Encrypting every key anew…")))
    , m_done(new Notice(Panel::Success, {}, {}))
    , m_problem(new Notice(Panel::Danger, {}, {}))
    , m_apply(button({}))
    , m_remove(button(tr("Remove passphrase")))
{
    QVBoxLayout* layout = column(this, 0, 12);
    QVBoxLayout* head = column(nullptr, 0, 4);
    head->addWidget(m_title);
    head->addWidget(m_what);
    layout->addLayout(head);
    QHBoxLayout* before = row(nullptr, 0);
    before->addWidget(m_beforeField, 1);
    before->addSpacing(12); // as wide as the fields of the pair under it
    before->addStretch(1);
    layout->addLayout(before);
    layout->addWidget(m_after);
    for (Notice* notice : {m_loss, m_busy, m_done, m_problem})
        layout->addWidget(notice);
    for (Notice* notice : {m_busy, m_done, m_problem})
        notice->hide();
    QHBoxLayout* buttons = row(nullptr, 8);
    buttons->addWidget(m_apply);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    layout->addLayout(buttons);
    const auto typed = [this] {
        m_beforeField->say(Field::Verdict::None);
        m_problem->hide();
        refresh();
    };
    connect(m_before, &QLineEdit::textChanged, this, typed);
    connect(m_after, &PassphrasePair::readyChanged, this, typed);
    connect(m_apply, &QPushButton::clicked, this, [this] { apply(false); });
    connect(m_remove, &QPushButton::clicked, this, [this] { apply(true); });
    connect(&context.vault, &secrets::Vault::stateChanged, this, &PassphrasePart::follow);
    follow();
}

void PassphrasePart::follow()
{
    const bool has = m_context.vault.takesPassphrase();
    const bool optional = m_context.vault.kind() == VaultKind::Keychain;
    setVisible(m_context.vault.kind() != VaultKind::None);
    m_title->setText(has ? tr("Change the passphrase") : tr("Protect keys with a Hatstand passphrase"));
    m_what->setText(tr("Then the keychain alone gives no key away, and Hatstand can be locked."));
    m_what->setVisible(!has);
    m_beforeField->setVisible(has);
    m_apply->setText(has ? tr("Change passphrase") : tr("Set passphrase"));
    m_remove->setVisible(has && optional);
    refresh();
}

void PassphrasePart::refresh()
{
    const bool isKnown = !m_context.vault.takesPassphrase() || !m_before->text().isEmpty();
    m_before->setEnabled(!m_changing);
    m_after->setEnabled(!m_changing);
    m_apply->setEnabled(!m_changing && isKnown && m_after->isReady());
    m_remove->setEnabled(!m_changing && isKnown);
}

void PassphrasePart::apply(bool remove)
{
    const bool has = m_context.vault.takesPassphrase();
    const SharedSecret before = has ? std::make_shared<const SecretBuffer>(m_before->peek()) : nullptr;
    const SharedSecret after = remove ? nullptr : m_after->peek();
    const QString done = remove ? tr("The passphrase is gone. The keys rest in the system keychain alone.")
        : has                   ? tr("The passphrase is changed. The one before opens nothing any more.")
                                : tr("The keys are protected. From now on Hatstand can be locked.");
    m_changing = true;
    m_done->hide();
    m_problem->hide();
    m_busy->show();
    refresh();
    m_context.vault.changePassphrase(
        before, after, guarded(this, [this, done](const Result<void>& changed) { end(changed, done); }));
}

void PassphrasePart::end(const Result<void>& changed, const QString& done)
{
    m_changing = false;
    m_busy->hide();
    if (changed) {
        m_before->wipe();
        m_after->wipe();
        m_done->setTexts({}, done);
        m_done->show();
        return follow();
    }
    refresh();
    if (changed.error().code != ErrorCode::WrongPassphrase) {
        m_problem->setTexts({}, sentence(changed.error()));
        return m_problem->show();
    }
    m_beforeField->say(Field::Verdict::Bad, sentence(changed.error()));
    m_beforeField->showNow();
    m_before->setFocus();
    m_before->selectAll();
}

} // namespace hatstand::ui
