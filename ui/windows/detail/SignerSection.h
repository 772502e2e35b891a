// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/windows/detail/DetailSection.h"

namespace hatstand::ui {

/// What signs, where its secret rests and whether there is a backup.
class SignerSection final : public DetailSection
{
    Q_OBJECT
public:
    SignerSection(const UiContext& context, QWidget* parent);
    void show(const session::Session& session) override;

Q_SIGNALS:
    void exportClicked();

private:
    [[nodiscard]] QWidget* makeBackup();

    const UiContext& m_context;
    ElidedLabel* m_with;
    QLabel* m_state;
    CardRow* m_withRow;
    ElidedLabel* m_rests;
    CardRow* m_restsRow;
    QLabel* m_done = nullptr;
    QLabel* m_warning = nullptr;
    ElidedLabel* m_backup = nullptr;
    QPushButton* m_export;
    CardRow* m_backupRow;
};

} // namespace hatstand::ui
