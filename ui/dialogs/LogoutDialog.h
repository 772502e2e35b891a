// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"
#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

#include <QTimer>

class QBoxLayout;
class QCheckBox;

namespace hatstand::ui {

/// Asks before an account, or all of them, are logged out: whom, what goes, what stays, and a backup first
/// where the key was never exported. Stays until the vault has answered; what the vault refused is said, with
/// a way to try again.
class LogoutDialog final : public Dialog
{
    Q_OBJECT
public:
    /// One id: that account; more: these accounts, which are all there are.
    LogoutDialog(UiContext& context, const QList<session::SessionId>& ids, QWidget* parent = nullptr);
    /// The question is not asked any more. A yes that was said still counts: then it only hides, and comes
    /// back if the vault refuses.
    void takeBack();

Q_SIGNALS:
    /// The vault refused, and that is shown; the person may try again.
    void failed(const hatstand::Error& error);

protected:
    void closeEvent(QCloseEvent* event) override;
    void reject() override;

private:
    void showQuestion();
    void askAboutOne(QBoxLayout* layout);
    void askAboutAll(QBoxLayout* layout);
    void showBackup();
    void unlockThen(void (LogoutDialog::*next)());
    void logOut();
    void answer(const Result<void>& done);
    void showFailure(const Error& error);
    void tryAgain();
    void logOutAgain();
    [[nodiscard]] bool isNeverExported(const session::SessionId& id) const;
    [[nodiscard]] bool isAll() const { return m_ids.size() > 1; }

    UiContext& m_context;
    QList<session::SessionId> m_ids;
    bool m_busy = false;
    bool m_forget = false;
    QTimer m_patience;
    QCheckBox* m_forgetBox = nullptr;
    QLabel* m_waiting = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_logOut = nullptr;
};

} // namespace hatstand::ui
