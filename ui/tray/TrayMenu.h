// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"

#include <QHash>
#include <QIcon>
#include <QMenu>
#include <QTimer>

namespace hatstand::session {
class SessionManager;
}

namespace hatstand::ui {

class LockCommand;
class SessionModel;

/// The tray's menu: the active account with its check mark, the ten others used last, and what can be done
/// with them. In step with the SessionModel; rebuilt only where its rows changed, so that a panel that has it
/// open keeps what it shows.
class TrayMenu final : public QMenu
{
    Q_OBJECT
public:
    /// Who draws it, and so how a label escapes what would become a mnemonic.
    enum class Drawn { ByQt, ByPanel };

    TrayMenu(const session::SessionManager& sessions, const SessionModel& model, LockCommand& lock);
    void setDrawn(Drawn drawn);
    /// A question waits for the person: its first row leads there.
    void setAsked(bool asked);

    /// name as plain text of one line: control and bidi characters dropped, cut at the end when long.
    [[nodiscard]] static QString plain(const QString& name);
    /// A literal text as a label of an action: no "&" or "_" in it becomes a mnemonic or gets lost.
    [[nodiscard]] static QString escaped(const QString& text, Drawn drawn);

Q_SIGNALS:
    void questionWanted();
    void accountChosen(const hatstand::session::SessionId& id);
    void allAccountsRequested();
    void windowRequested();
    void addRequested();
    void logoutRequested(const hatstand::session::SessionId& id);
    void logoutAllRequested();
    void preferencesRequested();
    void quitRequested();
    void themeChanged(); ///< what icons are drawn from

protected:
    void changeEvent(QEvent* event) override;

private:
    /// What the menu is to show; two equal ones need no rebuild.
    struct Rows
    {
        session::SessionId active; ///< empty: nobody
        QList<session::SessionId> others;
        bool asked = false; ///< a question waits
        bool more = false; ///< others that found no place
        bool several = false;
        bool locks = false; ///< there is something to keep from signing
        bool startsAgain = false; ///< stopped, and the lock command is another
        friend bool operator==(const Rows&, const Rows&) = default;
    };
    [[nodiscard]] Rows wanted() const;
    void syncSoon();
    void sync();
    void rebuild();
    void refresh();
    [[nodiscard]] QIcon commandIcon(const QString& name = {}, const QString& themeName = {}) const;
    QAction* addAccount(const session::SessionId& id, bool checked);
    void refreshAccount(QAction* action, const session::SessionId& id);
    [[nodiscard]] QString label(const QString& text) const { return escaped(text, m_drawn); }

    const session::SessionManager& m_sessions;
    const SessionModel& m_model;
    LockCommand& m_lockCommand;
    Drawn m_drawn = Drawn::ByPanel;
    bool m_asked = false;
    Rows m_rows;
    QList<std::pair<QAction*, session::SessionId>> m_accounts;
    QAction* m_logout = nullptr; ///< nullptr while nobody is active
    QAction* m_lock = nullptr; ///< nullptr while there is nothing to lock
    struct Icon
    {
        QVariantList made; ///< what it was made of
        QIcon icon;
    };
    QHash<session::SessionId, Icon> m_icons; ///< a switch changes the rows, and no icon
    QTimer m_soon; ///< one sync for all the signals of one event
};

} // namespace hatstand::ui
