// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/windows/detail/DetailSection.h"

namespace hatstand::ui {

/// When it was added and last used.
class AboutSection final : public DetailSection
{
    Q_OBJECT
public:
    AboutSection(const UiContext& context, QWidget* parent);
    void show(const session::Session& session) override;

private:
    const UiContext& m_context;
    QLabel* m_last;
    CardRow* m_lastRow;
    QLabel* m_added;
};

} // namespace hatstand::ui
