// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"
#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/dialogs/edits/EditQuestion.h"

#include <QObject>
#include <memory>

class QWidget;

namespace hatstand::ui {

class EditConsent;

/// One change of an account's data, inside the dialog that began it: unlocks Hatstand where that is needed,
/// asks, sends, and tells what each relay answered.
class EditStep final : public QObject
{
    Q_OBJECT
public:
    EditStep(UiContext& context, session::SessionId id, EditQuestion question, QObject* parent);
    /// What was not signed by now never is.
    ~EditStep() override;
    void start();
    /// Takes back the yes, and says nothing more. For whoever leaves it before the event loop deletes it.
    void withdraw();
    [[nodiscard]] bool isAsking() const { return m_isAsking; } ///< and nobody has answered yet
    /// What it asks has become another question: asks anew where it was asked already and has no answer yet.
    void renew(const EditQuestion& question);

Q_SIGNALS:
    /// Shows this in the place of what it showed before, which is no longer needed.
    void viewMade(QWidget* body, QWidget* foot, QWidget* focus);
    void left(); ///< nothing of it is to be seen any more
    void published(); ///< some relay has it

private:
    void unlock();
    void ask(const QString& refusal = {});
    void send(SharedSecret passphrase);
    void tell(const Result<accounts::Published>& done);
    void leave();

    UiContext& m_context;
    session::SessionId m_id;
    EditQuestion m_question;
    std::shared_ptr<EditConsent> m_consent; ///< while it is on its way
    bool m_isAsking = false;
    bool m_isOver = false;
};

} // namespace hatstand::ui
