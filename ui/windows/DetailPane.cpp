// SPDX-License-Identifier: MIT
#include "ui/windows/DetailPane.h"

#include "core/session/SessionManager.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/models/SessionModel.h"
#include "ui/text/Sentences.h"
#include "ui/theme/Motion.h"
#include "ui/windows/Card.h"
#include "ui/windows/Dates.h"
#include "ui/windows/DetailHeader.h"
#include "ui/windows/QrCode.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollArea>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultKind;
using session::Session;
using session::SessionId;
using session::SessionState;
using session::SignerKind;

constexpr int kHead = 14;
constexpr int kTail = 10;

/// As much of a key as a person compares: its beginning and its end.
QString shortened(const QString& key)
{
    return key.size() <= kHead + kTail + 1 ? key : key.left(kHead) + u"…"_s + key.right(kTail);
}

QString stateName(SessionState state)
{
    switch (state) {
    case SessionState::Ready:
        return DetailPane::tr("Ready");
    case SessionState::Locked:
        return DetailPane::tr("Locked");
    case SessionState::SecretMissing:
        return DetailPane::tr("No key");
    case SessionState::Damaged:
        return DetailPane::tr("Damaged");
    case SessionState::NeedsLogin:
        return DetailPane::tr("Needs login");
    case SessionState::Unknown:
        return DetailPane::tr("Not checked yet");
    }
    return {};
}

} // namespace

DetailPane::DetailPane(UiContext& context, QWidget* parent)
    : QFrame(parent)
    , m_context(context)
    , m_back(makeIconButton(u"back"_s, tr("Back to the accounts"), this))
    , m_header(nullptr)
    , m_scroll(new QScrollArea(this))
    , m_layout(nullptr)
{
    setProperty("panel", u"background"_s);
    auto* content = new QWidget(m_scroll);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(24, 24, 24, 24);
    m_layout->setSpacing(0);
    m_header = new DetailHeader(context.shortcuts, content);
    m_layout->addWidget(m_back, 0, Qt::AlignLeading);
    m_layout->addWidget(m_header);
    m_layout->addStretch(1);
    m_back->hide();
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_scroll);

    connect(m_back, &QPushButton::clicked, this, &DetailPane::backRequested);
    connect(m_header, &DetailHeader::switchClicked, this, [this] { Q_EMIT switchRequested(m_id); });
    connect(m_header, &DetailHeader::renameClicked, this, [this] { Q_EMIT renameRequested(m_id); });
    connect(m_header, &DetailHeader::logoutClicked, this, [this] { Q_EMIT logoutRequested(m_id); });
    connect(&context.model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) {
            const int row = m_context.model.indexOf(m_id).row();
            if (row >= first.row() && row <= last.row())
                refresh();
        });
    connect(&context.vault, &secrets::Vault::stateChanged, this, &DetailPane::refresh);
}

void DetailPane::setBackShown(bool shown)
{
    m_back->setVisible(shown);
}

void DetailPane::focusFirst()
{
    m_back->setFocus(Qt::OtherFocusReason);
}

void DetailPane::show(const SessionId& id)
{
    if (id == m_id)
        return;
    m_id = id;
    refresh();
    fadeIn(m_scroll->widget());
}

void DetailPane::refresh()
{
    const Session* session = m_context.sessions.find(m_id);
    const QWidget* focused = m_cards ? m_cards->focusWidget() : nullptr;
    const QString focusedName = focused && focused->hasFocus() ? focused->objectName() : QString();
    if (m_cards) {
        // Now gone for the eye, later for whoever is inside one of its signals.
        m_cards->hide();
        m_cards->deleteLater();
        m_layout->removeWidget(m_cards);
        m_cards = nullptr;
    }
    m_header->setVisible(session != nullptr);
    if (!session)
        return;
    m_header->show(*session, m_context.sessions);
    m_cards = new QWidget(m_scroll->widget());
    m_cardLayout = new QVBoxLayout(m_cards);
    m_cardLayout->setContentsMargins(0, 20, 0, 0);
    m_cardLayout->setSpacing(8);
    addTrouble(*session);
    addIdentity(*session);
    addSigner(*session);
    addAbout(*session);
    m_layout->insertWidget(m_layout->count() - 1, m_cards);
    if (!focusedName.isEmpty()) {
        if (auto* again = m_cards->findChild<QWidget*>(focusedName))
            again->setFocus(Qt::OtherFocusReason);
    }
}

