// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/AppsPage.h"

#include "core/base/Clock.h"
#include "core/links/LinkHost.h"
#include "core/links/LinkStore.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Haste.h"
#include "ui/text/Dates.h"
#include "ui/text/PlainName.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QScrollArea>
#include <utility>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using links::AppLink;

namespace {

constexpr qsizetype kLongest = 120; ///< characters of what an app says of itself

// Which of a row's buttons it is: the object name's beginning, before the channel.
const QString kRevoke = u"revoke:"_s;
const QString kKeep = u"keep:"_s;
const QString kConfirm = u"confirm:"_s;

QString nameOf(const AppLink& app)
{
    const QString name = plainName(app.app);
    return name.isEmpty() ? AppsPage::tr("An app without a name") : name;
}

/// Its own word, and so told as that.
QString placeOf(const AppLink& app)
{
    if (const QString host = plainLine(app.host, kLongest); !host.isEmpty())
        return AppsPage::tr("Says that it runs at %1").arg(host);
    if (const QString agent = plainLine(app.agent, kLongest); !agent.isEmpty())
        return AppsPage::tr("Says that it is %1").arg(agent);
    return AppsPage::tr("Does not say where it runs");
}

QString timesOf(const AppLink& app, const QDateTime& now)
{
    QString used = app.lastUsedAt.isValid() ? AppsPage::tr("Last used: %1").arg(whenText(app.lastUsedAt, now))
                                            : AppsPage::tr("Never used");
    if (!app.createdAt.isValid())
        return used;
    return AppsPage::tr("Connected since %1").arg(dayText(app.createdAt)) + u" · "_s + used;
}

QString accountOf(const UiContext& context, const session::SessionId& id)
{
    const QString name = ui::nameOf(context.sessions, id);
    const QString shortId = context.sessions.networks().shortId(id);
    QStringList parts{AppsPage::tr("Signs as %1").arg(name)};
    if (name != shortId)
        parts += shortId;
    parts += context.sessions.networks().networkName(id);
    return parts.join(u" · "_s);
}

ElidedLabel* line(const QString& text, TextStyle style, Ink ink)
{
    auto* made = new ElidedLabel(nullptr, Qt::ElideRight, style, ink);
    made->setFullText(text);
    return made;
}

QPushButton* smallButton(const QString& text, const QString& does, ButtonKind kind, const QString& id)
{
    QPushButton* made = makeButton(text, nullptr, kind, {}, ButtonSize::Small);
    made->setAccessibleName(does);
    made->setObjectName(id);
    return made;
}

} // namespace

AppsPage::AppsPage(UiContext& context)
    : m_context(context)
    , m_scroll(new QScrollArea)
    , m_card(makePanel(Panel::Card, nullptr))
    , m_inside(column(m_card, 1, 0))
    , m_empty(paragraph(tr("No app keeps a channel to an account."), TextStyle::Body, Ink::Secondary))
    , m_problem(new Notice(Panel::Danger, {}, {}))
{
    auto* content = makePanel(Panel::Surface, nullptr);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(16);
    QVBoxLayout* head = column(nullptr, 0, 0);
    head->addWidget(label(tr("Connected apps"), TextStyle::Heading));
    head->addWidget(paragraph(tr("These apps can ask for signatures of the one account they logged in with. "
                                 "You are asked each time."),
        TextStyle::Body, Ink::Secondary));
    layout->addLayout(head);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addWidget(m_card);
    layout->addWidget(m_empty);
    layout->addStretch();
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Connected apps"));
    m_scroll->setWidget(content);
    column(this, 0, 0)->addWidget(m_scroll);
    connect(m_context.links, &links::LinkStore::changed, this, &AppsPage::fill);
    if (m_context.linkHost)
        connect(m_context.linkHost, &links::LinkHost::connectedChanged, this, &AppsPage::showConnected);
    fill();
}

