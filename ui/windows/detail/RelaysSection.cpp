// SPDX-License-Identifier: MIT
#include "ui/windows/detail/RelaysSection.h"

#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionManager.h"
#include "ui/text/Sentences.h"
#include "ui/windows/detail/RelayRow.h"

#include <QBoxLayout>
#include <QCheckBox>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kFirst = 6;

} // namespace

RelaysSection::RelaysSection(const UiContext& context, QWidget* parent)
    : DetailSection(tr("Relays"), 44, parent)
    , m_context(context)
    , m_list(new QVBoxLayout)
    , m_nothing(makeLabel({}, card(), TextStyle::Body, Ink::Secondary))
    , m_more(makeButton({}, this, ButtonKind::Link))
    , m_private(new QCheckBox(tr("Private"), this))
{
    auto* body = new QWidget(card());
    body->setLayout(m_list);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    m_nothing->setContentsMargins(15, 12, 16, 12);
    m_nothing->setWordWrap(true);
    m_list->addWidget(m_nothing);
    card()->addBody(body);
    // A check box does not break its text, and would make the whole side as wide as a sentence.
    QLabel* caption = makeLabel(
        tr("Its relays are asked only while it is active."), this, TextStyle::Caption, Ink::Secondary);
    caption->setWordWrap(true);
    m_private->setAccessibleDescription(caption->text());
    m_private->setToolTip(
        tr("Relays that work together can't tell from the time of asking that it is yours too."));
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(15, 8, 16, 10);
    foot->setSpacing(12);
    foot->addWidget(m_private);
    foot->addWidget(caption, 1);
    auto* footer = new QWidget(card());
    footer->setLayout(foot);
    card()->addBody(footer);
    connect(m_private, &QCheckBox::clicked, this, &RelaysSection::setPrivate);
    addToHeading(m_more);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_showsAll = !m_showsAll;
        say();
    });
    if (context.accounts) {
        connect(context.accounts, &accounts::AccountDirectory::relaysChanged, this,
            [this](const session::SessionId& id) {
                if (id == m_id)
                    say();
            });
    }
}

void RelaysSection::show(const session::Session& session)
{
    const bool isNostr = m_context.accounts && session.id.family() == "nostr"_L1;
    setVisible(isNostr);
    if (session.id != m_id)
        m_showsAll = false;
    m_id = session.id;
    m_private->setChecked(session.isPrivate);
    if (isNostr)
        say();
}

void RelaysSection::setPrivate(bool isPrivate)
{
    if (const auto set = m_context.sessions.setPrivate(m_id, isPrivate); !set) {
        m_private->setChecked(!isPrivate);
        Q_EMIT noted(sentence(set.error()));
    }
}

void RelaysSection::say()
{
    const QList<relay::RelayStatus> relays = m_context.accounts->relays(m_id);
    const qsizetype shown = m_showsAll ? relays.size() : std::min(relays.size(), kFirst);
    while (m_rows.size() < shown) {
        m_rows += new RelayRow(card());
        m_list->addWidget(m_rows.constLast());
    }
    const QDateTime now = m_context.clock.now();
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        RelayRow* row = m_rows.at(i);
        row->setVisible(i < shown);
        row->setLined(i > 0);
        if (i < shown)
            row->show(relays.at(i), now);
    }
    m_nothing->setText(tr("No relay was asked since Hatstand started."));
    m_nothing->setVisible(relays.isEmpty());
    m_more->setVisible(relays.size() > kFirst);
    m_more->setText(m_showsAll ? tr("Show fewer") : tr("Show all %1").arg(relays.size()));
}

} // namespace hatstand::ui
