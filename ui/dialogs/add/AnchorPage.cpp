// SPDX-License-Identifier: MIT
#include "ui/dialogs/add/AnchorPage.h"

#include "core/antelope/Chains.h"
#include "core/chain/ChainClient.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/NetworkIcon.h"
#include "ui/text/Sentences.h"
#include "ui/theme/QrCode.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QStackedWidget>
#include <QUrl>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kChainWidth = 200;
constexpr int kCodeSize = 220; ///< three pixels a module for a request of about 300 characters

links::AnchorLogin::Context loginContext(const UiContext& context)
{
    return {.net = *context.linkNet,
        .clock = context.clock,
        .account = [client = context.chainClient](const QString& chainId, const QString& name,
                       const QString& circuit, QObject* owner, Callback<chain::ChainAccount> done) {
            client->account(chainId, name, circuit, owner, std::move(done));
        }};
}

} // namespace

AnchorPage::AnchorPage(UiContext& context)
    : AddPage(context)
    , m_chain(new QComboBox)
    , m_chainField(new Field(tr("Chain"), static_cast<QWidget*>(m_chain)))
    , m_views(new QStackedWidget)
    , m_code(new QrCode(kCodeSize))
    , m_open(button(tr("Open Anchor"), ButtonKind::Normal, u"link"_s))
    , m_copy(button(tr("Copy link"), ButtonKind::Normal, u"copy"_s))
    , m_status(paragraph({}, TextStyle::Caption, Ink::Secondary))
    , m_choice(makeChoice())
    , m_request(makeRequest())
    , m_login(new links::AnchorLogin(loginContext(context), this))
{
    QVBoxLayout* layout = layOut(tr("Use an Anchor wallet"), {});
    m_views->addWidget(m_choice);
    m_views->addWidget(m_request);
    layout->addWidget(m_views, 1);
    connect(m_chain, &QComboBox::currentIndexChanged, this, [this] {
        m_answered.reset(); // it is of another chain
        m_chainField->say(Field::Verdict::None);
        setReady(true);
    });
    setReady(m_chain->count() > 0);
}

AnchorPage::~AnchorPage() = default;

bool AnchorPage::isOffered(const UiContext& context)
{
    return context.links && context.linkNet && context.chainClient;
}

QWidget* AnchorPage::makeChoice()
{
    for (const antelope::Chain& chain : m_context.chains.all())
        m_chain->addItem(networkIcon(u"antelope"_s, chain.name, {}, 12), chain.name, chain.id);
    m_chain->setIconSize({12, 12});
    m_chain->setMinimumWidth(kChainWidth);
    auto* view = new QWidget;
    QVBoxLayout* layout = column(view, 0, 12);
    layout->addWidget(paragraph(
        tr("The key stays in Anchor, on this computer or a phone. Anchor is asked for each signature."),
        TextStyle::Body, Ink::Secondary));
    layout->addWidget(m_chainField);
    layout->addStretch();
    return view;
}

QWidget* AnchorPage::makeRequest()
{
    m_code->setAccessibleName(tr("QR code of the request to log in"));
    connect(m_open, &QPushButton::clicked, this, &AnchorPage::openAnchor);
    connect(m_copy, &QPushButton::clicked, this, &AnchorPage::copyLink);
    auto* view = new QWidget;
    QHBoxLayout* layout = row(view, 16);
    layout->addWidget(m_code, 0, Qt::AlignTop);
    QVBoxLayout* side = column(nullptr, 0, 12);
    side->addWidget(paragraph(tr("Scan this with Anchor, or open it on this computer.")));
    side->addWidget(m_open);
    side->addWidget(m_copy);
    side->addWidget(m_status);
    side->addStretch();
    layout->addLayout(side, 1);
    return view;
}

QString AnchorPage::actionText() const
{
    return m_answered ? AddPage::actionText() : tr("Show code");
}

QWidget* AnchorPage::firstEmpty() const
{
    return m_chain;
}

void AnchorPage::submit(Callback<session::NewSession> done)
{
    if (m_answered)
        return handOver(done);
    m_done = std::move(done);
    m_chainField->say(Field::Verdict::None);
    m_uri = m_login->start(m_chain->currentData().toString(),
        guarded(this, [this](Result<links::AnchorAccount> made) { answer(std::move(made)); }));
    m_code->setContent(m_uri);
    m_status->setText(tr("Waiting for Anchor…"));
    m_views->setCurrentWidget(m_request);
}

void AnchorPage::answer(Result<links::AnchorAccount> made)
{
    const auto done = std::exchange(m_done, {});
    if (!done)
        return; // it was cancelled here
    m_uri.clear();
    m_views->setCurrentWidget(m_choice);
    if (!made) {
        m_chainField->say(Field::Verdict::Bad, sentence(made.error()));
        m_chainField->showNow();
        return done(fail(made.error()));
    }
    m_answered = *std::move(made);
    const session::SessionId& id = m_answered->session.id;
    sayKnown(m_chainField, m_answered->session, tr("Anchor signs for %1.").arg(id.identity()));
    m_chainField->showNow();
    // Nobody has been told before which account it would be, and how it signs now may be lost.
    if (m_context.sessions.find(id))
        return done(fail(ErrorCode::Cancelled));
    handOver(done);
}

void AnchorPage::handOver(const Callback<session::NewSession>& done)
{
    m_wallet = m_answered->wallet;
    done(m_answered->session);
}

Result<void> AnchorPage::noteAdded(const session::SessionId& id)
{
    if (!m_wallet || m_wallet->session != id)
        return {};
    const session::Session* session = m_context.sessions.find(id);
    if (!session || session->signer != session::SignerKind::Remote)
        return {}; // added by another page, after all
    auto kept = m_context.links->setWallet(*m_wallet);
    if (kept)
        wipe();
    return kept;
}

void AnchorPage::cancel()
{
    m_done = {};
    m_login->cancel();
    m_uri.clear();
    m_answered.reset();
    m_chainField->say(Field::Verdict::None);
    m_views->setCurrentWidget(m_choice);
}

void AnchorPage::wipe()
{
    m_answered.reset();
    m_wallet.reset();
}

void AnchorPage::openAnchor()
{
    const bool isOpen = QDesktopServices::openUrl(QUrl(m_uri));
    m_status->setText(isOpen ? tr("Waiting for Anchor…")
                             : tr("No program on this computer opens it. Scan it, or copy the link."));
}

void AnchorPage::copyLink()
{
    QGuiApplication::clipboard()->setText(m_uri); // no secret: the key that answers are for stays here
    m_status->setText(tr("Copied the link. Waiting for Anchor…"));
}

} // namespace hatstand::ui
