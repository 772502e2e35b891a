// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

#include <functional>

namespace hatstand::ui {

/// Says why an account can't sign and leads to what helps: unlocking, adding its key again, logging it out.
class RepairDialog final : public Dialog
{
    Q_OBJECT
public:
    RepairDialog(UiContext& context, const session::SessionId& id, QWidget* parent = nullptr);

private:
    void refresh();
    [[nodiscard]] QPushButton* helpFor(const session::Session& session);
    /// Closes this one, then opens what comes next in its place.
    void goOn(std::function<void(QWidget* parent)> next);

    UiContext& m_context;
    session::SessionId m_id;
};

} // namespace hatstand::ui
