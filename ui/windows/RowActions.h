// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"

#include <QWidget>
#include <vector>

class QPushButton;

namespace hatstand::ui {

class SessionListView;

/// The real buttons at the ends of a list's visible rows: Switch, Repair… or Unlock. As many as rows fit the
/// viewport, reused as it scrolls. They lie on a sibling above the list and not in it, because a list tells a
/// screen reader of its cells alone; only the buttons' own places are part of that sibling, so the rest of a
/// row stays the list's.
class RowActions final : public QWidget
{
    Q_OBJECT
public:
    explicit RowActions(SessionListView* list);
    [[nodiscard]] static bool hasButton(const QModelIndex& index);
    /// What a row that has a button must leave free at its end.
    [[nodiscard]] int reservedWidth() const;
    void refresh(); ///< now
    void refreshSoon(); ///< once the list has laid itself out
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void switchRequested(const hatstand::session::SessionId& id);
    void repairRequested(const hatstand::session::SessionId& id);
    void unlockRequested();

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    enum class Action { None, Switch, Repair, Unlock };
    struct Button
    {
        QPushButton* widget = nullptr;
        session::SessionId id;
        Action action = Action::None;
    };
    void watchModel();
    void dress(Button& button, const QModelIndex& index);
    void press(const QPushButton* widget);
    [[nodiscard]] static Action actionOf(const QModelIndex& index);
    [[nodiscard]] static QString textOf(Action action);

    SessionListView* m_list;
    std::vector<Button> m_buttons;
    bool m_pending = false;
};

} // namespace hatstand::ui
