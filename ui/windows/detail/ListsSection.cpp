// SPDX-License-Identifier: MIT
#include "ui/windows/detail/ListsSection.h"

#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionManager.h"
#include "ui/windows/detail/RefreshLine.h"

#include <QLocale>
#include <QProgressBar>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

ListsSection::ListsSection(const UiContext& context, QWidget* parent)
    : DetailSection(tr("Follows and mutes"), 44, parent)
    , m_context(context)
    , m_refresh(new RefreshLine(context, this))
    , m_follows(addLine(tr("Follows")))
    , m_mutes(addLine(tr("Mutes")))
{
    addToHeading(m_refresh);
    addAboveCard(m_refresh->bar());
    connect(m_follows.open, &QPushButton::clicked, this, &ListsSection::followsClicked);
    connect(m_mutes.open, &QPushButton::clicked, this, &ListsSection::mutesClicked);
}

ListsSection::Line ListsSection::addLine(const QString& what)
{
    auto* count = new ElidedLabel(card(), Qt::ElideRight);
    QLabel* was = makePill({}, card(), PillKind::Warning);
    QPushButton* open = makeButton(tr("Show…"), card(), ButtonKind::Normal, {}, ButtonSize::Small);
    card()->addRow(what, count, {was, open});
    return {count, was, open};
}

void ListsSection::say(const Line& line, std::optional<qint64> count, qint64 before, const QString& remark)
{
    const QLocale locale;
    const QString number = count ? locale.toString(*count) : tr("Not loaded yet");
    line.count->setFullText(remark.isEmpty() ? number : tr("%1 · %2").arg(number, remark));
    setInk(line.count, count ? Ink::Text : Ink::Secondary);
    line.was->setVisible(before > 0);
    line.was->setText(tr("was %1").arg(locale.toString(before)));
    const QString why = tr("The list shrank by more than half. The version before it is kept, and can be "
                           "brought back if it was changed here.");
    line.was->setToolTip(plainToolTip(why));
    line.was->setAccessibleDescription(why);
    line.open->setEnabled(count.has_value());
}

void ListsSection::show(const session::Session& session)
{
    const bool isNostr = m_context.accounts && session.id.family() == "nostr"_L1;
    setVisible(isNostr);
    if (!isNostr)
        return;
    m_refresh->show(session.id);
    const accounts::AccountSummary& summary = m_context.accounts->summary(session.id);
    say(m_follows, summary.follows, summary.followsBefore, {});
    say(m_mutes, summary.mutes, summary.mutesBefore,
        summary.hasUnreadMutes ? tr("private ones could not be read") : QString());
    const QString name = m_context.sessions.nameOf(session);
    m_follows.open->setAccessibleName(tr("Show whom %1 follows").arg(name));
    m_mutes.open->setAccessibleName(tr("Show what %1 mutes").arg(name));
}

} // namespace hatstand::ui
