// SPDX-License-Identifier: MIT
#include "ui/dialogs/VaultViews.h"

#include "ui/dialogs/parts/Dialog.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/PassphrasePair.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QPushButton>

namespace hatstand::ui {
namespace {

constexpr int kBodyMargin = 24;

QVBoxLayout* bodyWith(QWidget* body, const QString& title, const QString& text)
{
    QVBoxLayout* layout = column(body, kBodyMargin, 16);
    QVBoxLayout* head = column(nullptr, 0, 4);
    head->addWidget(paragraph(title, TextStyle::Title));
    head->addWidget(paragraph(text, TextStyle::Body, Ink::Secondary));
    layout->addLayout(head);
    return layout;
}

} // namespace

NoKeychainView::NoKeychainView(QObject* parent)
    : QObject(parent)
    , usePassphrase(button(tr("Use a passphrase"), ButtonKind::Primary))
    , onlyWatch(button(tr("Only watch")))
{
    view.body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = bodyWith(view.body, tr("No system keychain was found"),
        tr("Protect keys with a passphrase, or only watch accounts."));
    layout->addWidget(new Notice(Panel::Note, {},
        tr("With a passphrase, keys rest encrypted in a file on this computer. Nothing is ever stored in "
           "clear text.")));
    layout->addStretch();
    usePassphrase->setDefault(true);
    view.foot = footOf({}, {onlyWatch, usePassphrase});
}

NewPassphraseView::NewPassphraseView(QObject* parent)
    : QObject(parent)
    , pair(new PassphrasePair)
    , back(button(tr("Back")))
    , use(button(tr("Use this passphrase"), ButtonKind::Primary))
    , m_problem(new Notice(Panel::Danger, {}, {}))
{
    view.body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = bodyWith(view.body, tr("Choose a passphrase"),
        tr("It protects every key that Hatstand keeps on this computer."));
    layout->addWidget(pair);
    layout->addWidget(new Notice(Panel::Warning, {},
        tr("Hatstand can't recover this passphrase. Without it the keys are lost. Write it down.")));
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addStretch();
    use->setDefault(true);
    use->setEnabled(false);
    connect(pair, &PassphrasePair::readyChanged, this, [this] { use->setEnabled(pair->isReady()); });
    view.foot = footOf({}, {back, use});
}

void NewPassphraseView::setBusy(bool busy)
{
    if (busy)
        back->setFocus(Qt::OtherFocusReason);
    pair->setEnabled(!busy);
    use->setEnabled(!busy && pair->isReady());
}

void NewPassphraseView::showProblem(const QString& text)
{
    m_problem->setTexts({}, text);
    m_problem->setVisible(!text.isEmpty());
}

UnlockView::UnlockView(QObject* parent)
    : QObject(parent)
    , passphrase(new SecretField)
    , cancel(button(tr("Cancel")))
    , unlock(button(tr("Unlock"), ButtonKind::Primary))
    , m_field(new Field(tr("Passphrase"), passphrase))
{
    view.body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout
        = bodyWith(view.body, tr("Unlock Hatstand"), tr("The keys are locked with your passphrase."));
    layout->addWidget(m_field);
    layout->addStretch();
    unlock->setDefault(true);
    unlock->setEnabled(false);
    connect(passphrase, &QLineEdit::textChanged, this, [this](const QString& text) {
        unlock->setEnabled(!text.isEmpty());
        m_field->say(Field::Verdict::None);
    });
    view.foot = footOf({}, {cancel, unlock});
}

SharedSecret UnlockView::peek() const
{
    return std::make_shared<const SecretBuffer>(passphrase->peek());
}

void UnlockView::setBusy(bool busy)
{
    if (busy)
        cancel->setFocus(Qt::OtherFocusReason); // the field that has it can't keep it
    passphrase->setEnabled(!busy);
    unlock->setEnabled(!busy && !passphrase->text().isEmpty());
}

void UnlockView::refuse(const Error& error)
{
    setBusy(false);
    m_field->say(Field::Verdict::Bad, sentence(error));
    m_field->showNow();
    passphrase->setFocus();
    passphrase->selectAll();
}

} // namespace hatstand::ui
