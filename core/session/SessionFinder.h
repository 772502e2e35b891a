// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"

#include <QStringList>
#include <optional>

namespace hatstand::session {

/// Finds the session a person or script named: a reserved word (next, previous, last), an id, npub or
/// nprofile, 64 hex, actor@permission, then actor and label together; the first form that parses decides.
/// NotFound; Ambiguous (detail: the candidates' ids, one a line); NoActive for a reserved word that leads
/// nowhere.
[[nodiscard]] Result<SessionId> findSession(const SessionManager& sessions, const QString& name);

/// Whether this is the session's actor or its label, which is kept in NFC whatever the name is typed in; also
/// for sessions that rest.
[[nodiscard]] bool goesBy(const SessionManager& sessions, const Session& session, const QString& name);

/// What `list` filters by; an empty field lets all through.
struct SessionFilter
{
    QString family; ///< "nostr", "antelope"
    QString network; ///< SessionId::network()
    std::optional<SignerKind> signer;
    QString wallet;
    SessionId only;
    [[nodiscard]] bool accepts(const Session& session) const;
};

/// The session's JSON fields (CONTRACT "JSON of a session"). reason is the state's sentence, made by the
/// caller.
[[nodiscard]] QVariantMap describe(
    const SessionManager& sessions, const Session& session, const QString& reason);

} // namespace hatstand::session
