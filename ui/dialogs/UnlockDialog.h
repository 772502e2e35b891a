// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

namespace hatstand::ui {

/// Unlocks the vault: with its passphrase, or by waiting for the desktop's own prompt. Accepted once it is
/// open, whoever opened it. What was typed is wiped when it is locked.
class UnlockDialog final : public Dialog
{
    Q_OBJECT
public:
    explicit UnlockDialog(UiContext& context, QWidget* parent = nullptr);
    /// What it is open for, where that is not plain. Before it is shown.
    void setReason(const QString& text);

protected:
    void reject() override;

private:
    void askDesktop();
    void finish();

    UiContext& m_context;
    QWidget* m_body = nullptr;
    QLabel* m_status = nullptr;
    Notice* m_problem = nullptr;
    QPushButton* m_again = nullptr;
    bool m_asking = false; ///< the desktop, and nothing has come back
    bool m_isOver = false; ///< accepted or rejected
};

} // namespace hatstand::ui
