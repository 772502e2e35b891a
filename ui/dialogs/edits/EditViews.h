// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"
#include "ui/UiContext.h"
#include "ui/dialogs/VaultViews.h"
#include "ui/dialogs/edits/EditQuestion.h"

namespace hatstand::ui {

class SecretField;

/// What is changed, as whom, and the button that is the yes.
class EditQuestionView final : public QObject
{
    Q_OBJECT
public:
    EditQuestionView(const UiContext& context, const session::SessionId& id, const EditQuestion& question,
        QObject* parent);
    void refuse(const QString& why); ///< under the passphrase
    View view;
    SecretField* passphrase = nullptr; ///< only where the key is encrypted
    QPushButton* cancel;
    QPushButton* go;

private:
    Field* m_field = nullptr;
};

/// While the relays are asked, and while they answer.
class EditWaitView final : public QObject
{
    Q_OBJECT
public:
    EditWaitView(const UiContext& context, const session::SessionId& id, QObject* parent);
    void showSent(); ///< too late to cancel
    View view;
    QPushButton* leave;

private:
    QLabel* m_text;
};

/// What became of it: an error, or each relay's answer.
class EditEndView final : public QObject
{
    Q_OBJECT
public:
    EditEndView(const UiContext& context, const session::SessionId& id, const Error& error, QObject* parent);
    EditEndView(const UiContext& context, const session::SessionId& id, const accounts::Published& published,
        const QString& nothing, QObject* parent);
    View view;
    QPushButton* close;
    QPushButton* again = nullptr; ///< after an error
};

/// "3 of 4 relays took it".
[[nodiscard]] QString publishedTitle(const accounts::Published& published);

} // namespace hatstand::ui
