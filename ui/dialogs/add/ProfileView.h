// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountData.h"
#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/dialogs/VaultViews.h"

#include <memory>

class QLineEdit;
class QPlainTextEdit;

namespace hatstand::ui {

class ButtonConsent;
class RelayEditor;

/// Optional last step after a Nostr key was made: name, picture, about and relays, published as kinds 0,
/// 10002 and 3. Its button is the consent to these three. The account is there whatever becomes of them.
class ProfileView final : public QObject
{
    Q_OBJECT
public:
    ProfileView(UiContext& context, const session::SessionId& id, QObject* parent);
    [[nodiscard]] QWidget* firstField() const;
    /// What was not signed by now never is.
    ~ProfileView() override;
    void publish(); ///< what is in the fields, once all of them are right
    void withdraw(); ///< the consent, while something is left to sign
    View view;

Q_SIGNALS:
    void done(); ///< left, whether or not something was published
    void unlockWanted(); ///< then publish() again

private:
    [[nodiscard]] QWidget* makeForm();
    [[nodiscard]] bool checkPicture();
    [[nodiscard]] bool isRight();
    void setBusy(bool busy);
    void onPublished(const Result<accounts::Published>& published);
    void report(const QList<accounts::Published::Answer>& answers);
    void refuse(const QString& title, const QString& text);

    UiContext& m_context;
    session::SessionId m_id;
    std::shared_ptr<ButtonConsent> m_consent; ///< while it is on its way
    QString m_name; ///< as views call the account
    QLineEdit* m_title;
    QLineEdit* m_picture;
    Field* m_pictureField;
    QPlainTextEdit* m_about;
    RelayEditor* m_relays;
    QWidget* m_form;
    QWidget* m_report;
    Notice* m_outcome;
    QLabel* m_waiting;
    QPushButton* m_leave;
    QPushButton* m_publish;
};

} // namespace hatstand::ui
