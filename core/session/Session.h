// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QDateTime>
#include <QHashFunctions>
#include <QMetaType>
#include <QString>

namespace hatstand::session {

/// `<network>:<identity>`: "nostr:<64 hex>", "antelope:<64 hex chain id>:<actor>@<permission>".
/// Made from the identity, so one account can't be there twice. A value, cheap to copy, safe to keep.
class SessionId
{
public:
    SessionId() = default;
    /// Taken as it is: from a Network, which checked it, or from the store, where even a damaged one must
    /// stay.
    explicit SessionId(QString text)
        : m_text(std::move(text))
    {
    }

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    /// "nostr", "antelope": up to the first colon.
    [[nodiscard]] QString family() const { return m_text.section(QLatin1Char(':'), 0, 0); }
    /// "nostr", "antelope:<chain id>": up to the last colon. What a default is of.
    [[nodiscard]] QString network() const
    {
        return m_text.left(qMax(m_text.lastIndexOf(QLatin1Char(':')), qsizetype(0)));
    }
    /// "<chain id>" of a network that has several, otherwise empty: between the first colon and the last.
    [[nodiscard]] QString chain() const { return network().section(QLatin1Char(':'), 1); }
    /// After the last colon: public key hex, or actor@permission.
    [[nodiscard]] QString identity() const { return m_text.mid(m_text.lastIndexOf(QLatin1Char(':')) + 1); }

    friend bool operator==(const SessionId&, const SessionId&) = default;
    friend size_t qHash(const SessionId& id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

enum class SignerKind { LocalKey, EncryptedKey, Remote, WatchOnly };

/// Learned while running, never stored: Unknown until the vault was asked.
enum class SessionState { Ready, Locked, SecretMissing, Damaged, NeedsLogin, Unknown };

/// A row of the list.
struct Session
{
    SessionId id;
    QString label; ///< the person's own; empty for none
    SignerKind signer = SignerKind::WatchOnly;
    QString wallet; ///< WharfKit's wallet id, otherwise "hatstand"
    QString publicKey; ///< Antelope: PUB_K1_… or PUB_R1_…, empty while unknown; Nostr: empty, the id says it
    qint64 place
        = 0; ///< sort key of the person's own order, with gaps; SessionManager::positionOf counts from 1
    quint64 activation = 0; ///< strictly increasing over all sessions; 0 = never active
    QDateTime addedAt; ///< UTC
    QDateTime lastActiveAt; ///< UTC, invalid = never; for display only
    QDateTime exportedAt; ///< UTC, invalid = never exported
    bool generated = false; ///< its key was made here, so nobody has a copy that was not exported
    bool isPrivate = false; ///< nothing is asked of the network about it unless it is active
    QString profileName; ///< from the account's own profile, plain text; learned while running, never stored
    SessionState state = SessionState::Unknown;
    ErrorCode reason = ErrorCode::Failed; ///< why the state is not Ready; the sentence is made in ui/text

    /// The person should be reminded: losing this key would lose the account.
    [[nodiscard]] bool isBackupDue() const { return generated && !exportedAt.isValid(); }

    friend bool operator==(const Session&, const Session&) = default;
};

/// A logged-out session whose secret rests in the vault as "trash:<id>" until it expires.
struct RestingSession
{
    Session session;
    QDateTime expiresAt; ///< UTC
};

/// Names as in the JSON: "local-key", "secret-missing", …
[[nodiscard]] QLatin1StringView name(SignerKind kind);
[[nodiscard]] QLatin1StringView name(SessionState state);
[[nodiscard]] Result<SignerKind> signerKindFromName(QStringView text);

} // namespace hatstand::session

Q_DECLARE_METATYPE(hatstand::session::SessionId)
