// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/ChainAccounts.h"
#include "ui/UiContext.h"
#include "ui/windows/detail/DetailSection.h"

class QTreeWidget;
class QTreeWidgetItem;

namespace hatstand::ui {

/// Who can act for an Antelope account: its permissions as the tree that they are, with the keys and accounts
/// that each one names. The session's own permission and key are marked.
class PermissionsSection final : public DetailSection
{
    Q_OBJECT
public:
    PermissionsSection(const UiContext& context, QWidget* parent);
    void show(const session::Session& session) override;
    void show(const session::Session& session, const accounts::ChainSummary& summary);

private:
    void fill(const QList<chain::Permission>& permissions);
    void addPermission(QTreeWidgetItem* item, const chain::Permission& permission);

    const UiContext& m_context;
    QTreeWidget* m_tree;
    QLabel* m_more;
    session::SessionId m_id; ///< of what is shown, as the next two
    QString m_key;
    QList<chain::Permission> m_permissions;
};

} // namespace hatstand::ui
