// SPDX-License-Identifier: MIT
#include "app/LogoutQuestion.h"

#include "ui/dialogs/LogoutDialog.h"

#include <QTimer>

namespace hatstand::app {

LogoutQuestion::LogoutQuestion(ui::LogoutDialog& dialog, std::chrono::milliseconds limit,
    std::function<bool()> isDone, Callback<void> done, QObject* parent)
    : QObject(parent)
    , m_dialog(&dialog)
    , m_isDone(std::move(isDone))
    , m_done(std::move(done))
{
    QTimer::singleShot(limit, this, &LogoutQuestion::takeBack);
    connect(&dialog, &QObject::destroyed, this, &LogoutQuestion::answer);
    connect(&dialog, &ui::LogoutDialog::failed, this, [this](const Error& error) {
        m_error = error;
        if (m_late) // what the dialog says now is for the person who said yes
            answer();
    });
}

void LogoutQuestion::takeBack()
{
    m_late = true;
    if (m_dialog)
        m_dialog->takeBack();
}

void LogoutQuestion::answer()
{
    if (auto done = std::exchange(m_done, {}))
        done(m_isDone() ? Result<void>() : fail(m_error));
    deleteLater();
}

} // namespace hatstand::app
