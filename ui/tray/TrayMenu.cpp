// SPDX-License-Identifier: MIT
#include "ui/tray/TrayMenu.h"

#include "core/session/SessionManager.h"
#include "ui/models/LockCommand.h"
#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"
#include "ui/text/PlainName.h"
#include "ui/theme/Avatar.h"
#include "ui/theme/LineIcon.h"

#include <QEvent>
#include <utility>

namespace hatstand::ui {
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

constexpr qsizetype mostOthers = 10;
constexpr qsizetype mostIcons = 64; ///< that are kept
constexpr int kIcon = 16; ///< what Qt sends a panel

/// So that a name written from right to left does not pull the id beside it into its own order. Others get no
/// marks, which some panels draw.
QString isolated(const QString& name)
{
    const bool turns = std::any_of(name.cbegin(), name.cend(),
        [](QChar c) { return c.direction() == QChar::DirR || c.direction() == QChar::DirAL; });
    return turns ? QChar(0x2068) + name + QChar(0x2069) : name;
}

} // namespace

QString TrayMenu::plain(const QString& name)
{
    return plainName(name);
}

QString TrayMenu::escaped(const QString& text, Drawn drawn)
{
    QString label = text;
    if (drawn == Drawn::ByQt)
        return label.replace(u'&', "&&"_L1);
    // com.canonical.dbusmenu marks mnemonics by "_" and writes the character itself "__". Qt turns the first
    // "&" into "_" and leaves all others alone, so the first is written twice: what arrives is "_&", which
    // shows the "&" and steals no letter's key.
    label.replace(u'_', "__"_L1);
    const qsizetype first = label.indexOf(u'&');
    return first < 0 || first == label.size() - 1 ? label : label.insert(first, u'&');
}

TrayMenu::TrayMenu(const session::SessionManager& sessions, const SessionModel& model, LockCommand& lock)
    : m_sessions(sessions)
    , m_model(model)
    , m_lockCommand(lock)
{
    setToolTipsVisible(false);
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &TrayMenu::sync);
    connect(this, &QMenu::aboutToShow, this, &TrayMenu::sync);

    connect(&model, &QAbstractItemModel::dataChanged, this, &TrayMenu::syncSoon);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &TrayMenu::syncSoon);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &TrayMenu::syncSoon);
    connect(&model, &QAbstractItemModel::rowsMoved, this, &TrayMenu::syncSoon);
    connect(&model, &QAbstractItemModel::layoutChanged, this, &TrayMenu::syncSoon);
    connect(&model, &QAbstractItemModel::modelReset, this, &TrayMenu::syncSoon);
    connect(&lock, &LockCommand::changed, this, &TrayMenu::syncSoon);
    syncSoon(); // the icon shows first, then the menu is filled
}

void TrayMenu::setDrawn(Drawn drawn)
{
    m_drawn = drawn;
    syncSoon();
}

void TrayMenu::setAsked(bool asked)
{
    if (std::exchange(m_asked, asked) != asked)
        syncSoon();
}

void TrayMenu::changeEvent(QEvent* event)
{
    QMenu::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        syncSoon();
        Q_EMIT themeChanged();
    }
}

TrayMenu::Rows TrayMenu::wanted() const
{
    Rows rows{.active = m_sessions.active(), .others = m_sessions.byRecency()};
    rows.others.removeOne(rows.active);
    rows.asked = m_asked;
    rows.several = m_sessions.count() > 1;
    rows.locks = m_sessions.count() > 0 || m_lockCommand.action() != LockCommand::Action::Stop;
    rows.startsAgain = m_lockCommand.isStopped() && m_lockCommand.action() != LockCommand::Action::Start;
    rows.more = rows.others.size() > mostOthers;
    if (rows.more)
        rows.others.resize(mostOthers);
    return rows;
}

void TrayMenu::syncSoon()
{
    m_soon.start();
}

void TrayMenu::sync()
{
    m_soon.stop();
    if (Rows rows = wanted(); actions().isEmpty() || rows != m_rows) {
        m_rows = std::move(rows);
        rebuild();
    }
    refresh();
}

