// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"

#include <QComboBox>

namespace hatstand::ui {

/// The toolbar's quick switch: who is active, and all others one click away. Choosing only asks; what it
/// shows is always the active account.
class AccountCombo final : public QComboBox
{
    Q_OBJECT
public:
    explicit AccountCombo(UiContext& context, QWidget* parent = nullptr);

Q_SIGNALS:
    void switchRequested(const hatstand::session::SessionId& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override; ///< passing over it must not switch accounts

private:
    void follow();

    UiContext& m_context;
};

} // namespace hatstand::ui
