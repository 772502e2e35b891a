// SPDX-License-Identifier: MIT
#include "ui/switcher/SwitcherFoot.h"

#include "ui/theme/Sizes.h"
#include "ui/theme/Widgets.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QBoxLayout>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kHeight = 36;
constexpr int kLogoutWidth = 280; ///< at most; longer names are cut
constexpr auto kWrongName = "switcherWrong"_L1;

QAccessibleInterface* accessibleWrong(const QString&, QObject* object)
{
    auto* widget = qobject_cast<ElidedLabel*>(object);
    return widget && widget->objectName() == kWrongName
        ? new QAccessibleWidget(widget, QAccessible::AlertMessage)
        : nullptr;
}

QPushButton* link(const QString& text, QWidget* parent)
{
    QPushButton* button = makeButton(text, parent, ButtonKind::Link);
    button->setFont(font(TextStyle::Caption));
    return button;
}

/// Looks like the hint that it is, and can be pressed.
QPushButton* hint(const QString& text, QWidget* parent)
{
    QPushButton* button = makeButton(text, parent, ButtonKind::Hint);
    button->setFont(font(TextStyle::Caption));
    button->setFocusPolicy(Qt::NoFocus); // its key is the way to it
    return button;
}

QHBoxLayout* line(QWidget* of)
{
    auto* layout = new QHBoxLayout(of);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(8);
    of->setFixedHeight(grown(kHeight));
    return layout;
}

} // namespace

SwitcherFoot::SwitcherFoot(QWidget* parent)
    : QFrame(parent)
    , m_commands(new QWidget(this))
    , m_logout(link({}, m_commands))
    , m_logoutAll(link(tr("Log out all…"), m_commands))
    , m_choose(nullptr)
    , m_switch(nullptr)
    , m_close(nullptr)
    , m_wrong(nullptr)
    , m_add(nullptr)
{
    static const bool installed = [] {
        QAccessible::installFactory(&accessibleWrong);
        return true;
    }();
    Q_UNUSED(installed)
    setProperty("panel", u"sunken"_s);
    QHBoxLayout* commands = line(m_commands);
    commands->addWidget(m_logout);
    commands->addStretch(1);
    commands->addWidget(m_logoutAll);

    auto* bar = new QWidget(this);
    m_choose = makeLabel(tr("↑ ↓ choose"), bar, TextStyle::Caption, Ink::Secondary);
    m_switch = hint(tr("Enter switch"), bar);
    m_close = hint(tr("Esc close"), bar);
    m_close->setAccessibleName(tr("Close"));
    m_wrong = new ElidedLabel(bar, Qt::ElideRight, TextStyle::Caption, Ink::Danger);
    m_wrong->setObjectName(kWrongName);
    m_wrong->hide();
    m_add = link(tr("Add account…"), bar);
    QHBoxLayout* hints = line(bar);
    hints->addSpacing(4);
    hints->addWidget(m_choose);
    hints->addSpacing(4); // as much as a button has around its text
    hints->addWidget(m_switch);
    hints->addWidget(m_close);
    hints->addWidget(m_wrong, 1);
    hints->addStretch(1);
    hints->addWidget(m_add);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(makeLine(Qt::Horizontal, this));
    all->addWidget(m_commands);
    all->addWidget(bar);
    connect(m_logout, &QPushButton::clicked, this, &SwitcherFoot::logoutRequested);
    connect(m_logoutAll, &QPushButton::clicked, this, &SwitcherFoot::logoutAllRequested);
    connect(m_switch, &QPushButton::clicked, this, &SwitcherFoot::switchRequested);
    connect(m_close, &QPushButton::clicked, this, &SwitcherFoot::closeRequested);
    connect(m_add, &QPushButton::clicked, this, &SwitcherFoot::addRequested);
}

void SwitcherFoot::setAccounts(const QString& activeName, qsizetype count)
{
    const QString whole = tr("Log out %1…").arg(activeName);
    const QString around = tr("Log out %1…").arg(QString());
    const QFontMetrics metrics(m_logout->font());
    QString name = activeName;
    if (metrics.horizontalAdvance(whole) > kLogoutWidth) { // the ellipsis that follows says it for both
        name = metrics.elidedText(
            activeName, Qt::ElideRight, kLogoutWidth - metrics.horizontalAdvance(around));
        if (name.endsWith(u'…'))
            name.chop(1);
    }
    m_logout->setText(tr("Log out %1…").arg(name.trimmed()).replace(u'&', "&&"_L1));
    m_logout->setAccessibleName(whole);
    m_logout->setToolTip(name == activeName ? QString() : plainToolTip(whole));
    m_logout->setVisible(!activeName.isEmpty());
    m_logoutAll->setVisible(count > 1);
    m_commands->setVisible(!activeName.isEmpty() || count > 1);
    m_choose->setVisible(count > 0);
    m_switch->setVisible(count > 0);
}

void SwitcherFoot::setChosen(const QString& name)
{
    m_switch->setEnabled(!name.isEmpty());
    m_switch->setAccessibleName(name.isEmpty() ? tr("Switch") : tr("Switch to %1").arg(name));
    if (m_wrong->isHidden())
        return;
    m_wrong->hide();
    for (QWidget* part :
        {static_cast<QWidget*>(m_choose), static_cast<QWidget*>(m_switch), static_cast<QWidget*>(m_close)})
        part->show();
}

void SwitcherFoot::setAddKeys(const QString& keys)
{
    m_add->setToolTip(keys.isEmpty() ? QString() : plainToolTip(tr("Add account (%1)").arg(keys)));
}

void SwitcherFoot::complain(const QString& text)
{
    for (QWidget* part :
        {static_cast<QWidget*>(m_choose), static_cast<QWidget*>(m_switch), static_cast<QWidget*>(m_close)})
        part->hide();
    m_wrong->setFullText(text);
    m_wrong->show();
    QAccessibleEvent event(m_wrong, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void SwitcherFoot::focusAdd()
{
    m_add->setFocus(Qt::OtherFocusReason);
}

} // namespace hatstand::ui
