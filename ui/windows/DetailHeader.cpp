// SPDX-License-Identifier: MIT
#include "ui/windows/DetailHeader.h"

#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"
#include "ui/shortcuts/ShortcutMap.h"

#include <QBoxLayout>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kAvatar = 72;
constexpr int kNameAtLeast = 150;
constexpr int kNameAtMost = 260; ///< longer ones are shortened before the buttons are
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
    name->setSpacing(8);
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
    buttons->setSpacing(16);
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
    const QString shortened
        = m_name.size() > kNameInButton ? m_name.left(kNameInButton - 1).trimmed() + u"…"_s : m_name;
    // A mnemonic is not meant by an ampersand in a name.
    setIconOnly(m_switch, false, tr("Switch to %1").arg(QString(shortened).replace(u'&', u"&&"_s)));
    m_switch->setAccessibleName(tr("Switch to %1").arg(m_name));
    setIconOnly(m_rename, false, tr("Rename"));
    setIconOnly(m_logout, false, tr("Log out…"));
    const auto needed = [this] {
        int width = kAvatar + 4 + 16
            + std::clamp(
                std::max(m_title->sizeHint().width(), m_line->sizeHint().width()), kNameAtLeast, kNameAtMost)
            + (m_badge->isHidden() ? 0 : m_badge->sizeHint().width() + 8);
        for (const QPushButton* button : {m_switch, m_rename, m_logout}) {
            if (!button->isHidden())
                width += button->sizeHint().width() + 16;
        }
        return width;
    };
    if (needed() > width()) {
        setIconOnly(m_rename, true, tr("Rename"));
        setIconOnly(m_logout, true, tr("Log out…"));
    }
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

QSize DetailHeader::minimumSizeHint() const
{
    const int square = m_rename->minimumSizeHint().height();
    const int texts
        = m_title->minimumSizeHint().width() + (m_badge->isHidden() ? 0 : m_badge->sizeHint().width() + 8);
    const int buttons = (m_switch->isHidden() ? 0 : m_switch->sizeHint().width() + 16) + 2 * square + 16;
    return {
        std::max(m_avatar->sizeHint().width() + 12 + texts, buttons), QWidget::minimumSizeHint().height()};
}

void DetailHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace hatstand::ui