void DetailPane::addSection(const QString& title, Card* card)
{
    if (m_cardLayout->count() > 0)
        m_cardLayout->addSpacing(12);
    m_cardLayout->addWidget(makeLabel(title, m_cards, TextStyle::Heading));
    m_cardLayout->addWidget(card);
}

void DetailPane::addTrouble(const Session& session)
{
    if (!isFaded(session))
        return;
    QFrame* panel = makePanel(Panel::Warning, m_cards);
    auto* layout = new QHBoxLayout(panel);
    layout->setContentsMargins(14, 12, 12, 12);
    layout->setSpacing(12);
    const bool locked = session.state == SessionState::Locked;
    layout->addWidget(makeIcon(locked ? u"lock"_s : u"warning"_s, panel, &Theme::warning));
    const QString advice = stateAdvice(session);
    const QString reason = stateSentence(session, m_context.vault.kind(), m_context.vault.takesPassphrase());
    QLabel* text = makeLabel(advice.isEmpty() ? reason : tr("%1. %2.").arg(reason, advice), panel);
    text->setWordWrap(true);
    layout->addWidget(text, 1);
    QPushButton* fix = makeButton(
        locked ? tr("Unlock…") : tr("Repair…"), panel, ButtonKind::Normal, {}, ButtonSize::Small);
    fix->setObjectName(u"fix"_s);
    layout->addWidget(fix);
    connect(fix, &QPushButton::clicked, this, [this, locked] {
        if (locked)
            Q_EMIT unlockRequested();
        else
            Q_EMIT repairRequested(m_id);
    });
    m_cardLayout->addWidget(panel);
}

void DetailPane::addKeyRow(Card* card, const QString& what, const QString& text, const QString& copyName,
    const QString& copied, const QList<QWidget*>& before, const QString& lead)
{
    auto* value = new QWidget(card);
    auto* layout = new QHBoxLayout(value);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    if (!lead.isEmpty())
        layout->addWidget(makeLabel(lead, value));
    auto* key = new ElidedLabel(
        value, Qt::ElideMiddle, TextStyle::Fixed, lead.isEmpty() ? Ink::Text : Ink::Secondary);
    key->setFullText(text, shortened(text));
    layout->addWidget(key, 1);
    QPushButton* copy = makeIconButton(u"copy"_s, copyName, card, ButtonKind::Flat, ButtonSize::Small);
    copy->setObjectName(u"copy "_s + what);
    connect(copy, &QPushButton::clicked, this, [this, text, copied] {
        QGuiApplication::clipboard()->setText(text);
        Q_EMIT noted(copied);
    });
    card->addRow(what, value, before + QList<QWidget*>{copy});
}

QWidget* DetailPane::makeQr(const QString& text, const QString& caption, QWidget* parent) const
{
    auto* aside = new QWidget(parent);
    auto* layout = new QVBoxLayout(aside);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(8);
    auto* code = new QrCode(152, aside);
    code->setContent(text);
    code->setAccessibleName(tr("QR code of %1").arg(text));
    layout->addWidget(code, 0, Qt::AlignHCenter);
    QLabel* under = makeLabel(caption, aside, TextStyle::Caption, Ink::Secondary);
    under->setAlignment(Qt::AlignCenter);
    layout->addWidget(under);
    return aside;
}

