// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/dialogs/edits/EditQuestion.h"
#include "ui/dialogs/parts/Dialog.h"

class QLineEdit;
class QPlainTextEdit;

namespace hatstand::nostr {
struct Profile;
}

namespace hatstand::ui {

class EditStep;

/// Changes what an account says of itself. Only the fields that were changed are sent; whatever else is in
/// the profile stays. Not before the profile was loaded once.
class EditProfileDialog final : public Dialog
{
    Q_OBJECT
public:
    EditProfileDialog(UiContext& context, const session::SessionId& id, QWidget* parent = nullptr);

protected:
    void reject() override; ///< leads back to the fields before it closes

private:
    /// One field, by its name in kind 0.
    struct Input
    {
        QString field;
        QString nostr::Profile::*part; ///< of what the account says
        QString title;
        QLineEdit* line = nullptr;
        QPlainTextEdit* lines = nullptr; ///< instead, for more than one
        QString before = {}; ///< what the editor makes of the value that is there
        [[nodiscard]] QString text() const;
        [[nodiscard]] QString edited(const QString& value) const; ///< as its editor gives it back
        void setText(const QString& text) const;
    };
    void showNotLoaded();
    void showFields();
    QWidget* makeInput(Input input, const QString& hint);
    void check();
    /// The account's profile has changed: what was not touched says so.
    void follow();
    void ask();
    [[nodiscard]] EditQuestion question() const;
    void showStep(QWidget* body, QWidget* foot, QWidget* focus);

    UiContext& m_context;
    session::SessionId m_id;
    QList<Input> m_inputs;
    QWidget* m_main = nullptr;
    QWidget* m_stepView = nullptr; ///< over the fields
    EditStep* m_step = nullptr;
    QPushButton* m_go = nullptr;
    bool m_isPublished = false;
};

} // namespace hatstand::ui
