// SPDX-License-Identifier: MIT
#include "ui/windows/Toolbar.h"

#include "core/session/SessionManager.h"
#include "ui/models/LockCommand.h"
#include "ui/models/SessionModel.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/theme/Sizes.h"
#include "ui/theme/Widgets.h"
#include "ui/windows/AccountCombo.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

/// The tab of the page that is shown; the others come with their pages.
class Tab final : public QLabel
{
public:
    Tab(const QString& text, QWidget* parent)
        : QLabel(text, parent)
    {
        setTextFormat(Qt::PlainText);
        setFont(ui::font(TextStyle::Strong));
        setAlignment(Qt::AlignCenter);
        setMargin(4);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QLabel::paintEvent(event);
        QPainter painter(this);
        painter.fillRect(0, height() - 2, width(), 2, Theme::of(this).accent);
    }
};

} // namespace

Toolbar::Toolbar(UiContext& context, LockCommand& lock, QWidget* parent)
    : QFrame(parent)
    , m_context(context)
    , m_lockCommand(lock)
    , m_combo(new AccountCombo(context, this))
    , m_lock(makeIconButton(u"lock"_s, tr("Lock"), this))
    , m_menuButton(makeIconButton(u"menu"_s, tr("Menu"), this))
    , m_add(makeButton(tr("Add account"), this, ButtonKind::Primary, u"add"_s))
    , m_menu(new QMenu(m_menuButton))
{
    setProperty("panel", u"surface"_s);
    setFixedHeight(grown(56));
    auto* left = new QWidget(this);
    auto* leftLayout = new QHBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->addWidget(m_combo);
    leftLayout->addStretch();
    auto* right = new QWidget(this);
    auto* rightLayout = new QHBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(8);
    rightLayout->addStretch();
    rightLayout->addWidget(m_lock);
    rightLayout->addWidget(m_menuButton);
    rightLayout->addWidget(m_add);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 16, 0);
    layout->setSpacing(12);
    layout->addWidget(left, 1);
    layout->addWidget(new Tab(tr("Accounts"), this));
    layout->addWidget(right, 1);

    m_menuButton->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &Toolbar::fillMenu);
    connect(m_combo, &AccountCombo::switchRequested, this, &Toolbar::switchRequested);
    connect(m_add, &QPushButton::clicked, this, &Toolbar::addRequested);
    connect(m_lock, &QPushButton::clicked, &lock, &LockCommand::run);
    connect(&lock, &LockCommand::changed, this, &Toolbar::follow);
    connect(&context.model, &QAbstractItemModel::rowsInserted, this, &Toolbar::follow);
    connect(&context.model, &QAbstractItemModel::rowsRemoved, this, &Toolbar::follow);
    connect(&context.shortcuts, &ShortcutMap::changed, this, &Toolbar::follow);
    follow();
}

void Toolbar::follow()
{
    const int count = m_context.model.rowCount();
    m_combo->setVisible(count >= 2);
    m_add->setVisible(count > 0); // without accounts the page itself holds a larger one
    m_lock->setVisible(count > 0 || m_lockCommand.action() != LockCommand::Action::Stop);
    m_lock->setIcon(lineIcon(m_lockCommand.icon()));
    m_lock->setAccessibleName(m_lockCommand.text());
    const auto tell = [this](QPushButton* button, const QString& what, Command command) {
        const QString keys = m_context.shortcuts.keysText(command);
        button->setToolTip(plainToolTip(keys.isEmpty() ? what : tr("%1 (%2)").arg(what, keys)));
    };
    tell(m_lock, m_lockCommand.text(), Command::Lock);
    tell(m_add, tr("Add account"), Command::Add);
}

void Toolbar::fillMenu()
{
    const auto add = [this](const QString& text, std::optional<Command> command, void (Toolbar::*signal)()) {
        const QString keys = command ? m_context.shortcuts.keysText(*command) : QString();
        // After a tab a menu shows keys; they are the window's already, so the action gets none of its own.
        QAction* action = m_menu->addAction(keys.isEmpty() ? text : text + u'\t' + keys);
        connect(action, &QAction::triggered, this, signal);
    };
    m_menu->clear();
    if (!m_context.sessions.resting().isEmpty())
        add(tr("Logged-out accounts…"), {}, &Toolbar::restingRequested);
    if (m_context.model.rowCount() > 1)
        add(tr("Log out all…"), {}, &Toolbar::logoutAllRequested);
    if (!m_menu->isEmpty())
        m_menu->addSeparator();
    add(tr("Open signing request…"), Command::OpenRequest, &Toolbar::openRequestRequested);
    add(tr("Preferences…"), Command::Preferences, &Toolbar::preferencesRequested);
    add(tr("Keyboard shortcuts…"), Command::Help, &Toolbar::shortcutsRequested);
    m_menu->addSeparator();
    add(tr("Quit"), Command::Quit, &Toolbar::quitRequested);
}

} // namespace hatstand::ui
