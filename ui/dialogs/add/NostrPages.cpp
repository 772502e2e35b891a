// SPDX-License-Identifier: MIT
#include "ui/dialogs/add/NostrPages.h"

#include "core/secrets/Vault.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/parts/VaultWords.h"

#include <QBoxLayout>

namespace hatstand::ui {

using signing::Pasted;

GeneratePage::GeneratePage(UiContext& context)
    : AddPage(context)
    , m_label(new QLineEdit)
    , m_labelField(new Field(tr("Label"), m_label))
{
    QVBoxLayout* layout = layOut(tr("Make a new Nostr account"),
        tr("The key is made on this computer and rests in %1.").arg(vaultName(context.vault.kind())));
    m_labelField->setHint(tr("Only you see it. You can change it later."));
    layout->addWidget(m_labelField);
    layout->addWidget(new Notice(Panel::Note, {},
        tr("Next you will be asked to save a backup. Without one, losing this computer means losing the "
           "account.")));
    layout->addStretch();
    connect(m_label, &QLineEdit::textChanged, this, &GeneratePage::check);
    check();
}

QString GeneratePage::actionText() const
{
    return tr("Generate and add");
}

QWidget* GeneratePage::firstEmpty() const
{
    return m_label;
}

void GeneratePage::check()
{
    setReady(checkLabel(m_labelField, m_label->text(), {}));
}

void GeneratePage::submit(Callback<session::NewSession> done)
{
    session::NewSession session = signing::generateNostr(m_context.random);
    session.label = m_label->text();
    done(std::move(session));
}

NostrKeyPage::NostrKeyPage(UiContext& context)
    : AddPage(context)
    , m_key(new SecretField)
    , m_keyField(new Field(tr("Private key"), m_key))
    , m_label(new QLineEdit)
    , m_labelField(new Field(tr("Label"), m_label))
{
    QVBoxLayout* layout = layOut(tr("Add with a private key"), tr("Paste an nsec or 64 hex digits."));
    m_key->setFont(ui::font(TextStyle::Fixed));
    m_label->setPlaceholderText(tr("Optional"));
    layout->addWidget(m_keyField);
    layout->addWidget(m_labelField);
    layout->addWidget(paragraph(
        tr("The key goes to %1. The clipboard is cleared after adding.").arg(vaultName(context.vault.kind())),
        TextStyle::Caption, Ink::Secondary));
    layout->addStretch();
    connect(m_key, &QLineEdit::textChanged, this, &NostrKeyPage::check);
    connect(m_label, &QLineEdit::textChanged, this, &NostrKeyPage::check);
    connect(m_keyField, &Field::linkActivated, this, [this] { Q_EMIT belongsElsewhere(secret()); });
}

QWidget* NostrKeyPage::firstEmpty() const
{
    return m_key->text().isEmpty() ? static_cast<QWidget*>(m_key) : m_label;
}

void NostrKeyPage::check()
{
    const SecretBuffer text = m_key->peek();
    if (text.trimmed().isEmpty()) {
        m_keyField->say(Field::Verdict::None);
        return setReady(false);
    }
    const auto session = signing::nostrFromKey(text);
    if (!session && signing::recognise(text) == Pasted::AntelopeKey) {
        m_keyField->say(Field::Verdict::Bad, tr("This is an Antelope key."), tr("Use its page"));
        return setReady(false);
    }
    if (!session) {
        sayRefused(m_keyField, session.error());
        return setReady(false);
    }
    sayKnown(m_keyField, *session, tr("Valid private key"));
    setReady(checkLabel(m_labelField, m_label->text(), session->id));
}

void NostrKeyPage::submit(Callback<session::NewSession> done)
{
    auto session = signing::nostrFromKey(m_key->peek());
    if (session)
        session->label = m_label->text();
    done(std::move(session));
}

void NostrKeyPage::fill(const SecretBuffer& text)
{
    m_key->put(text.trimmed());
    m_keyField->showNow();
}

bool NostrKeyPage::takes(Pasted kind, const SecretBuffer&, const QWidget* into) const
{
    return kind == Pasted::NostrKey && into == m_key;
}

SharedSecret NostrKeyPage::secret() const
{
    return std::make_shared<const SecretBuffer>(m_key->peek().trimmed());
}

void NostrKeyPage::wipe()
{
    m_key->wipe();
}

NostrWatchPage::NostrWatchPage(UiContext& context)
    : AddPage(context)
    , m_key(new QLineEdit)
    , m_keyField(new Field(tr("Public key"), m_key))
    , m_card(makePanel(Panel::Card, nullptr))
    , m_avatar(new AvatarLabel(40, nullptr))
    , m_name(label({}, TextStyle::Strong))
    , m_shortId(label({}, TextStyle::Fixed, Ink::Secondary))
{
    QVBoxLayout* layout
        = layOut(tr("Watch an account"), tr("You see its profile and lists. It can never sign."));
    m_key->setFont(ui::font(TextStyle::Fixed));
    m_keyField->setHint(tr("An npub, an nprofile or 64 hex digits."));
    layout->addWidget(m_keyField);
    auto* card = new QHBoxLayout(m_card);
    card->setContentsMargins(16, 12, 16, 12);
    card->setSpacing(12);
    card->addWidget(m_avatar);
    QVBoxLayout* lines = column(nullptr, 0, 2);
    lines->addWidget(m_name);
    lines->addWidget(m_shortId);
    card->addLayout(lines, 1);
    card->addWidget(makePill(tr("Watch-only"), nullptr));
    m_card->hide();
    layout->addWidget(m_card);
    layout->addStretch();
    connect(m_key, &QLineEdit::textChanged, this, &NostrWatchPage::check);
    connect(m_keyField, &Field::linkActivated, this, [this] {
        QString text = m_key->text();
        auto taken = std::make_shared<const SecretBuffer>(SecretBuffer::takeFrom(text));
        m_key->clear();
        Q_EMIT belongsElsewhere(taken);
    });
}

QWidget* NostrWatchPage::firstEmpty() const
{
    return m_key;
}

void NostrWatchPage::check()
{
    const QString text = m_key->text().trimmed();
    m_card->hide();
    if (text.isEmpty()) {
        m_keyField->say(Field::Verdict::None);
        return setReady(false);
    }
    const auto session = signing::watchNostr(text);
    if (!session) {
        sayRefused(m_keyField, session.error());
        return setReady(false);
    }
    const session::Networks& networks = m_context.sessions.networks();
    const session::Session* known = m_context.sessions.find(session->id);
    sayKnown(m_keyField, *session, tr("Public key found"));
    m_avatar->setSpec(avatarSpec(session->id.text(), networks.networkName(session->id)));
    m_name->setText(known ? m_context.sessions.nameOf(*known) : tr("New account"));
    m_shortId->setText(networks.shortId(session->id));
    m_card->show();
    setReady(!known);
}

void NostrWatchPage::submit(Callback<session::NewSession> done)
{
    done(signing::watchNostr(m_key->text().trimmed()));
}

void NostrWatchPage::fill(const SecretBuffer& text)
{
    m_key->setText(QString::fromUtf8(text.text().data(), static_cast<qsizetype>(text.size())).trimmed());
    m_key->setCursorPosition(0);
    m_keyField->showNow();
}

bool NostrWatchPage::takes(Pasted kind, const SecretBuffer& text, const QWidget* into) const
{
    // 64 digits may be either; here they are a public key.
    constexpr std::size_t kHexDigits = 64;
    const bool digits
        = kind == Pasted::NostrKey && text.trimmed().size() == kHexDigits && text.text().find("nsec") != 0;
    return into == m_key && (kind == Pasted::NostrPublicKey || digits);
}

void NostrWatchPage::wipe()
{
    m_key->clear();
}

} // namespace hatstand::ui
