// SPDX-License-Identifier: MIT
#include "ui/windows/detail/ChainSection.h"

#include "core/antelope/Chains.h"
#include "core/session/SessionManager.h"
#include "ui/text/Dates.h"
#include "ui/text/PlainName.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QLocale>
#include <QProgressBar>
#include <QUrl>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using accounts::ChainSummary;
using Standing = accounts::ChainSummary::Standing;

namespace {

constexpr int kBarWidth = 72;
constexpr qsizetype kLongForATitle = 20; ///< characters; an amount is never cut
constexpr int kBarSteps = 1000;
constexpr double kNearlyAll = 0.9;
constexpr qsizetype kLongestBalance = 48; ///< characters
constexpr std::chrono::seconds kMinute{30}; ///< half of one, so that none is shown for two

/// Microseconds: "850 µs", "1.25 ms", "3.4 s".
QString timeText(qint64 microseconds)
{
    const QLocale locale;
    if (microseconds < 1000)
        return ChainSection::tr("%1 µs").arg(locale.toString(microseconds));
    const double milliseconds = static_cast<double>(microseconds) / 1000;
    return milliseconds < 1000 ? ChainSection::tr("%1 ms").arg(locale.toString(milliseconds, 'f', 2))
                               : ChainSection::tr("%1 s").arg(locale.toString(milliseconds / 1000, 'f', 2));
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 2);
}

/// "just now", "2 min ago", "3 h ago", otherwise the day.
QString ageText(const QDateTime& time, const QDateTime& now)
{
    const qint64 minutes = time.secsTo(now) / 60;
    if (minutes < 1)
        return ChainSection::tr("just now");
    if (minutes < 60)
        return ChainSection::tr("%1 min ago").arg(minutes);
    if (minutes < qint64{24} * 60)
        return ChainSection::tr("%1 h ago").arg(minutes / 60);
    return whenText(time, now);
}

/// Empty where none is known, or it is no page of the web.
QString pageOf(const antelope::Chain* chain, const QString& account)
{
    if (!chain || chain->explorer.isEmpty())
        return {};
    QString address = chain->explorer;
    address.replace("%1"_L1, QString::fromLatin1(QUrl::toPercentEncoding(account)));
    const QUrl url(address, QUrl::StrictMode);
    const bool isPage
        = url.isValid() && !url.host().isEmpty() && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
    return isPage ? address : QString();
}

} // namespace

ChainSection::ChainSection(const UiContext& context, QWidget* parent)
    : DetailSection(tr("On the chain"), 44, parent)
    , m_context(context)
    , m_age(new ElidedLabel(this, Qt::ElideRight, TextStyle::Caption, Ink::Secondary))
    , m_refresh(makeButton(tr("Refresh"), this, ButtonKind::Normal, {}, ButtonSize::Small))
    , m_warning(new QWidget(this))
    , m_standing(makeLabel({}, m_warning, TextStyle::Body, Ink::Warning))
    , m_balance(makeLabel({}, card(), TextStyle::Title))
    , m_explorer(makeButton(tr("Open in explorer"), card(), ButtonKind::Link))
    , m_cpu{}
    , m_net{}
    , m_ram{}
{
    addToHeading(m_age);
    addToHeading(m_refresh);
    auto* warning = new QHBoxLayout(m_warning);
    warning->setContentsMargins(0, 0, 0, 0);
    warning->setSpacing(8);
    warning->addWidget(makeIcon(u"warning"_s, m_warning, &Theme::warning), 0, Qt::AlignTop);
    warning->addWidget(m_standing, 1);
    m_standing->setWordWrap(true);
    addAboveCard(m_warning);
    m_balance->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_balance->setWordWrap(true);
    card()->addRow(tr("Balance"), m_balance);
    m_cpu = addLine(tr("CPU"));
    m_net = addLine(tr("NET"));
    m_ram = addLine(tr("RAM"));
    auto* page = new QWidget(card());
    auto* line = new QHBoxLayout(page); // no wider than its text
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_explorer);
    line->addStretch(1);
    m_page = card()->addRow(tr("Explorer"), page);
    m_page->setStartsInButton();
    connect(m_refresh, &QPushButton::clicked, this, [this] {
        if (m_context.chainAccounts)
            m_context.chainAccounts->refresh(m_id);
    });
    connect(m_explorer, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl(m_address)); });
    m_minute.setInterval(kMinute);
    connect(&m_minute, &QTimer::timeout, this, &ChainSection::sayAge);
}

