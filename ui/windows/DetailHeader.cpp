// SPDX-License-Identifier: MIT
#include "ui/windows/DetailHeader.h"

#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/text/PlainName.h"

#include <QBoxLayout>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kAvatar = 72;
constexpr int kNameAtLeast = 150;
constexpr int kNameAtMost = 260; ///< longer ones are shortened before the buttons are
constexpr int kBeforeBadge = 8;
constexpr int kBetweenButtons = 16;
constexpr int kNameInButton = 20; ///< characters

} // namespace

DetailHeader::DetailHeader(const ShortcutMap& shortcuts, QWidget* parent)
    : QWidget(parent)
    , m_shortcuts(shortcuts)
    , m_avatar(new AvatarLabel(kAvatar, this, &Theme::background))
    , m_title(new ElidedLabel(this, Qt::ElideRight, TextStyle::Display))
    , m_badge(makePill(tr("ACTIVE"), this, PillKind::Active))
    , m_line(new ElidedLabel(this, Qt::ElideMiddle, TextStyle::Body, Ink::Secondary))
    , m_switch(makeButton({}, this, ButtonKind::Primary, u"switch"_s))
    , m_rename(makeButton(tr("Rename"), this, ButtonKind::Normal, u"edit"_s))
    , m_logout(makeButton(tr("Log out…"), this, ButtonKind::DangerText, u"logout"_s))
    , m_layout(new QHBoxLayout(this))
{
    auto* name = new QHBoxLayout;
    name->setSpacing(kBeforeBadge);
    name->addWidget(m_title);
    name->addWidget(m_badge);
    name->addStretch(1);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addStretch();
    texts->addLayout(name);
    texts->addWidget(m_line);
    texts->addStretch();
    auto* who = new QHBoxLayout;
    who->setSpacing(12);
    who->addWidget(m_avatar);
    who->addLayout(texts, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kBetweenButtons);
    buttons->addWidget(m_switch);
    buttons->addWidget(m_rename);
    buttons->addWidget(m_logout);
    buttons->addStretch(0);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(16);
    m_layout->addLayout(who, 1);
    m_layout->addLayout(buttons);
    connect(&shortcuts, &ShortcutMap::changed, this, &DetailHeader::tellKeys);
    connect(m_switch, &QPushButton::clicked, this, &DetailHeader::switchClicked);
    connect(m_rename, &QPushButton::clicked, this, &DetailHeader::renameClicked);
    connect(m_logout, &QPushButton::clicked, this, &DetailHeader::logoutClicked);
}

void DetailHeader::show(
    const session::Session& session, const session::SessionManager& sessions, const SessionModel& model)
{
    m_name = sessions.nameOf(session);
    const bool active = sessions.active() == session.id;
    const QString network = sessions.networks().networkName(session.id);
    m_avatar->setSpec(avatarOf(model.indexOf(session.id)));
    m_title->setFullText(m_name);
    m_badge->setVisible(active);
    m_line->setFullText(tr("%1 · %2").arg(sessions.networks().shortId(session.id), network));
    m_switch->setVisible(!active);
    arrange();
}

void DetailHeader::arrange()
{
    // A mnemonic is not meant by an ampersand in a name.
    const QString shortened = plainLine(m_name, kNameInButton).replace(u'&', u"&&"_s);
    setIconOnly(m_switch, false, tr("Switch to %1").arg(shortened));
    setIconOnly(m_rename, false, tr("Rename"));
    setIconOnly(m_logout, false, tr("Log out…"));
    const auto buttons = [this] { // and what is before each
        int width = 0;
        for (const QPushButton* button : {m_switch, m_rename, m_logout}) {
            if (!button->isHidden())
                width += button->sizeHint().width() + kBetweenButtons;
        }
        return width;
    };
    const auto needed = [this, &buttons] {
        const int badge = badgeWidth(); // beside the title only
        const int texts = std::max(m_title->sizeHint().width() + badge, m_line->sizeHint().width());
        return kAvatar + 4 + 16 + std::clamp(texts, kNameAtLeast, kNameAtMost + badge) + buttons();
    };
    if (needed() > width()) {
        setIconOnly(m_rename, true, tr("Rename"));
        setIconOnly(m_logout, true, tr("Log out…"));
    }
    if (buttons() - kBetweenButtons > width()) // not even in a row of their own
        setIconOnly(m_switch, true, tr("Switch to %1").arg(m_name));
    m_switch->setAccessibleName(tr("Switch to %1").arg(m_name));
    m_rename->setAccessibleName(tr("Rename %1").arg(m_name));
    m_logout->setAccessibleName(tr("Log out %1").arg(m_name));
    tellKeys();
    m_layout->setDirection(needed() > width() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void DetailHeader::tellKeys()
{
    const auto tell = [this](QPushButton* button, const QString& what, Command command) {
        const QString keys = m_shortcuts.keysText(command);
        button->setToolTip(plainToolTip(keys.isEmpty() ? what : tr("%1 (%2)").arg(what, keys)));
    };
    tell(m_rename, tr("Rename"), Command::Rename);
    tell(m_logout, tr("Log out…"), Command::LogOut);
}

int DetailHeader::badgeWidth() const
{
    return m_badge->isHidden() ? 0 : m_badge->sizeHint().width() + kBeforeBadge;
}

QSize DetailHeader::minimumSizeHint() const
{
    const int square = m_rename->minimumSizeHint().height();
    const int texts = m_title->minimumSizeHint().width() + badgeWidth();
    const int count = m_switch->isHidden() ? 2 : 3;
    const int buttons = count * square + (count - 1) * kBetweenButtons;
    return {
        std::max(m_avatar->sizeHint().width() + 12 + texts, buttons), QWidget::minimumSizeHint().height()};
}

void DetailHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace hatstand::ui