void TrayMenu::rebuild()
{
    clear();
    m_accounts.clear();
    m_logout = nullptr;
    m_lock = nullptr;

    const auto endSection = [this] {
        if (!actions().isEmpty() && !actions().constLast()->isSeparator())
            addSeparator();
    };
    if (m_rows.asked)
        connect(addAction(commandIcon(), tr("Show the question")), &QAction::triggered, this,
            &TrayMenu::questionWanted);
    endSection();
    if (!m_rows.active.isEmpty())
        addAccount(m_rows.active, true);
    endSection();
    for (const SessionId& id : std::as_const(m_rows.others))
        addAccount(id, false);
    if (m_rows.more)
        connect(addAction(commandIcon(), tr("All accounts…")), &QAction::triggered, this,
            &TrayMenu::allAccountsRequested);
    endSection();

    connect(addAction(commandIcon(u"add"_s, u"list-add-symbolic"_s), tr("Add account…")), &QAction::triggered,
        this, &TrayMenu::addRequested);
    if (!m_rows.active.isEmpty()) {
        m_logout = addAction(commandIcon(u"logout"_s, u"system-log-out-symbolic"_s), QString());
        connect(
            m_logout, &QAction::triggered, this, [this, id = m_rows.active] { Q_EMIT logoutRequested(id); });
    }
    if (m_rows.several)
        connect(addAction(commandIcon(), tr("Log out all…")), &QAction::triggered, this,
            &TrayMenu::logoutAllRequested);
    endSection();

    connect(
        addAction(commandIcon(), tr("Open Hatstand")), &QAction::triggered, this, &TrayMenu::windowRequested);
    if (m_rows.locks) {
        m_lock = addAction(QString());
        connect(m_lock, &QAction::triggered, &m_lockCommand, &LockCommand::run);
    }
    if (m_rows.startsAgain)
        connect(addAction(commandIcon(), tr("Start signing again")), &QAction::triggered, &m_lockCommand,
            &LockCommand::start);
    connect(addAction(commandIcon(u"gear"_s, u"emblem-system-symbolic"_s), tr("Preferences…")),
        &QAction::triggered, this, &TrayMenu::preferencesRequested);
    connect(addAction(commandIcon(), tr("Quit")), &QAction::triggered, this, &TrayMenu::quitRequested);
}

QIcon TrayMenu::commandIcon(const QString& name, const QString& themeName) const
{
    if (m_drawn == Drawn::ByQt)
        return name.isEmpty() ? QIcon() : lineIcon(name);
    if (name.isEmpty()) { // a panel would put the text where the others have their icons
        QPixmap nothing(16, 16);
        nothing.fill(Qt::transparent);
        return nothing;
    }
    // The panel's menu has colours that we can't know: by name it finds and recolours its own icon; else a
    // grey that can be told from light and dark.
    const bool hasName = !themeName.isEmpty() && QIcon::hasThemeIcon(themeName); // true of an empty one
    return hasName ? QIcon::fromTheme(themeName) : lineIcon(name, &Theme::controlBorder);
}

QAction* TrayMenu::addAccount(const SessionId& id, bool checked)
{
    QAction* action = addAction(QString());
    action->setIconVisibleInMenu(true);
    action->setCheckable(checked);
    connect(action, &QAction::triggered, this, [this, id] {
        Q_EMIT accountChosen(id);
        syncSoon(); // the click took the check mark off the active account, or the switch failed
    });
    m_accounts.append({action, id});
    return action;
}

void TrayMenu::refresh()
{
    for (const auto& [action, id] : std::as_const(m_accounts))
        refreshAccount(action, id);
    if (m_logout) {
        QString name = plain(m_model.indexOf(m_rows.active).data(SessionModel::NameRole).toString());
        if (name.endsWith(u'…'))
            name.chop(1); // the label's own follows
        m_logout->setText(label(tr("Log out %1…").arg(isolated(name))));
    }
    if (m_lock && m_lock->text() != m_lockCommand.text()) {
        m_lock->setText(m_lockCommand.text());
        const bool locks = m_lockCommand.icon().endsWith("lock"_L1);
        m_lock->setIcon(
            commandIcon(m_lockCommand.icon(), locks ? u"system-lock-screen-symbolic"_s : QString()));
    }
}

void TrayMenu::refreshAccount(QAction* action, const SessionId& id)
{
    const QModelIndex row = m_model.indexOf(id);
    const QString name = plain(row.data(SessionModel::NameRole).toString());
    const QString shortId = row.data(SessionModel::ShortIdRole).toString();
    // Without a label the name is the short id already.
    action->setText(
        label(name == shortId ? name : tr("%1 · %2", "account name, short id").arg(isolated(name), shortId)));
    action->setChecked(action->isCheckable());

    const AvatarSpec spec = avatarOf(row); // as in the list
    const bool hasPicture = spec.picture && !spec.picture(kIcon).isNull();
    const QVariant picture = hasPicture ? row.data(SessionModel::PictureUrlRole) : QVariant();
    // What the icon is made of; drawing it anew sends it to the panel again.
    const QVariantList made{spec.faded, palette().color(QPalette::Window), picture};
    if (action->data() == QVariant(made) && !action->icon().isNull())
        return;
    action->setData(made);
    if (m_icons.size() >= mostIcons && !m_icons.contains(id))
        m_icons.clear();
    Icon& kept = m_icons[id];
    if (kept.icon.isNull() || kept.made != made)
        kept = {made, avatarIcon(spec, Qt::transparent, Theme::of(palette()))};
    action->setIcon(kept.icon);
}

} // namespace hatstand::ui