ChainSection::Line ChainSection::addLine(const QString& what)
{
    auto* value = new QWidget(card());
    auto* bar = new QProgressBar(value);
    bar->setTextVisible(false);
    bar->setRange(0, kBarSteps);
    bar->setFixedWidth(kBarWidth);
    bar->setAccessibleName(what);
    auto* text = new ElidedLabel(value, Qt::ElideRight);
    auto* layout = new QHBoxLayout(value);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(bar, 0, Qt::AlignVCenter);
    layout->addWidget(text, 1);
    return {bar, text, card()->addRow(what, value)};
}

void ChainSection::say(const Line& line, const chain::Resource& resource, Unit unit)
{
    const bool isLimited = resource.available >= 0;
    const double part = resource.available > 0
        ? std::clamp(static_cast<double>(resource.used) / static_cast<double>(resource.available), 0.0, 1.0)
        : isLimited && resource.used > 0 ? 1.0
                                         : 0.0;
    line.bar->setValue(static_cast<int>(part * kBarSteps));
    line.bar->setVisible(isLimited);
    const QString text = isLimited
        ? tr("%1 of %2", "used of available").arg(unit(resource.used), unit(resource.available))
        : tr("%1, no limit").arg(unit(resource.used));
    line.text->setFullText(text);
    line.bar->setAccessibleDescription(text);
    setInk(line.text, part >= kNearlyAll ? Ink::Warning : Ink::Text);
    card()->setRowShown(line.row, m_summary.isKnown);
}

void ChainSection::show(const session::Session& session)
{
    const bool isThere = m_context.chainAccounts && session.id.family() == "antelope"_L1;
    setVisible(isThere);
    if (isThere)
        show(session, m_context.chainAccounts->summary(session.id));
}

void ChainSection::show(const session::Session& session, const ChainSummary& summary)
{
    m_id = session.id;
    m_summary = summary;
    const QString name = m_context.sessions.nameOf(session);
    const QString balance = plainLine(summary.account.balance, kLongestBalance);
    m_balance->setText(!summary.isKnown ? tr("Not known yet") : balance.isEmpty() ? tr("None") : balance);
    m_balance->setFont(ui::font(balance.size() > kLongForATitle ? TextStyle::Body : TextStyle::Title));
    setInk(m_balance, balance.isEmpty() ? Ink::Secondary : Ink::Text);
    say(m_cpu, summary.account.cpu, timeText);
    say(m_net, summary.account.net, sizeText);
    say(m_ram, summary.account.ram, sizeText);
    m_address
        = pageOf(m_context.chains.byId(session.id.chain()), m_context.sessions.networks().actor(session.id));
    card()->setRowShown(m_page, !m_address.isEmpty());
    m_explorer->setAccessibleName(tr("Open %1 in explorer").arg(name));
    m_explorer->setToolTip(plainToolTip(QUrl(m_address).host()));
    m_refresh->setEnabled(!summary.isRefreshing);
    m_refresh->setAccessibleName(tr("Refresh %1").arg(name));
    sayStanding(session);
    sayAge();
}

void ChainSection::sayStanding(const session::Session& session)
{
    const auto text = [&]() -> QString {
        switch (m_summary.standing) {
        case Standing::NoAccount:
            return tr("The chain has no account of this name.");
        case Standing::NoPermission:
            return tr("The account has no permission “%1” any more.")
                .arg(session.id.identity().section(u'@', 1));
        case Standing::KeyGone:
            return tr("The chain does not take this key any more.");
        case Standing::KeyTooWeak:
            return tr("This key alone is not enough to sign for the account.");
        case Standing::Unknown:
        case Standing::Good:
            break;
        }
        return {};
    };
    m_standing->setText(text());
    m_warning->setVisible(!m_standing->text().isEmpty());
}

void ChainSection::sayAge()
{
    const QString when = m_summary.refreshedAt.isValid()
        ? tr("Last refreshed: %1").arg(ageText(m_summary.refreshedAt, m_context.clock.now()))
        : tr("Not loaded yet");
    const bool hasFailed = m_summary.hasFailed && !m_summary.isRefreshing;
    if (m_summary.isRefreshing)
        m_age->setFullText(m_summary.isKnown ? tr("Refreshing…") : tr("Loading for the first time…"));
    else if (hasFailed)
        m_age->setFullText(m_summary.failure.code == ErrorCode::Network
                ? tr("Offline · %1").arg(when)
                : tr("Could not be refreshed · %1").arg(when));
    else
        m_age->setFullText(when);
    if (hasFailed) // why, for whoever asks
        m_age->setToolTip(plainToolTip(sentence(m_summary.failure)));
}

void ChainSection::showEvent(QShowEvent* event)
{
    DetailSection::showEvent(event);
    sayAge();
    m_minute.start();
}

void ChainSection::hideEvent(QHideEvent* event)
{
    DetailSection::hideEvent(event);
    m_minute.stop();
}

} // namespace hatstand::ui
