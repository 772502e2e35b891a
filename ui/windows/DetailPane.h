// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/theme/Widgets.h"

class QScrollArea;

namespace hatstand::ui {

class DetailHeader;
class DetailSection;
class TroublePanel;

/// The right side: one account in full. Follows every change of it; shows nothing of a secret. What it shows
/// with is made once, for all accounts.
class DetailPane final : public QFrame
{
    Q_OBJECT
public:
    explicit DetailPane(UiContext& context, QWidget* parent = nullptr);
    ~DetailPane() override;
    void show(const session::SessionId& id);
    [[nodiscard]] session::SessionId shown() const { return m_id; }
    void setBackShown(bool shown); ///< where it covers the list
    void focusFirst();

Q_SIGNALS:
    void backRequested();
    void switchRequested(const hatstand::session::SessionId& id);
    void renameRequested(const hatstand::session::SessionId& id);
    void logoutRequested(const hatstand::session::SessionId& id);
    void exportRequested(const hatstand::session::SessionId& id);
    void repairRequested(const hatstand::session::SessionId& id);
    void followsRequested(const hatstand::session::SessionId& id); ///< to see them all
    void mutesRequested(const hatstand::session::SessionId& id);
    void profileRequested(const hatstand::session::SessionId& id); ///< to edit it
    void unlockRequested();
    void noted(const QString& text); ///< for the status bar: "Copied the public key"

private:
    void build();
    void addSection(DetailSection* section);
    void refresh();
    void refreshSoon();
    void refreshIfDue();

    UiContext& m_context;
    session::SessionId m_id;
    QPushButton* m_back;
    QScrollArea* m_scroll;
    DetailHeader* m_header;
    QWidget* m_cards; ///< holds what follows
    TroublePanel* m_trouble;
    QList<DetailSection*> m_sections;
    bool m_isDue = false; ///< one refresh for all the signals of one event
};

} // namespace hatstand::ui
