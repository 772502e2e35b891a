// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/windows/detail/DetailSection.h"

class QCheckBox;
class QVBoxLayout;

namespace hatstand::ui {

class RelayRow;

/// How it goes with each relay of a Nostr account. The first few; a button shows the others. And whether they
/// are asked about it at all while another account is active.
class RelaysSection final : public DetailSection
{
    Q_OBJECT
public:
    RelaysSection(const UiContext& context, QWidget* parent);
    void show(const session::Session& session) override;

private:
    void say();
    void setPrivate(bool isPrivate);

    const UiContext& m_context;
    session::SessionId m_id;
    bool m_showsAll = false;
    QVBoxLayout* m_list;
    QLabel* m_nothing;
    QList<RelayRow*> m_rows; ///< as many as were ever needed at once
    QPushButton* m_more;
    QCheckBox* m_private;
};

} // namespace hatstand::ui
