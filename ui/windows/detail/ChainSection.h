// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/ChainAccounts.h"
#include "ui/UiContext.h"
#include "ui/windows/detail/DetailSection.h"

#include <QTimer>

class QProgressBar;

namespace hatstand::ui {

/// What the chain says of an Antelope account: its balance, what it has used of what it may, whether the
/// chain still takes the session's key, and how fresh that is.
class ChainSection final : public DetailSection
{
    Q_OBJECT
public:
    ChainSection(const UiContext& context, QWidget* parent);
    void show(const session::Session& session) override;
    void show(const session::Session& session, const accounts::ChainSummary& summary);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Line
    {
        QProgressBar* bar;
        ElidedLabel* text;
        CardRow* row;
    };
    using Unit = QString (*)(qint64);
    [[nodiscard]] Line addLine(const QString& what);
    void say(const Line& line, const chain::Resource& resource, Unit unit);
    void sayAge();
    void sayStanding(const session::Session& session);

    const UiContext& m_context;
    session::SessionId m_id;
    accounts::ChainSummary m_summary;
    ElidedLabel* m_age;
    QPushButton* m_refresh;
    QWidget* m_warning;
    QLabel* m_standing;
    QLabel* m_balance;
    QPushButton* m_explorer;
    CardRow* m_page = nullptr;
    QString m_address; ///< of the account's page there
    Line m_cpu;
    Line m_net;
    Line m_ram;
    QTimer m_minute; ///< "2 min ago" grows old by itself
};

} // namespace hatstand::ui
