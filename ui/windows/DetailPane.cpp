// SPDX-License-Identifier: MIT
#include "ui/windows/DetailPane.h"

#include "core/accounts/ChainAccounts.h"
#include "core/secrets/Vault.h"
#include "core/session/SessionManager.h"
#include "ui/models/SessionModel.h"
#include "ui/theme/Motion.h"
#include "ui/windows/DetailHeader.h"
#include "ui/windows/detail/AboutSection.h"
#include "ui/windows/detail/ChainSection.h"
#include "ui/windows/detail/IdentitySection.h"
#include "ui/windows/detail/ListsSection.h"
#include "ui/windows/detail/PermissionsSection.h"
#include "ui/windows/detail/ProfileSection.h"
#include "ui/windows/detail/RelaysSection.h"
#include "ui/windows/detail/SignerSection.h"
#include "ui/windows/detail/TroublePanel.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QScrollArea>
#include <QScrollBar>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

DetailPane::DetailPane(UiContext& context, QWidget* parent)
    : QFrame(parent)
    , m_context(context)
    , m_back(makeIconButton(u"back"_s, tr("Back to the accounts"), this))
    , m_scroll(new QScrollArea(this))
    , m_header(new DetailHeader(context.shortcuts, this))
    , m_cards(new QWidget(this))
    , m_trouble(new TroublePanel(context, m_cards))
{
    setProperty("panel", u"background"_s);
    build();
    connect(m_back, &QPushButton::clicked, this, &DetailPane::backRequested);
    connect(m_header, &DetailHeader::switchClicked, this, [this] { Q_EMIT switchRequested(m_id); });
    connect(m_header, &DetailHeader::renameClicked, this, [this] { Q_EMIT renameRequested(m_id); });
    connect(m_header, &DetailHeader::logoutClicked, this, [this] { Q_EMIT logoutRequested(m_id); });
    connect(m_trouble, &TroublePanel::repairClicked, this, [this] { Q_EMIT repairRequested(m_id); });
    connect(m_trouble, &TroublePanel::unlockClicked, this, &DetailPane::unlockRequested);
    connect(&context.model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) {
            const int row = m_context.model.indexOf(m_id).row();
            if (row >= first.row() && row <= last.row())
                refreshSoon();
        });
    connect(&context.vault, &secrets::Vault::stateChanged, this, &DetailPane::refreshSoon);
    if (context.chainAccounts) {
        connect(context.chainAccounts, &accounts::ChainAccounts::changed, this, [this](const SessionId& id) {
            if (id == m_id)
                refreshSoon();
        });
    }
}

/// A button that is down says that it was let go when it is closed with the pane, to one that is half gone.
DetailPane::~DetailPane()
{
    const auto buttons = findChildren<QAbstractButton*>();
    for (QAbstractButton* button : buttons)
        button->disconnect(this);
}

void DetailPane::build()
{
    auto* cards = new QVBoxLayout(m_cards);
    cards->setContentsMargins(0, 20, 0, 0);
    cards->setSpacing(20);
    cards->addWidget(m_trouble);
    addSection(new IdentitySection(m_context, m_cards));
    auto* lists = new ListsSection(m_context, m_cards);
    connect(lists, &ListsSection::followsClicked, this, [this] { Q_EMIT followsRequested(m_id); });
    connect(lists, &ListsSection::mutesClicked, this, [this] { Q_EMIT mutesRequested(m_id); });
    addSection(lists);
    addSection(new ChainSection(m_context, m_cards));
    auto* profile = new ProfileSection(m_context, m_cards);
    connect(profile, &ProfileSection::editClicked, this, [this] { Q_EMIT profileRequested(m_id); });
    addSection(profile);
    auto* signer = new SignerSection(m_context, m_cards);
    connect(signer, &SignerSection::exportClicked, this, [this] { Q_EMIT exportRequested(m_id); });
    addSection(signer);
    addSection(new PermissionsSection(m_context, m_cards));
    addSection(new RelaysSection(m_context, m_cards));
    addSection(new AboutSection(m_context, m_cards));

    auto* content = new QWidget(m_scroll);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(0);
    layout->addWidget(m_back, 0, Qt::AlignLeading);
    layout->addWidget(m_header);
    layout->addWidget(m_cards);
    layout->addStretch(1);
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
    refresh();
}

void DetailPane::addSection(DetailSection* section)
{
    m_cards->layout()->addWidget(section);
    m_sections += section;
    connect(section, &DetailSection::noted, this, &DetailPane::noted);
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
    m_scroll->verticalScrollBar()->setValue(0); // another account starts at its head
    fadeIn(m_scroll->widget());
}

void DetailPane::refreshSoon()
{
    if (!std::exchange(m_isDue, true))
        QMetaObject::invokeMethod(this, &DetailPane::refreshIfDue, Qt::QueuedConnection);
}

void DetailPane::refreshIfDue()
{
    if (!m_isDue)
        return; // another account was shown meanwhile
    const auto buttons = findChildren<QAbstractButton*>();
    for (const QAbstractButton* button : buttons) {
        if (!button->isDown())
            continue;
        // What is being pressed stays where it is until it is let go, and then has been clicked.
        m_isDue = false;
        connect(button, &QAbstractButton::released, this, &DetailPane::refreshSoon, Qt::SingleShotConnection);
        return;
    }
    refresh();
}

void DetailPane::refresh()
{
    m_isDue = false;
    const Session* session = m_context.sessions.find(m_id);
    m_header->setVisible(session != nullptr);
    m_cards->setVisible(session != nullptr);
    if (!session)
        return;
    m_header->show(*session, m_context.sessions, m_context.model);
    m_trouble->show(*session);
    for (DetailSection* section : std::as_const(m_sections))
        section->show(*session);
}

} // namespace hatstand::ui
