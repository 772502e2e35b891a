// SPDX-License-Identifier: MIT
#include "ui/dialogs/add/AntelopeFindPage.h"

#include "core/antelope/Keys.h"
#include "core/base/Random.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/NetworkIcon.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/text/PlainName.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QListWidget>
#include <QProgressBar>
#include <QScopedValueRollback>
#include <QSet>
#include <array>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using signing::Pasted;

namespace {

constexpr int kChainWidth = 160;
constexpr int kIcon = 16; ///< that stands before what is found of the key
constexpr int kAtOnce = 4; ///< chains
constexpr qsizetype kMostOfOneChain = 50; ///< accounts that are shown
constexpr qsizetype kMostRead = 20; ///< of which more is asked
constexpr int kListHeight = 84; ///< at least
constexpr qsizetype kMostSilent = 3; ///< chains that are named; of more it is said how many
constexpr int kChainRole = Qt::UserRole;
constexpr int kLevelRole = Qt::UserRole + 1;
constexpr qsizetype kLongest = 64; ///< characters

/// So that nothing moves when it comes and goes.
void keepRoomFor(QWidget* widget)
{
    QSizePolicy policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    widget->setSizePolicy(policy);
}

} // namespace

AntelopeFindPage::AntelopeFindPage(UiContext& context)
    : AddPage(context)
    , m_key(new SecretField)
    , m_keyField(new Field(tr("Private key"), m_key))
    , m_chain(new QComboBox)
    , m_ask(button(tr("Ask")))
    , m_bar(new QProgressBar)
    , m_status(paragraph({}, TextStyle::Caption, Ink::Secondary))
    , m_list(new QListWidget)
{
    QVBoxLayout* layout
        = layOut(tr("Find accounts by key"), tr("Each chain that is asked learns the public key."));
    m_key->setFont(ui::font(TextStyle::Fixed));
    m_key->setPlaceholderText(tr("PVT_… or 5…"));
    m_keyField->setHint(tr("The private key is sent to nobody.")); // and keeps the room of what is found
    m_keyField->line()->setMinimumHeight(kIcon);
    layout->addWidget(m_keyField);
    m_chain->addItem(tr("All chains"));
    for (const antelope::Chain& chain : context.chains.all())
        m_chain->addItem(networkIcon(u"antelope"_s, chain.name, {}, 12), chain.name, chain.id);
    m_chain->setIconSize({12, 12});
    m_chain->setFixedWidth(kChainWidth);
    m_chain->setAccessibleName(tr("Chain to ask"));
    m_ask->setAccessibleName(tr("Ask for accounts of this key"));
    QHBoxLayout* line = row(nullptr, 12);
    line->addWidget(m_chain);
    line->addWidget(m_ask);
    line->addWidget(m_bar, 1, Qt::AlignVCenter);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("How many chains were asked"));
    keepRoomFor(m_bar);
    QVBoxLayout* asking = column(nullptr, 0, 6);
    asking->addLayout(line);
    m_status->setMinimumHeight(m_status->fontMetrics().height());
    asking->addWidget(m_status);
    layout->addLayout(asking);
    m_list->setAccessibleName(tr("Accounts that name this key"));
    m_list->setMinimumHeight(kListHeight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    keepRoomFor(m_list);
    followAssistiveSelection(m_list);
    layout->addWidget(m_list, 1);
    connect(m_key, &QLineEdit::textChanged, this, &AntelopeFindPage::check);
    connect(m_key, &QLineEdit::returnPressed, this, &AntelopeFindPage::ask);
    connect(m_keyField, &Field::linkActivated, this, &AntelopeFindPage::watchWanted);
    connect(m_ask, &QPushButton::clicked, this, &AntelopeFindPage::ask);
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        if (!m_filling)
            setReady(!ticked().isEmpty());
    });
    check();
}

AntelopeFindPage::~AntelopeFindPage() = default;

QString AntelopeFindPage::actionText() const
{
    return ticked().size() > 1 ? tr("Add %1 accounts").arg(ticked().size()) : tr("Add account");
}

QWidget* AntelopeFindPage::firstEmpty() const
{
    return m_key->text().isEmpty() ? static_cast<QWidget*>(m_key) : m_ask;
}

