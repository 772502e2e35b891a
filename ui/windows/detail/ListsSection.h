// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/windows/detail/DetailSection.h"

#include <optional>

namespace hatstand::ui {

class RefreshLine;

/// How many a Nostr account follows and mutes, what the lists have lost, and the way into them; and how fresh
/// all is that is known of the account.
class ListsSection final : public DetailSection
{
    Q_OBJECT
public:
    ListsSection(const UiContext& context, QWidget* parent);
    void show(const session::Session& session) override;

Q_SIGNALS:
    void followsClicked();
    void mutesClicked();

private:
    struct Line
    {
        ElidedLabel* count;
        QLabel* was;
        QPushButton* open;
    };
    [[nodiscard]] Line addLine(const QString& what);
    void say(const Line& line, std::optional<qint64> count, qint64 before, const QString& remark);

    const UiContext& m_context;
    RefreshLine* m_refresh;
    Line m_follows;
    Line m_mutes;
};

} // namespace hatstand::ui
