// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"
#include "core/signing/Accounts.h"
#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

#include <array>

class QButtonGroup;
class QCheckBox;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace hatstand::ui {

class AddFlow;
class AddPage;
class NewPassphraseView;
class UnlockView;

/// Adds an account: network, way, fields, and what has to be asked in between; after generating, a backup and
/// a profile.
class AddAccountDialog final : public Dialog
{
    Q_OBJECT
public:
    enum class Page {
        Generate,
        NostrKey,
        NostrEncrypted,
        NostrWatch,
        AntelopeKey,
        AntelopeWatch,
        AntelopeFind,
        AntelopeAnchor
    };
    explicit AddAccountDialog(UiContext& context, QWidget* parent = nullptr);
    ~AddAccountDialog() override;

    /// Opens on the page that the text belongs to, filled. Text of no known form opens the first page.
    void openWith(SharedSecret pasted);
    /// Opens where this account can be given its key again.
    void openFor(const session::SessionId& id);
    void showPage(Page page);
    [[nodiscard]] Page page() const { return m_page; }

Q_SIGNALS:
    void added(const hatstand::session::SessionId& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Way
    {
        Page page;
        QString title;
        QString icon;
    };
    [[nodiscard]] QList<Way> waysOf(bool antelope) const;
    [[nodiscard]] AddPage* current() const;
    QWidget* makeNetworkSwitch();
    QWidget* makeMainView();
    void addPage(Page page, AddPage* widget);
    void orderTabs();
    void showWays(bool antelope);
    void focusFirst();
    void refreshFoot();
    /// True if the text has a place that is not the widget it was pasted into, and was put there.
    bool route(const SecretBuffer& text, const QWidget* into);
    bool routePaste(const QWidget* into);
    void submit();
    void onAdded(const session::Added& added);
    void clearClipboard();
    void askForVault();
    void askForPassphrase(bool newVault);
    void showBackup(const session::SessionId& id);
    void showProfile(const session::SessionId& id);
    void backToMain();
    void reject() override;

    UiContext& m_context;
    AddFlow* m_flow;
    Page m_page = Page::Generate;
    bool m_decrypting = false;
    bool m_generated = false;
    bool m_filling = false; ///< the list, which speaks while it is filled
    QList<session::NewSession> m_rest; ///< to be added after the one that is being added
    SharedSecret m_typed; ///< until the clipboard was compared with it
    QButtonGroup* m_networks = nullptr;
    QListWidget* m_ways = nullptr;
    QStackedWidget* m_pages = nullptr;
    std::array<AddPage*, 8> m_byPage{}; ///< null: not to be had here
    QWidget* m_main = nullptr;
    Notice* m_problem = nullptr;
    QLabel* m_waiting = nullptr;
    QCheckBox* m_switchNow = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_add = nullptr;
    NewPassphraseView* m_newPassphrase = nullptr;
    UnlockView* m_unlock = nullptr;
};

} // namespace hatstand::ui
