// SPDX-License-Identifier: MIT
#include "ui/dialogs/add/NostrPages.h"

#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QProgressBar>

namespace hatstand::ui {
namespace {

SecretBuffer textOf(const QLineEdit* field)
{
    QString text = field->text();
    QString copy(text.constData(), text.size());
    return SecretBuffer::takeFrom(copy).trimmed();
}

} // namespace

NostrEncryptedPage::NostrEncryptedPage(UiContext& context)
    : AddPage(context)
    , m_key(new QLineEdit)
    , m_keyField(new Field(tr("Encrypted key (ncryptsec)"), m_key))
    , m_passphrase(new SecretField)
    , m_passphraseField(new Field(tr("Passphrase"), m_passphrase))
    , m_progress(new QProgressBar)
    , m_progressText(label(tr("Decrypting the key…"), TextStyle::Caption, Ink::Secondary))
{
    QVBoxLayout* layout = layOut(tr("Add with an encrypted key"),
        tr("It stays encrypted. You type the passphrase each time you sign."));
    m_key->setFont(ui::font(TextStyle::Fixed));
    m_passphraseField->setHint(tr("Used once now, to read which account this is."));
    layout->addWidget(m_keyField);
    layout->addWidget(m_passphraseField);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(m_progressText->text());
    m_progress->hide();
    m_progressText->hide();
    layout->addWidget(m_progress);
    layout->addWidget(m_progressText);
    layout->addStretch();
    connect(m_key, &QLineEdit::textChanged, this, &NostrEncryptedPage::check);
    connect(m_passphrase, &QLineEdit::textChanged, this, &NostrEncryptedPage::check);
    connect(m_keyField, &Field::linkActivated, this, [this] {
        auto text = std::make_shared<const SecretBuffer>(textOf(m_key));
        m_key->clear();
        Q_EMIT belongsElsewhere(text);
    });
}

NostrEncryptedPage::~NostrEncryptedPage()
{
    cancel();
}

QWidget* NostrEncryptedPage::firstEmpty() const
{
    return m_key->text().isEmpty() ? m_key : static_cast<QWidget*>(m_passphrase);
}

void NostrEncryptedPage::check()
{
    m_passphraseField->say(Field::Verdict::None);
    const SecretBuffer text = textOf(m_key);
    if (text.isEmpty()) {
        m_keyField->say(Field::Verdict::None);
        return setReady(false);
    }
    const auto checked = signing::checkNcryptsec(text);
    if (!checked) {
        sayRefused(m_keyField, checked.error());
        return setReady(false);
    }
    m_keyField->say(Field::Verdict::Good, tr("Valid encrypted key"));
    setReady(!m_passphrase->text().isEmpty());
}

void NostrEncryptedPage::submit(Callback<session::NewSession> done)
{
    cancel();
    m_cancel = std::make_shared<std::atomic_bool>(false);
    setDecrypting(true);
    auto text = std::make_shared<const SecretBuffer>(textOf(m_key));
    auto passphrase = std::make_shared<const SecretBuffer>(m_passphrase->peek());
    signing::nostrFromNcryptsec(text, passphrase, m_context.pool, this, m_cancel,
        [this, mine = m_cancel, done = std::move(done)](Result<session::NewSession> session) {
            if (*mine)
                return;
            setDecrypting(false);
            if (!session && session.error().code == ErrorCode::WrongPassphrase) {
                m_passphraseField->say(Field::Verdict::Bad, sentence(session.error()));
                m_passphraseField->showNow();
                m_passphrase->setFocus();
                m_passphrase->selectAll();
            } else if (!session && session.error().code != ErrorCode::Cancelled) {
                sayRefused(m_keyField, session.error());
            }
            done(std::move(session));
        });
}

void NostrEncryptedPage::cancel()
{
    if (m_cancel)
        *m_cancel = true;
    m_cancel.reset();
    setDecrypting(false);
}

void NostrEncryptedPage::setDecrypting(bool on)
{
    m_key->setEnabled(!on);
    m_passphrase->setEnabled(!on);
    m_progress->setVisible(on);
    m_progressText->setVisible(on);
}

void NostrEncryptedPage::fill(const SecretBuffer& text)
{
    m_key->setText(QString::fromUtf8(text.text().data(), static_cast<qsizetype>(text.size())).trimmed());
    m_key->setCursorPosition(0);
    m_keyField->showNow();
}

bool NostrEncryptedPage::takes(signing::Pasted kind, const SecretBuffer&, const QWidget* into) const
{
    return kind == signing::Pasted::NostrEncryptedKey && into == m_key;
}

SharedSecret NostrEncryptedPage::secret() const
{
    return std::make_shared<const SecretBuffer>(textOf(m_key));
}

void NostrEncryptedPage::wipe()
{
    m_key->clear();
    m_passphrase->wipe();
}

} // namespace hatstand::ui
