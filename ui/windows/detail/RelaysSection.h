// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/windows/detail/DetailSection.h"

namespace hatstand::ui {

class RelayRow;

/// How it goes with each relay of a Nostr account. The first few; a button shows the others.
class RelaysSection final : public DetailSection
{
    Q_OBJECT
public:
    RelaysSection(const UiContext& context, QWidget* parent);
    void show(const session::Session& session) override;

private:
    void say();

    const UiContext& m_context;
    session::SessionId m_id;
    bool m_showsAll = false;
    QVBoxLayout* m_list;
    QLabel* m_nothing;
    QList<RelayRow*> m_rows; ///< as many as were ever needed at once
    QPushButton* m_more;
};

} // namespace hatstand::ui
