// SPDX-License-Identifier: MIT
#pragma once

#include "core/signing/Approver.h"
#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

#include <QDateTime>
#include <QTimer>

namespace hatstand::ui {

class ApprovalScroll;
class ApprovalView;

/// "Sign this?": one question, answered once, after which the dialog is gone. Takes no input in its first
/// half second, gives the focus to Deny, and lets no Enter say yes to what nobody has gone to. What can't be
/// read, or not all of it, needs a second yes.
class ApprovalDialog final : public Dialog
{
    Q_OBJECT
public:
    enum class Answer {
        Sign,
        Deny, ///< closed, too
        Expire, ///< nobody answered in time, or the time of what is signed is over
        Gone, ///< nobody waits for the answer any more
        OtherAccount, ///< asked again as otherAccount()
    };

    /// until: how long whoever asked waits; the end of the transaction itself counts where it is earlier.
    ApprovalDialog(const UiContext& context, const signing::SigningRequest& request, const QDateTime& until,
        QWidget* parent = nullptr);
    void setWaiting(qsizetype questions); ///< this one and those after it
    [[nodiscard]] session::SessionId otherAccount() const { return m_other; }
    void comeUp(); ///< to the front, for whoever looks for it
    void tick(); ///< once a second by itself: looks whether the question still stands

Q_SIGNALS:
    void answered(hatstand::ui::ApprovalDialog::Answer answer);

protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void reject() override;

private:
    [[nodiscard]] QWidget* makeStrip();
    void build(const signing::SigningRequest& request);
    void sayTimeLeft();
    void sign();
    void fitToScreen();
    void fitSoon();
    void answer(Answer answer);

    const UiContext& m_context;
    QDateTime m_until;
    bool m_ownEnd = false; ///< it is the transaction's
    std::function<bool()> m_isGone;
    session::SessionId m_other;
    bool m_isAnswered = false;
    bool m_isFitDue = false;
    QTimer m_tick;
    QTimer m_unseen; ///< for the keys that close; the buttons have their own
    QLabel* m_place = nullptr; ///< in the strip, as the next
    QLabel* m_left = nullptr;
    QWidget* m_strip;
    ApprovalView* m_view;
    ApprovalScroll* m_scroll;
    Notice* m_caution;
    QWidget* m_foot = nullptr;
    QPushButton* m_deny;
    QPushButton* m_sign;
    QPushButton* m_anyway;
};

} // namespace hatstand::ui