void AppsPage::fill()
{
    const QList<AppLink>& apps = m_context.links->apps();
    if (!m_context.links->find(m_asked))
        m_asked.clear();
    const QWidget* focused = window()->focusWidget();
    const bool hadFocus = m_rows && focused && m_rows->isAncestorOf(focused);
    const QString wanted = hadFocus ? focused->objectName() : QString();
    m_pills.clear();
    auto* rows = new QWidget;
    QVBoxLayout* layout = column(rows, 0, 0);
    for (const AppLink& app : apps) {
        if (layout->count() > 0)
            layout->addWidget(makeLine(Qt::Horizontal, nullptr));
        layout->addWidget(makeRow(app));
    }
    QWidget* before = std::exchange(m_rows, rows);
    m_inside->addWidget(rows);
    rows->show(); // at once: one of them may be given the focus
    m_card->setVisible(!apps.isEmpty());
    m_empty->setVisible(apps.isEmpty());
    if (!before)
        return;
    auto* next = wanted.isEmpty() ? nullptr : rows->findChild<QPushButton*>(wanted);
    if (!next)
        next = rows->findChild<QPushButton*>();
    if (hadFocus && next)
        next->setFocus(Qt::OtherFocusReason);
    m_inside->removeWidget(before);
    before->hide();
    before->setParent(nullptr); // nobody finds its buttons any longer
    before->deleteLater(); // one of them may be speaking
}

QWidget* AppsPage::makeRow(const AppLink& app)
{
    const QString name = nameOf(app);
    auto* made = new QWidget;
    QHBoxLayout* layout = row(made, 12);
    layout->setContentsMargins(16, 12, 12, 12);
    QVBoxLayout* lines = column(nullptr, 0, 2);
    QHBoxLayout* title = row(nullptr, 8);
    title->addWidget(line(name, TextStyle::Strong, Ink::Text));
    QLabel* pill = makePill(tr("Connected now"), nullptr, PillKind::Success);
    title->addWidget(pill);
    title->addStretch(1);
    lines->addLayout(title);
    lines->addWidget(line(accountOf(m_context, app.session), TextStyle::Body, Ink::Text));
    lines->addWidget(line(placeOf(app), TextStyle::Caption, Ink::Secondary));
    lines->addWidget(line(timesOf(app, m_context.clock.now()), TextStyle::Caption, Ink::Secondary));
    if (m_asked == app.channel)
        lines->addWidget(makeQuestion(app));
    layout->addLayout(lines, 1);
    if (m_asked != app.channel) {
        QPushButton* end
            = smallButton(tr("Revoke"), tr("Revoke %1").arg(name), ButtonKind::Normal, kRevoke + app.channel);
        connect(end, &QPushButton::clicked, this,
            [this, channel = app.channel] { ask(channel, kKeep + channel); });
        layout->addWidget(end, 0, Qt::AlignTop);
    }
    m_pills.insert(app.channel, pill);
    showConnected(app.channel);
    return made;
}

QWidget* AppsPage::makeQuestion(const AppLink& app)
{
    const QString name = nameOf(app);
    auto* made = new QWidget;
    QHBoxLayout* layout = row(made, 8);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(paragraph(tr("Revoke it? To ask again it has to log in anew.")), 1);
    QPushButton* keep
        = smallButton(tr("Cancel"), tr("Keep %1").arg(name), ButtonKind::Normal, kKeep + app.channel);
    QPushButton* end = smallButton(
        tr("Revoke"), tr("Revoke %1 now").arg(name), ButtonKind::Danger, kConfirm + app.channel);
    ignoreHaste(end);
    connect(keep, &QPushButton::clicked, this, [this, channel = app.channel] { ask({}, kRevoke + channel); });
    connect(end, &QPushButton::clicked, this, [this, channel = app.channel, name] { revoke(channel, name); });
    layout->addWidget(keep, 0, Qt::AlignTop);
    layout->addWidget(end, 0, Qt::AlignTop);
    return made;
}

void AppsPage::ask(const QString& channel, const QString& focus)
{
    m_problem->hide();
    m_asked = channel;
    fill();
    auto* next = m_rows->findChild<QPushButton*>(focus);
    if (!next)
        return; // it went meanwhile
    next->setFocus(Qt::OtherFocusReason);
    QMetaObject::invokeMethod( // once it has its place
        next, [this, next] { m_scroll->ensureWidgetVisible(next); }, Qt::QueuedConnection);
}

void AppsPage::revoke(const QString& channel, const QString& name)
{
    m_problem->hide();
    const auto done = m_context.links->revoke(channel);
    if (done || done.error().code == ErrorCode::NotFound)
        return; // the list has changed by now
    m_problem->setTexts(tr("%1 was not revoked").arg(name), sentence(done.error()));
    m_problem->show();
}

void AppsPage::showConnected(const QString& channel)
{
    if (QLabel* pill = m_pills.value(channel))
        pill->setVisible(m_context.linkHost && m_context.linkHost->isConnected(channel));
}

} // namespace hatstand::ui
