// SPDX-License-Identifier: MIT
#pragma once

#include "core/signing/Approver.h"
#include "ui/UiContext.h"
#include "ui/dialogs/ApprovalDialog.h"

#include <QDateTime>
#include <QPointer>
#include <QTimer>
#include <deque>
#include <optional>

namespace hatstand::ui {

/// The person as an Approver: questions wait in a line and are shown one at a time, each in a window of its
/// own. Errors: Denied; Expired after two minutes, or with the end of what is to be signed; Cancelled where
/// nobody waits for the answer any more, or another account was chosen; Busy while 64 are waiting. What can't
/// be signed any more, since signing was stopped or the account logged out, is denied.
class Approvals final : public QObject, public signing::Approver
{
    Q_OBJECT
public:
    /// parent: the window to stand over; null, or one that is not shown: the question comes up alone.
    using ParentWindow = std::function<QWidget*()>;
    Approvals(const UiContext& context, ParentWindow parent, QObject* owner = nullptr);
    ~Approvals() override; ///< whatever waits is not answered any more

    void approve(const signing::SigningRequest& request, Callback<void> done) override;
    [[nodiscard]] bool hasQuestions() const { return waiting() > 0; }
    [[nodiscard]] int waiting() const; ///< the one that is shown, too
    [[nodiscard]] ApprovalDialog* shown() const { return m_dialog; } ///< null while there is none

Q_SIGNALS:
    void waitingChanged(int waiting);

private:
    struct Question
    {
        signing::SigningRequest request;
        Callback<void> done;
        QDateTime until;
    };
    void showSoon();
    void showNext();
    void sweep();
    void settle(ApprovalDialog::Answer answer);
    void deny(const std::function<bool(const signing::SigningRequest&)>& isMeant);
    void tell();

    const UiContext& m_context;
    ParentWindow m_parent;
    std::deque<Question> m_waiting;
    std::optional<Question> m_shown;
    QPointer<ApprovalDialog> m_dialog; ///< of m_shown
    /// Of the question that is being made anew for another account: its place is kept, so that no other one
    /// stands where it stood; 0: none is.
    quintptr m_changing = 0;
    QTimer m_change; ///< till its place is given up
    bool m_isDue = false;
    int m_told = 0;
    QTimer m_tick;
};

} // namespace hatstand::ui