void AntelopeFindPage::check()
{
    const SecretBuffer text = m_key->peek().trimmed();
    QString publicKey;
    if (text.isEmpty()) {
        m_keyField->say(Field::Verdict::None);
    } else if (const auto key = antelope::PrivateKey::parse(text); !key) {
        sayRefused(m_keyField, key.error());
    } else {
        publicKey = key->publicKey().text();
        m_keyField->say(Field::Verdict::Good, tr("Valid private key."));
    }
    m_ask->setEnabled(!publicKey.isEmpty());
    if (publicKey == m_publicKey && !publicKey.isEmpty())
        return;
    m_publicKey = publicKey; // what was found is of another key
    stop();
    m_list->clear();
    m_all = 0;
    say();
    setReady(false);
}

void AntelopeFindPage::stop()
{
    m_asking.reset();
    m_toAsk.clear();
    m_open = 0;
}

void AntelopeFindPage::cancel()
{
    const bool wasAsking = m_asked < m_all;
    stop();
    if (wasAsking)
        m_all = m_asked; // no more will come
    say();
}

void AntelopeFindPage::ask()
{
    if (m_publicKey.isEmpty() || !m_context.chainClient)
        return;
    stop();
    m_list->clear();
    m_silent.clear();
    setReady(false);
    std::array<std::uint8_t, 16> drawn{};
    m_context.random.fill(drawn);
    m_circuit = u"find:"_s
        + QString::fromLatin1(
            QByteArray(reinterpret_cast<const char*>(drawn.data()), static_cast<qsizetype>(drawn.size()))
                .toHex());
    const QString chosen = m_chain->currentData().toString();
    for (const bool testnets : {false, true}) { // the chains with something to lose first
        for (const antelope::Chain& chain : m_context.chains.all()) {
            if (chosen.isEmpty() ? chain.testnet == testnets : !testnets && chain.id == chosen)
                m_toAsk += chain.id;
        }
    }
    m_all = m_toAsk.size();
    m_asked = 0;
    m_asking = std::make_unique<QObject>();
    say();
    askMore();
}

void AntelopeFindPage::askMore()
{
    while (m_asking && m_open < kAtOnce && !m_toAsk.isEmpty()) {
        const QString id = m_toAsk.takeFirst();
        ++m_open;
        m_context.chainClient->accountsOf(id, m_publicKey, m_circuit, m_asking.get(),
            guarded(m_asking.get(), [this, id](const Result<QList<chain::ChainClient::Controlled>>& found) {
                --m_open;
                ++m_asked;
                if (found)
                    take(id, *found);
                else if (const antelope::Chain* chain = m_context.chains.byId(id))
                    m_silent += chain->name;
                say();
                askMore();
            }));
    }
}

void AntelopeFindPage::take(const QString& chainId, const QList<chain::ChainClient::Controlled>& controlled)
{
    QSet<QString> actors;
    const auto some = controlled.first(std::min(controlled.size(), kMostOfOneChain));
    for (const auto& [level, isEnough] : some) {
        show({.chainId = chainId, .level = level, .isEnough = isEnough});
        const QString actor = level.section(u'@', 0, 0);
        if (actors.size() < kMostRead && !actors.contains(actor)) {
            actors.insert(actor);
            readAccount(chainId, actor);
        }
    }
}

void AntelopeFindPage::readAccount(const QString& chainId, const QString& actor)
{
    m_context.chainClient->account(chainId, actor, m_circuit, m_asking.get(),
        guarded(m_asking.get(), [this, chainId](const Result<chain::ChainAccount>& account) {
            if (!account)
                return; // what the index said stays
            for (const chain::Permission& permission : account->permissions) {
                const QString level = account->name + u'@' + permission.name;
                if (itemOf(chainId, level))
                    show({.chainId = chainId,
                        .level = level,
                        .balance = account->balance,
                        .isEnough = permission.weightOf(m_publicKey) > 0 && permission.isEnough(m_publicKey),
                        .isRead = true});
            }
        }));
}

QListWidgetItem* AntelopeFindPage::itemOf(const QString& chainId, const QString& level) const
{
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem* item = m_list->item(i);
        if (item->data(kChainRole) == chainId && item->data(kLevelRole) == level)
            return item;
    }
    return nullptr;
}

