// SPDX-License-Identifier: MIT
#pragma once

#include "core/links/AnchorLogin.h"
#include "ui/dialogs/add/AddPage.h"

#include <optional>

class QComboBox;
class QStackedWidget;

namespace hatstand::ui {

class QrCode;

/// Logs in with an account that an existing Anchor signs for: the chain first, then the request as a code and
/// as a link, until that Anchor answers. An account that is on the stand already is not replaced by the
/// answer alone: the page says so, and the button is pressed once more.
class AnchorPage final : public AddPage
{
    Q_OBJECT
public:
    explicit AnchorPage(UiContext& context);
    ~AnchorPage() override;
    [[nodiscard]] static bool isOffered(const UiContext& context);
    [[nodiscard]] QString actionText() const override;
    [[nodiscard]] QWidget* firstEmpty() const override;
    void submit(Callback<session::NewSession> done) override;
    [[nodiscard]] Result<void> noteAdded(const session::SessionId& id) override;
    void cancel() override;
    void wipe() override;

private:
    QWidget* makeChoice();
    QWidget* makeRequest();
    void answer(Result<links::AnchorAccount> made);
    void handOver(const Callback<session::NewSession>& done);
    void openAnchor();
    void copyLink();

    QComboBox* m_chain;
    Field* m_chainField;
    QStackedWidget* m_views;
    QrCode* m_code;
    QPushButton* m_open;
    QPushButton* m_copy;
    QLabel* m_status;
    QWidget* m_choice;
    QWidget* m_request;
    links::AnchorLogin* m_login;
    QString m_uri; ///< "esr:…", while Anchor is waited for
    Callback<session::NewSession> m_done; ///< likewise
    std::optional<links::AnchorAccount> m_answered; ///< what the button adds, for the chain that is chosen
    std::optional<links::WalletLink> m_wallet; ///< of the session that was handed over
};

} // namespace hatstand::ui
