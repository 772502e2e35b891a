// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

namespace hatstand::ui {

/// Unlocks the vault: with its passphrase, or by waiting for the desktop's own prompt. Accepted once it is
/// open.
class UnlockDialog final : public Dialog
{
    Q_OBJECT
public:
    explicit UnlockDialog(UiContext& context, QWidget* parent = nullptr);

protected:
    void reject() override;

private:
    void askDesktop();
    void finish();

    UiContext& m_context;
    QLabel* m_status = nullptr;
    Notice* m_problem = nullptr;
    QPushButton* m_again = nullptr;
    bool m_asking = false; ///< the desktop, and nothing has come back
};

} // namespace hatstand::ui