void AntelopeFindPage::show(const Found& found)
{
    const antelope::Chain* chain = m_context.chains.byId(found.chainId);
    const auto session = chain ? signing::watchAntelope(*chain, found.level)
                               : Result<session::NewSession>(fail(ErrorCode::UnknownChain));
    if (!session)
        return; // no name of an account
    const QScopedValueRollback filling(m_filling, true);
    QListWidgetItem* item = itemOf(found.chainId, found.level);
    const bool isNew = !item;
    if (isNew) {
        item = new QListWidgetItem(m_list);
        item->setData(kChainRole, found.chainId);
        item->setData(kLevelRole, found.level);
        item->setIcon(networkIcon(u"antelope"_s, chain->name, {}, 16));
    }
    const bool isHere = m_context.sessions.find(session->id) != nullptr;
    const QString enough = found.isEnough ? tr("✓ this key alone is enough")
        : found.isRead                    ? tr("other keys are needed as well")
                                          : tr("not known whether this key alone is enough");
    QStringList parts{chain->name};
    if (!found.balance.isEmpty())
        parts += plainLine(found.balance, kLongest);
    if (isHere)
        parts.insert(1, tr("already on the stand"));
    parts += enough;
    item->setText(found.level + u'\n' + parts.join(u" · "_s));
    item->setData(Qt::AccessibleTextRole, found.level + u", "_s + parts.join(u", "_s));
    item->setToolTip(plainToolTip(item->text()));
    m_list->setVisible(true);
    const bool canSign = found.isEnough || !found.isRead;
    item->setFlags(canSign ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                           : Qt::ItemFlags(Qt::ItemIsSelectable));
    if (!canSign)
        item->setCheckState(Qt::Unchecked);
    else if (isNew) // later the tick is the person's
        item->setCheckState(found.isEnough && !isHere ? Qt::Checked : Qt::Unchecked);
    setReady(!ticked().isEmpty());
}

QList<QListWidgetItem*> AntelopeFindPage::ticked() const
{
    QList<QListWidgetItem*> items;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->checkState() == Qt::Checked)
            items += m_list->item(i);
    }
    return items;
}

void AntelopeFindPage::say()
{
    const bool isAsking = m_asked < m_all;
    m_bar->setVisible(isAsking);
    m_bar->setRange(0, static_cast<int>(std::max<qsizetype>(m_all, 1)));
    m_bar->setValue(static_cast<int>(m_asked));
    m_list->setVisible(m_list->count() > 0);
    QStringList parts;
    if (isAsking)
        parts += tr("Asked %1 of %2 chains").arg(m_asked).arg(m_all);
    else if (m_all > 0 && m_list->count() == 0)
        parts += tr("No account names this key.");
    const bool isSilent = !isAsking && !m_silent.isEmpty();
    const QString silent = m_silent.join(u", "_s);
    if (isSilent)
        parts += m_silent.size() <= kMostSilent ? tr("No answer from %1").arg(silent)
                                                : tr("No answer from %1 chains").arg(m_silent.size());
    m_status->setText(breakable(parts.join(u" · "_s)));
    m_status->setToolTip(isSilent ? plainToolTip(silent) : QString());
    m_status->setAccessibleDescription(isSilent ? silent : QString());
}

void AntelopeFindPage::submit(Callback<session::NewSession> done)
{
    m_rest.clear();
    QList<session::NewSession> all;
    const SecretBuffer key = m_key->peek().trimmed();
    for (const QListWidgetItem* item : ticked()) {
        const antelope::Chain* chain = m_context.chains.byId(item->data(kChainRole).toString());
        auto session = chain ? signing::antelopeFromKey(*chain, item->data(kLevelRole).toString(), key)
                             : Result<session::NewSession>(fail(ErrorCode::UnknownChain));
        if (!session) {
            sayRefused(m_keyField, session.error());
            return done(fail(session.error()));
        }
        all += *std::move(session);
    }
    if (all.isEmpty())
        return done(fail(ErrorCode::Cancelled));
    session::NewSession first = all.takeFirst();
    m_rest = std::move(all);
    done(std::move(first));
}

QList<session::NewSession> AntelopeFindPage::takeRest()
{
    return std::exchange(m_rest, {});
}

void AntelopeFindPage::fill(const SecretBuffer& text)
{
    m_key->put(text.trimmed());
    m_keyField->showNow();
}

bool AntelopeFindPage::takes(Pasted kind, const SecretBuffer&, const QWidget* into) const
{
    return kind == Pasted::AntelopeKey && into == m_key;
}

SharedSecret AntelopeFindPage::secret() const
{
    return std::make_shared<const SecretBuffer>(m_key->peek().trimmed());
}

void AntelopeFindPage::wipe()
{
    m_key->wipe();
}

} // namespace hatstand::ui
