// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QObject>
#include <QPointer>
#include <chrono>

namespace hatstand::ui {
class LogoutDialog;
}

namespace hatstand::app {

/// A dialog about a logout that another program asked for, from its opening to the answer that program gets;
/// see Person::askLogout(). Goes by itself.
class LogoutQuestion final : public QObject
{
    Q_OBJECT
public:
    LogoutQuestion(ui::LogoutDialog& dialog, std::chrono::milliseconds limit, std::function<bool()> isDone,
        Callback<void> done, QObject* parent);

private:
    void takeBack();
    void answer();

    QPointer<ui::LogoutDialog> m_dialog;
    std::function<bool()> m_isDone; ///< whether the accounts are gone
    Callback<void> m_done;
    Error m_error{.code = ErrorCode::Denied}; ///< what to say if they are not
    bool m_late = false;
};

} // namespace hatstand::app
