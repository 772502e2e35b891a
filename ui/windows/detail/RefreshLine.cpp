// SPDX-License-Identifier: MIT
#include "ui/windows/detail/RefreshLine.h"

#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionManager.h"
#include "ui/text/Dates.h"
#include "ui/theme/Widgets.h"

#include <QBoxLayout>
#include <QProgressBar>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using accounts::AccountSummary;

RefreshLine::RefreshLine(const UiContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_text(new ElidedLabel(this, Qt::ElideRight, TextStyle::Caption, Ink::Secondary))
    , m_button(makeButton(tr("Refresh"), this, ButtonKind::Normal, {}, ButtonSize::Small))
    , m_bar(new QProgressBar(parent))
{
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 100);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_text);
    layout->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &RefreshLine::refresh);
    if (context.accounts) {
        connect(context.accounts, &accounts::AccountDirectory::relaysChanged, this,
            [this](const session::SessionId& id) {
                if (id == m_id)
                    say(); // on or off the network
            });
    }
}

void RefreshLine::show(const session::SessionId& id)
{
    m_id = id;
    say();
}

void RefreshLine::refresh()
{
    m_failed = {};
    m_context.accounts->refresh(m_id, guarded(this, [this, id = m_id](const Result<void>& done) {
        if (!done)
            m_failed = id;
        say();
    }));
    say();
}

void RefreshLine::say()
{
    const AccountSummary& summary = m_context.accounts->summary(m_id);
    const session::Session* session = m_context.sessions.find(m_id);
    const bool isFirst = summary.isRefreshing && !summary.isKnown;
    m_text->setFullText(text());
    m_button->setEnabled(!summary.isRefreshing);
    m_button->setAccessibleName(
        tr("Refresh %1").arg(session ? m_context.sessions.nameOf(*session) : QString()));
    m_bar->setVisible(isFirst);
    m_bar->setValue(isFirst ? summary.progress : 0);
    m_bar->setAccessibleName(tr("How much of it is loaded"));
}

bool RefreshLine::isOffline() const
{
    const auto relays = m_context.accounts->relays(m_id);
    return !relays.isEmpty() && std::all_of(relays.cbegin(), relays.cend(), [](const auto& relay) {
        return relay.state == relay::RelayState::Offline;
    });
}

QString RefreshLine::text() const
{
    const AccountSummary& summary = m_context.accounts->summary(m_id);
    if (summary.isRefreshing)
        return summary.isKnown ? tr("Refreshing…") : tr("Loading for the first time…");
    const QString when = summary.refreshedAt.isValid()
        ? tr("Last refreshed: %1").arg(whenText(summary.refreshedAt, m_context.clock.now()))
        : tr("Not loaded yet");
    if (isOffline())
        return tr("Offline · %1").arg(when);
    return m_failed == m_id ? tr("No relay answered · %1").arg(when) : when;
}

} // namespace hatstand::ui