void DetailPane::addIdentity(const Session& session)
{
    const auto& networks = m_context.sessions.networks();
    const QString name = m_context.sessions.nameOf(session);
    const QString network = networks.networkName(session.id);
    const QVariantMap fields = networks.fields(session);
    auto* card = new Card(52, m_cards);
    QList<QWidget*> pills;
    if (m_context.sessions.isDefault(session.id) && m_context.sessions.active() != session.id)
        pills += makePill(tr("Default on %1").arg(network), card);

    if (session.id.family() == "nostr"_L1) {
        const QString npub = fields.value(u"npub"_s).toString();
        addKeyRow(card, tr("Public key"), npub, tr("Copy public key of %1").arg(name),
            tr("Copied the public key"), pills);
        addKeyRow(card, tr("Hex"), session.id.identity(), tr("Copy hex key of %1").arg(name),
            tr("Copied the public key in hex"));
        addKeyRow(
            card, tr("Link"), u"nostr:"_s + npub, tr("Copy link to %1").arg(name), tr("Copied the link"));
        for (const auto& [field, title] :
            {std::pair(u"follows"_s, tr("Follows")), std::pair(u"mutes"_s, tr("Mutes"))}) {
            if (const QVariant count = fields.value(field); !count.isNull())
                card->addRow(title, makeLabel(QLocale().toString(count.toInt()), card));
        }
        card->setAside(makeQr(u"nostr:"_s + npub, tr("Scan to follow"), card));
    } else {
        const QString account = networks.actor(session.id);
        const QString permission = session.id.identity().section(u'@', 1);
        const QString chain = session.id.network().section(u':', 1);
        addKeyRow(card, tr("Account"), account, tr("Copy account name of %1").arg(name),
            tr("Copied the account name"));
        auto* right = new ElidedLabel(card, Qt::ElideRight, TextStyle::Fixed);
        right->setFullText(permission);
        card->addRow(tr("Permission"), right, pills);
        if (!session.publicKey.isEmpty()) {
            addKeyRow(card, tr("Public key"), session.publicKey, tr("Copy public key of %1").arg(name),
                tr("Copied the public key"));
        }
        addKeyRow(card, tr("Chain"), chain, tr("Copy chain id of %1").arg(network), tr("Copied the chain id"),
            {}, network);
        card->setAside(makeQr(account, tr("Account name"), card));
    }
    addSection(tr("Identity"), card);
}

void DetailPane::addSigner(const Session& session)
{
    auto* card = new Card(44, m_cards);
    const PillKind pillKind = session.state == SessionState::Ready ? PillKind::Success
        : session.state == SessionState::Unknown                   ? PillKind::Plain
                                                                   : PillKind::Warning;
    QLabel* state = makePill(stateName(session.state), card, pillKind);
    auto* with = new ElidedLabel(card, Qt::ElideRight);
    with->setFullText(signerSentence(session.signer));
    // Nothing is ready to sign where nothing signs.
    const bool watched = session.signer == SignerKind::WatchOnly && session.state == SessionState::Ready;
    state->setVisible(!watched);
    card->addRow(tr("Signs with"), with, watched ? QList<QWidget*>{} : QList<QWidget*>{state});
    if (session.signer != SignerKind::WatchOnly) {
        auto* rests = new ElidedLabel(card, Qt::ElideRight);
        rests->setFullText(m_context.vault.kind() == VaultKind::Passphrase
                ? tr("Hatstand's own file, under your passphrase")
                : m_context.vault.takesPassphrase()
                ? tr("System keychain, encrypted under your Hatstand passphrase")
                : tr("System keychain, one entry for this account"));
        card->addRow(tr("Secret rests in"), rests);

        const bool exported = session.exportedAt.isValid();
        auto* backup = new QWidget(card);
        auto* layout = new QHBoxLayout(backup);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        layout->addWidget(exported ? makeIcon(u"done"_s, backup, &Theme::success)
                                   : makeIcon(u"warning"_s, backup, &Theme::warning));
        auto* said = new ElidedLabel(backup, Qt::ElideRight);
        said->setFullText(exported ? tr("Exported on %1").arg(dayText(session.exportedAt))
                                   : tr("Never exported. Hatstand knows of no copy."));
        layout->addWidget(said, 1);
        QPushButton* save = makeButton(exported ? tr("Export again…") : tr("Export backup…"), card,
            ButtonKind::Normal, {}, ButtonSize::Small);
        save->setObjectName(u"export"_s);
        save->setAccessibleName(tr("Export backup of %1").arg(m_context.sessions.nameOf(session)));
        connect(save, &QPushButton::clicked, this, [this] { Q_EMIT exportRequested(m_id); });
        card->addRow(tr("Backup"), backup, {save});
    }
    addSection(tr("Signer"), card);
}

void DetailPane::addAbout(const Session& session)
{
    auto* card = new Card(44, m_cards);
    if (session.lastActiveAt.isValid() && m_context.sessions.active() != session.id) {
        card->addRow(
            tr("Last active"), makeLabel(whenText(session.lastActiveAt, m_context.clock.now()), card));
    }
    card->addRow(tr("Added"), makeLabel(dayText(session.addedAt), card));
    addSection(tr("About this account"), card);
}

} // namespace hatstand::ui
