// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Clock.h"
#include "core/secrets/Vault.h"
#include "core/session/Network.h"
#include "core/session/Session.h"

#include <QList>
#include <QObject>

namespace hatstand::session {

class SessionStore;

/// What is to be added. secret is the vault's whole value (secrets::encode), null for watch-only.
struct NewSession
{
    SessionId id;
    SignerKind signer = SignerKind::WatchOnly;
    QString wallet;
    QString publicKey;
    QString label;
    SharedSecret secret;
    bool generated = false; ///< see Session
    bool isPrivate = false; ///< see Session; of one that is there it stays as it was
    bool activate = true;
};

struct Added
{
    SessionId id;
    bool replaced = false; ///< it was there: its signer was replaced, nothing else
};

struct KeyFacts
{
    SignerKind signer = SignerKind::LocalKey;
    QString wallet;
    QString publicKey; ///< as in Session
};

struct LogoutOptions
{
    bool forget = false; ///< delete a never-exported secret now, instead of letting it rest for 30 days
};

/// What a logout took away, for as long as it can be taken back.
struct LoggedOut
{
    Session session; ///< as it was
    bool wasActive = false;
};

/// The one writer of the sessions: what was committed is in the store before a command answers, and only this
/// knows who is active. Commands that touch the vault run one after another, each journalled, and answer by
/// callback; the others return. All of it on one event loop. Views keep SessionIds, never places.
class SessionManager final : public QObject
{
    Q_OBJECT
public:
    SessionManager(SessionStore& store, secrets::Vault& vault, const Networks& networks, const Clock& clock,
        QObject* parent = nullptr);
    ~SessionManager() override;

    /// Reads the rows. Reads no secret and asks the vault nothing.
    [[nodiscard]] Result<void> load();
    /// Finishes what a kill interrupted, lets expired resting secrets go, then learns which secrets exist. In
    /// the background after start; answers when states are as known as they will be.
    void settle(Callback<void> done = {});

    // --- reading ---
    [[nodiscard]] const QList<Session>& sessions() const; ///< the person's own order
    [[nodiscard]] qsizetype count() const { return sessions().size(); }
    [[nodiscard]] const Session* find(const SessionId& id) const; ///< valid until the next command
    [[nodiscard]] qsizetype positionOf(const SessionId& id) const; ///< from 1; 0 = not logged in
    [[nodiscard]] SessionId active() const; ///< empty: nobody
    [[nodiscard]] SessionId defaultOf(const QString& network) const; ///< of SessionId::network(); empty: none
    [[nodiscard]] bool isDefault(const SessionId& id) const;
    [[nodiscard]] QList<SessionId>
    byRecency() const; ///< most recently active first, then never-active in own order
    [[nodiscard]] SessionId next() const; ///< own order, wrapping; empty where there is none
    [[nodiscard]] SessionId previous() const;
    [[nodiscard]] SessionId last() const; ///< highest-numbered that is not active
    /// Label, else the name of its profile, else short id.
    [[nodiscard]] QString nameOf(const Session& session) const;
    [[nodiscard]] QList<RestingSession> resting() const;
    [[nodiscard]] const Networks& networks() const;
    /// Where a damaged store was set aside when this one started; empty: it was sound.
    [[nodiscard]] QString setAside() const;

    // --- commands, durable on return ---
    [[nodiscard]] Result<void> activate(
        const SessionId& id); ///< NotFound; the active one again: nothing happens
    [[nodiscard]] Result<void> activateNobody();
    [[nodiscard]] Result<void> rename(const SessionId& id, const QString& label); ///< empty removes the label
    [[nodiscard]] Result<void> setPrivate(const SessionId& id, bool isPrivate);
    [[nodiscard]] Result<void> move(
        const SessionId& id, qsizetype position); ///< from 1; beyond the end = the end
    [[nodiscard]] Result<void> markExported(const SessionId& id);
    /// InvalidInput with Why::BadLabel, LabelLooksLikeAnId or LabelIsAnotherActor. The label in NFC, trimmed.
    [[nodiscard]] Result<QString> checkLabel(const QString& label, const SessionId& forWhom) const;

    // --- commands that touch the vault ---
    void add(NewSession session, Callback<Added> done);
    void logout(const SessionId& id, LogoutOptions options, Callback<void> done);
    void logoutAll(LogoutOptions options, Callback<void> done);
    void untrash(const SessionId& id, Callback<void> done);
    /// Takes back the logout of a session that is only watched or whose key rests: label, place, times and
    /// number are as they were, so the active one is active again unless somebody was chosen since. One that
    /// was not active does not become it. NotFound: its key rests no longer; InvalidInput with
    /// Why::AlreadyLoggedIn: it was added again.
    void undoLogout(const LoggedOut& left, Callback<void> done);
    /// Asks the vault again which secrets exist.
    void refreshStates(Callback<void> done = {});
    /// What a use of the secret found out: Locked, SecretMissing, …; nullopt after a success.
    void noteUse(const SessionId& id, std::optional<ErrorCode> failure);
    /// What the account's network says of its key: not good any more makes it NeedsLogin, with KeyMismatch,
    /// whatever the vault says; good again, what the vault says. A damaged one stays damaged; one that is
    /// only watched has no key that could be wrong.
    void noteStanding(const SessionId& id, bool isGood);
    /// What the account's profile calls it: plain text of one line, or empty.
    void noteProfileName(const SessionId& id, const QString& name);
    /// What the secret itself told when it was used: the row of an account found again in the vault, or of a
    /// replacement that was cut off, may know less.
    [[nodiscard]] Result<void> learnKey(const SessionId& id, const KeyFacts& facts);

Q_SIGNALS:
    void sessionAdded(const hatstand::session::SessionId& id);
    void sessionRemoved(const hatstand::session::SessionId& id);
    void sessionChanged(
        const hatstand::session::SessionId& id); ///< label, signer, state, times, private, default
    void orderChanged();
    void activeChanged(const hatstand::session::SessionId& id); ///< empty: nobody
    void restingChanged();
    /// One account was logged out, not all of them, and undoLogout() could take it back.
    void loggedOut(const hatstand::session::LoggedOut& left);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::session
