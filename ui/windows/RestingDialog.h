// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"
#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace hatstand::ui {

/// The accounts that were logged out and whose keys still rest: until when, and a way back.
class RestingDialog final : public Dialog
{
    Q_OBJECT
public:
    explicit RestingDialog(UiContext& context, QWidget* parent = nullptr);

private:
    void fill();
    [[nodiscard]] QWidget* makeRow(const session::RestingSession& resting, QWidget* parent);
    void bringBack(const session::SessionId& id);

    UiContext& m_context;
    QWidget* m_rows = nullptr;
    QVBoxLayout* m_body = nullptr;
    QLabel* m_problem;
    QPushButton* m_close;
};

} // namespace hatstand::ui
