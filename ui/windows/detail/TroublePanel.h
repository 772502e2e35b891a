// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/theme/Widgets.h"

namespace hatstand::ui {

/// Why an account can't be used, and the button that mends it. Hidden while nothing is wrong.
class TroublePanel final : public QFrame
{
    Q_OBJECT
public:
    TroublePanel(const UiContext& context, QWidget* parent);
    void show(const session::Session& session);

Q_SIGNALS:
    void repairClicked();
    void unlockClicked();

private:
    const UiContext& m_context;
    bool m_isLocked = false;
    QLabel* m_lock;
    QLabel* m_warning;
    QLabel* m_text;
    QPushButton* m_fix;
};

} // namespace hatstand::ui
