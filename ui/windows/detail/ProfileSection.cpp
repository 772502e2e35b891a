// SPDX-License-Identifier: MIT
#include "ui/windows/detail/ProfileSection.h"

#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionManager.h"
#include "ui/dialogs/parts/Parts.h"
#include "ui/text/PlainName.h"

#include <QBoxLayout>
#include <QUrl>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using accounts::Nip05State;

constexpr int kMostOfALine = 300; ///< characters; what does not fit is in the tooltip
constexpr int kMostOfAbout = 600;
constexpr int kLinesOfAbout = 8;
constexpr int kAboveAbout = 12; ///< and below it

/// In the form that is asked for it, so that no letter looks like another; as it is where it is no domain.
QString domainOf(const QString& nip05)
{
    const QString domain = nip05.section(u'@', -1);
    const QUrl url(u"https://"_s + domain, QUrl::StrictMode);
    const bool isHost = url.isValid() && url.path().isEmpty() && !url.hasQuery() && !url.hasFragment();
    const QString ascii = isHost ? url.authority(QUrl::FullyEncoded) : QString();
    return plainLine(ascii.isEmpty() ? domain : ascii, kMostOfALine);
}

/// "_@domain" is a domain's own name (NIP-05) and is written as the domain alone.
QString addressText(const QString& nip05)
{
    const QString name = plainLine(nip05.section(u'@', 0, -2), kMostOfALine);
    return name.isEmpty() || name == "_"_L1 ? domainOf(nip05) : name + u'@' + domainOf(nip05);
}

} // namespace

ProfileSection::ProfileSection(const UiContext& context, QWidget* parent)
    : DetailSection(tr("Profile"), 44, parent)
    , m_context(context)
    , m_edit(makeButton(tr("Edit profile…"), card(), ButtonKind::Normal, {}, ButtonSize::Small))
    , m_verdict(makePill({}, card()))
    , m_display(addLine(tr("Display name"), {m_edit}))
    , m_name(addLine(tr("Name")))
    , m_nip05(addLine(tr("Address"), {m_verdict}, Qt::ElideLeft))
    , m_lud16(addLine(tr("Lightning"), {}, Qt::ElideLeft))
    , m_about(makeLabel({}, card()))
{
    auto* about = new QWidget(card());
    auto* layout = new QVBoxLayout(about);
    layout->setContentsMargins(0, kAboveAbout, 0, kAboveAbout);
    layout->addWidget(m_about);
    m_about->setWordWrap(true);
    m_aboutRow = card()->addRow(tr("About"), about);
    m_aboutRow->alignTop(kAboveAbout);
    connect(m_edit, &QPushButton::clicked, this, &ProfileSection::editClicked);
}

ProfileSection::Line ProfileSection::addLine(
    const QString& what, const QList<QWidget*>& after, Qt::TextElideMode elided)
{
    auto* text = new ElidedLabel(card(), elided);
    return {text, card()->addRow(what, text, after)};
}

void ProfileSection::say(const Line& line, const QString& text)
{
    card()->setRowShown(line.row, !text.isEmpty());
    if (!text.isEmpty())
        line.text->setFullText(text);
}

void ProfileSection::showVerdict(Nip05State state, const QString& domain)
{
    const bool verified = state == Nip05State::Verified;
    const bool refuted = state == Nip05State::Refuted;
    m_verdict->setText(verified ? tr("Verified") : refuted ? tr("Refuted") : tr("Not verified"));
    setPill(m_verdict, verified ? PillKind::Success : refuted ? PillKind::Warning : PillKind::Plain);
    const QString why = verified ? tr("%1 says that this address is this account's.").arg(domain)
        : refuted                ? tr("%1 says that this address is not this account's.").arg(domain)
                                 : tr("%1 has not been asked yet, or did not answer.").arg(domain);
    m_verdict->setToolTip(plainToolTip(why));
    m_verdict->setAccessibleDescription(why);
}

void ProfileSection::show(const session::Session& session)
{
    const bool isNostr = m_context.accounts && session.id.family() == "nostr"_L1;
    setVisible(isNostr);
    if (!isNostr)
        return;
    const accounts::AccountSummary& summary = m_context.accounts->summary(session.id);
    const nostr::Profile& profile = summary.profile;
    const QString display = plainLine(profile.displayName, kMostOfALine);
    const QString name = plainLine(profile.name, kMostOfALine);
    const bool isNamed = !display.isEmpty() || !name.isEmpty();
    // One line is there always: it has the button.
    m_display.row->setWhat(display.isEmpty() ? tr("Name") : tr("Display name"));
    m_display.text->setFullText(isNamed ? (display.isEmpty() ? name : display)
            : summary.isKnown           ? tr("No name was published")
                                        : tr("Not loaded yet"));
    setInk(m_display.text, isNamed ? Ink::Text : Ink::Secondary);
    say(m_name, display.isEmpty() || name == display ? QString() : name);
    say(m_nip05, addressText(profile.nip05));
    showVerdict(summary.nip05, domainOf(profile.nip05));
    say(m_lud16, addressText(profile.lud16));
    const QString about = plainText(profile.about, kMostOfAbout, kLinesOfAbout);
    card()->setRowShown(m_aboutRow, !about.isEmpty());
    m_about->setText(breakable(about));
    m_edit->setVisible(session.signer != session::SignerKind::WatchOnly);
    m_edit->setAccessibleName(tr("Edit profile of %1").arg(m_context.sessions.nameOf(session)));
}

} // namespace hatstand::ui
