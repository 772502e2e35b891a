// SPDX-License-Identifier: MIT
#include "ui/dialogs/add/AntelopePages.h"

#include "core/antelope/Keys.h"
#include "ui/dialogs/add/KeyCheck.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/NetworkIcon.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QComboBox>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using signing::Pasted;

namespace {

constexpr int kChainWidth = 136;

QString asText(const SecretBuffer& text)
{
    return QString::fromUtf8(text.text().data(), static_cast<qsizetype>(text.size())).trimmed();
}

} // namespace

AntelopeAccount::AntelopeAccount(UiContext& context)
    : m_context(context)
    , m_chain(new QComboBox)
    , m_account(new QLineEdit)
    , m_field(new Field(tr("Account and permission"), m_account))
{
    for (const antelope::Chain& chain : context.chains.all())
        m_chain->addItem(networkIcon(u"antelope"_s, chain.name, {}, 12), chain.name, chain.id);
    m_chain->setIconSize({12, 12});
    m_account->setFont(ui::font(TextStyle::Fixed));
    m_account->setPlaceholderText(u"name@active"_s);
    QVBoxLayout* lines = column(this, 0, 4);
    QHBoxLayout* layout = row(nullptr, 12);
    lines->addLayout(layout);
    auto* chainField = new Field(tr("Chain"), static_cast<QWidget*>(m_chain));
    chainField->setFixedWidth(kChainWidth);
    layout->addWidget(chainField, 0, Qt::AlignTop);
    layout->addWidget(m_field, 1, Qt::AlignTop);
    lines->addWidget(m_field->line());
    connect(m_chain, &QComboBox::currentIndexChanged, this, &AntelopeAccount::changed);
    connect(m_account, &QLineEdit::textChanged, this, &AntelopeAccount::changed);
}

const antelope::Chain& AntelopeAccount::chain() const
{
    return m_context.chains.all().at(qMax(0, m_chain->currentIndex()));
}

QString AntelopeAccount::text() const
{
    return m_account->text().trimmed();
}

bool AntelopeAccount::isEmpty() const
{
    return text().isEmpty();
}

void AntelopeAccount::setChain(const QString& chainId)
{
    if (const int index = m_chain->findData(chainId); index >= 0)
        m_chain->setCurrentIndex(index);
}

void AntelopeAccount::setText(const QString& text)
{
    m_account->setText(text);
}

std::optional<session::NewSession> AntelopeAccount::check()
{
    if (isEmpty()) {
        m_field->say(Field::Verdict::None);
        return std::nullopt;
    }
    if (!text().contains(u'@')) {
        m_field->say(
            Field::Verdict::Bad, tr("The permission is missing: for example %1@active.").arg(text()));
        return std::nullopt;
    }
    auto session = signing::watchAntelope(chain(), text());
    if (!session) {
        m_field->say(Field::Verdict::Bad, sentence(session.error()));
        return std::nullopt;
    }
    m_field->say(Field::Verdict::None);
    return *session;
}

void AntelopeAccount::showNow()
{
    m_field->showNow();
}

AntelopeKeyPage::AntelopeKeyPage(UiContext& context)
    : AddPage(context)
    , m_account(new AntelopeAccount(context))
    , m_key(new SecretField)
    , m_keyField(new Field(tr("Private key"), m_key))
    , m_check(new KeyCheck(context))
    , m_label(new QLineEdit)
    , m_labelField(new Field(tr("Label"), m_label))
{
    QVBoxLayout* layout = layOut(tr("Add an Antelope account"), {});
    layout->addWidget(m_account);
    m_key->setFont(ui::font(TextStyle::Fixed));
    m_key->setPlaceholderText(tr("PVT_… or 5…"));
    if (!m_check->canAsk())
        m_keyField->setHint(tr("Not checked with the chain"));
    layout->addWidget(m_keyField);
    m_label->setPlaceholderText(tr("Optional"));
    layout->addWidget(m_labelField);
    layout->addWidget(m_check); // below all that is typed into: what it says comes late, and may be long
    layout->addStretch();
    connect(m_account, &AntelopeAccount::changed, this, &AntelopeKeyPage::check);
    connect(m_key, &QLineEdit::textChanged, this, &AntelopeKeyPage::check);
    connect(m_label, &QLineEdit::textChanged, this, &AntelopeKeyPage::check);
    connect(m_keyField, &Field::linkActivated, this, &AntelopeKeyPage::watchWanted);
    connect(m_check, &KeyCheck::changed, this, &AntelopeKeyPage::check);
}

QWidget* AntelopeKeyPage::firstEmpty() const
{
    if (m_account->isEmpty())
        return m_account->editor();
    return m_key->text().isEmpty() ? static_cast<QWidget*>(m_key) : m_label;
}

