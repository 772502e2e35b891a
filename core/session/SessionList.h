// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"

#include <QHash>
#include <QList>

namespace hatstand::session {

/// The sessions in memory, by place, with what must be quick at any size: finding one, and the highest
/// activation of all and of each network.
class SessionList
{
public:
    void reset(QList<Session> sessions);
    [[nodiscard]] const QList<Session>& all() const { return m_sessions; }
    [[nodiscard]] const Session* find(const SessionId& id) const;
    [[nodiscard]] qsizetype indexOf(const SessionId& id) const; ///< -1: not there
    [[nodiscard]] SessionId highest() const { return m_highest; } ///< empty: none was ever active
    [[nodiscard]] SessionId highestOf(const QString& network) const { return m_highestOf.value(network); }
    [[nodiscard]] qint64 placeAfterAll() const;

    void append(Session session);
    void insertByPlace(Session session);
    void remove(const SessionId& id);
    void update(const Session& session); ///< same id, same place
    void move(qsizetype from, qsizetype to, const QList<Session>& withNewPlaces);

private:
    void reindex(qsizetype from = 0);
    void rank(const Session& session);
    void rankAll();

    QList<Session> m_sessions;
    QHash<SessionId, qsizetype> m_index;
    QHash<QString, SessionId> m_highestOf;
    SessionId m_highest;
};

} // namespace hatstand::session
