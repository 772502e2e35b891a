// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

namespace hatstand::ui {

/// Saves the key of one account to a new file; asks for the vault's passphrase first where it is locked.
class ExportDialog final : public Dialog
{
    Q_OBJECT
public:
    ExportDialog(UiContext& context, const session::SessionId& id, QWidget* parent = nullptr);

private:
    void showBackup();

    UiContext& m_context;
    session::SessionId m_id;
};

} // namespace hatstand::ui