bool AntelopeKeyPage::checkKey(const std::optional<session::NewSession>& account)
{
    const SecretBuffer text = m_key->peek().trimmed();
    const QString good
        = m_check->canAsk() ? tr("Valid private key.") : tr("Valid private key. Not checked with the chain.");
    if (text.isEmpty()) {
        m_keyField->say(Field::Verdict::None);
        return false;
    }
    // Without an account yet the key is looked at alone.
    const auto key = antelope::PrivateKey::parse(text);
    if (!key) {
        sayRefused(m_keyField, key.error());
        return false;
    }
    if (!account) {
        m_keyField->say(Field::Verdict::Good, good);
        return false;
    }
    const auto session = signing::antelopeFromKey(m_account->chain(), m_account->text(), text);
    if (!session) {
        sayRefused(m_keyField, session.error());
        return false;
    }
    sayKnown(m_keyField, *session, good);
    m_check->look(m_account->chain().id, session->id.identity(), session->publicKey);
    return true;
}

void AntelopeKeyPage::check()
{
    const auto account = m_account->check();
    const bool key = checkKey(account);
    if (!key)
        m_check->look({}, {}, {});
    const bool label
        = checkLabel(m_labelField, m_label->text(), account ? account->id : session::SessionId());
    setReady(account && key && label && m_check->allows());
}

void AntelopeKeyPage::submit(Callback<session::NewSession> done)
{
    auto session = signing::antelopeFromKey(m_account->chain(), m_account->text(), m_key->peek().trimmed());
    if (session)
        session->label = m_label->text();
    done(std::move(session));
}

void AntelopeKeyPage::fill(const SecretBuffer& text)
{
    m_key->put(text.trimmed());
    m_keyField->showNow();
}

bool AntelopeKeyPage::takes(Pasted kind, const SecretBuffer&, const QWidget* into) const
{
    return (kind == Pasted::AntelopeKey && into == m_key)
        || (kind == Pasted::AntelopeAccount && into == m_account->editor());
}

SharedSecret AntelopeKeyPage::secret() const
{
    return std::make_shared<const SecretBuffer>(m_key->peek().trimmed());
}

void AntelopeKeyPage::wipe()
{
    m_key->wipe();
}

AntelopeWatchPage::AntelopeWatchPage(UiContext& context)
    : AddPage(context)
    , m_account(new AntelopeAccount(context))
    , m_check(new KeyCheck(context, KeyCheck::For::Watching))
    , m_labelField(nullptr)
    , m_label(new QLineEdit)
{
    QVBoxLayout* layout = layOut(tr("Watch an Antelope account"), tr("It can never sign."));
    layout->addWidget(m_account);
    m_label->setPlaceholderText(tr("Optional"));
    m_labelField = new Field(tr("Label"), m_label);
    layout->addWidget(m_labelField);
    if (!m_check->canAsk())
        layout->addWidget(label(tr("Not checked with the chain"), TextStyle::Caption, Ink::Secondary));
    layout->addWidget(m_check); // below all that is typed into: what it says comes late
    layout->addStretch();
    connect(m_account, &AntelopeAccount::changed, this, &AntelopeWatchPage::check);
    connect(m_label, &QLineEdit::textChanged, this, &AntelopeWatchPage::check);
    connect(m_check, &KeyCheck::changed, this, &AntelopeWatchPage::check);
}

QWidget* AntelopeWatchPage::firstEmpty() const
{
    return m_account->isEmpty() ? m_account->editor() : m_label;
}

void AntelopeWatchPage::check()
{
    const auto account = m_account->check();
    const session::Session* known = account ? m_context.sessions.find(account->id) : nullptr;
    if (account && !known)
        m_check->look(m_account->chain().id, account->id.identity(), {});
    else
        m_check->look({}, {}, {});
    if (known) {
        sayKnown(m_labelField, *account, {});
        return setReady(false);
    }
    const bool label
        = checkLabel(m_labelField, m_label->text(), account ? account->id : session::SessionId());
    setReady(account && label && m_check->allows());
}

void AntelopeWatchPage::submit(Callback<session::NewSession> done)
{
    auto session = signing::watchAntelope(m_account->chain(), m_account->text());
    if (session)
        session->label = m_label->text();
    done(std::move(session));
}

void AntelopeWatchPage::fill(const SecretBuffer& text)
{
    m_account->setText(asText(text));
    m_account->showNow();
}

bool AntelopeWatchPage::takes(Pasted kind, const SecretBuffer&, const QWidget* into) const
{
    return kind == Pasted::AntelopeAccount && into == m_account->editor();
}

} // namespace hatstand::ui
