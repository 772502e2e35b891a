// SPDX-License-Identifier: MIT
#include "ui/windows/detail/PermissionsSection.h"

#include "core/session/SessionManager.h"
#include "ui/text/PlainName.h"
#include "ui/theme/Sizes.h"

#include <QHash>
#include <QHeaderView>
#include <QSet>
#include <QTreeWidget>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using chain::Permission;

namespace {

constexpr qsizetype kMostPermissions = 100;
constexpr qsizetype kMostOfOne = 30; ///< keys, and as many accounts
constexpr qsizetype kLongest = 128; ///< characters of a key or a level
constexpr int kRowHeight = 24;
constexpr int kMostRows = 14; ///< then it scrolls
constexpr int kHead = 12;
constexpr int kTail = 8;

QString shortened(const QString& key)
{
    return key.size() <= kHead + kTail + 1 ? key : key.left(kHead) + u"…"_s + key.right(kTail);
}

void mark(QTreeWidgetItem* item)
{
    item->setFont(0, ui::font(TextStyle::Strong));
    item->setFont(1, ui::font(TextStyle::Strong));
}

void addWho(QTreeWidgetItem* under, const QString& who, int weight, bool isOwn)
{
    const QString full = plainLine(who, kLongest);
    const QString what = isOwn ? PermissionsSection::tr("weight %1 · the key of this session").arg(weight)
                               : PermissionsSection::tr("weight %1").arg(weight);
    auto* item = new QTreeWidgetItem(under, {shortened(full), what});
    item->setToolTip(0, plainToolTip(full));
    item->setData(0, Qt::AccessibleTextRole, full);
    item->setFont(0, ui::font(TextStyle::Fixed));
    if (isOwn)
        item->setFont(1, ui::font(TextStyle::Strong));
}

} // namespace

PermissionsSection::PermissionsSection(const UiContext& context, QWidget* parent)
    : DetailSection(tr("Permissions"), 44, parent)
    , m_context(context)
    , m_tree(new QTreeWidget(card()))
    , m_more(makeLabel({}, card(), TextStyle::Caption, Ink::Secondary))
{
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_tree->header()->setStretchLastSection(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::NoSelection);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_more->setContentsMargins(15, 0, 16, 8);
    m_more->hide();
    card()->addBody(m_tree);
    card()->addBody(m_more);
}

void PermissionsSection::show(const session::Session& session)
{
    const bool isThere = m_context.chainAccounts && session.id.family() == "antelope"_L1;
    if (isThere)
        show(session, m_context.chainAccounts->summary(session.id));
    else
        hide();
}

void PermissionsSection::show(const session::Session& session, const accounts::ChainSummary& summary)
{
    setVisible(!summary.account.permissions.isEmpty());
    m_tree->setAccessibleName(tr("Permissions of %1").arg(m_context.sessions.nameOf(session)));
    if (session.id == m_id && session.publicKey == m_key && summary.account.permissions == m_permissions)
        return; // what was folded stays folded
    m_id = session.id;
    m_key = session.publicKey;
    m_permissions = summary.account.permissions;
    fill(m_permissions);
}

void PermissionsSection::fill(const QList<Permission>& permissions)
{
    m_tree->clear();
    const qsizetype shown = std::min(permissions.size(), kMostPermissions);
    QHash<QString, QTreeWidgetItem*> placed;
    QList<const Permission*> left;
    QSet<QString> names;
    for (qsizetype i = 0; i < shown; ++i) {
        left += &permissions.at(i);
        names.insert(permissions.at(i).name);
    }
    // A parent before its children, in whichever order they came; what refers to itself in a circle has no
    // uppermost one, and stands at the top.
    while (!left.isEmpty()) {
        const auto next = std::find_if(left.cbegin(), left.cend(), [&](const Permission* one) {
            return one->parent.isEmpty() || !names.contains(one->parent) || placed.contains(one->parent);
        });
        const qsizetype at = next == left.cend() ? 0 : next - left.cbegin();
        const Permission* permission = left.takeAt(at);
        QTreeWidgetItem* parent = placed.value(permission->parent);
        auto* item = parent ? new QTreeWidgetItem(parent) : new QTreeWidgetItem(m_tree);
        placed.insert(permission->name, item);
        addPermission(item, *permission);
    }
    m_tree->expandAll();
    const int height = grown(kRowHeight);
    for (QTreeWidgetItemIterator each(m_tree); *each; ++each)
        (*each)->setSizeHint(
            1, {0, height}); // of the column that takes what is left: the names decide the width
    int rows = 0;
    for (QTreeWidgetItemIterator each(m_tree); *each && rows < kMostRows; ++each)
        ++rows;
    m_tree->setFixedHeight(height * std::max(rows, 1) + 8);
    m_more->setVisible(shown < permissions.size());
    m_more->setText(tr("More permissions, not shown: %1").arg(permissions.size() - shown));
}

void PermissionsSection::addPermission(QTreeWidgetItem* item, const Permission& permission)
{
    const bool isOwn = permission.name == m_id.identity().section(u'@', 1);
    item->setText(0, plainLine(permission.name, kLongest));
    item->setText(1,
        isOwn ? tr("threshold %1 · the permission of this session").arg(permission.threshold)
              : tr("threshold %1").arg(permission.threshold));
    if (isOwn)
        mark(item);
    const auto keys = permission.keys.first(std::min(permission.keys.size(), kMostOfOne));
    for (const chain::KeyWeight& key : keys)
        addWho(item, key.key, key.weight, !m_key.isEmpty() && key.key == m_key);
    const auto levels = permission.accounts.first(std::min(permission.accounts.size(), kMostOfOne));
    for (const chain::LevelWeight& level : levels)
        addWho(item, level.level, level.weight, false);
    const qsizetype more = std::max<qsizetype>(permission.keys.size() - kMostOfOne, 0)
        + std::max<qsizetype>(permission.accounts.size() - kMostOfOne, 0);
    if (more > 0)
        new QTreeWidgetItem(item, {tr("and %1 more").arg(more)});
    if (permission.hasWaits)
        new QTreeWidgetItem(item, {tr("Waiting counts as well")});
}

} // namespace hatstand::ui
