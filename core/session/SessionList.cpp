// SPDX-License-Identifier: MIT
#include "core/session/SessionList.h"

#include <algorithm>

namespace hatstand::session {

void SessionList::reset(QList<Session> sessions)
{
    m_sessions = std::move(sessions);
    m_index.clear();
    reindex();
    rankAll();
}

const Session* SessionList::find(const SessionId& id) const
{
    const auto at = m_index.constFind(id);
    return at == m_index.cend() ? nullptr : &m_sessions.at(*at);
}

qsizetype SessionList::indexOf(const SessionId& id) const
{
    return m_index.value(id, -1);
}

qint64 SessionList::placeAfterAll() const
{
    return m_sessions.isEmpty() ? 1 : m_sessions.last().place + 1;
}

void SessionList::append(Session session)
{
    m_index.insert(session.id, m_sessions.size());
    rank(session);
    m_sessions.append(std::move(session));
}

void SessionList::insertByPlace(Session session)
{
    const auto at = std::upper_bound(m_sessions.begin(), m_sessions.end(), session.place,
        [](qint64 place, const Session& other) { return place < other.place; });
    const qsizetype index = at - m_sessions.begin();
    rank(session);
    m_sessions.insert(index, std::move(session));
    reindex(index);
}

void SessionList::remove(const SessionId& id)
{
    const qsizetype index = indexOf(id);
    if (index < 0)
        return;
    m_sessions.removeAt(index);
    m_index.remove(id);
    reindex(index);
    if (m_highest == id || m_highestOf.value(id.network()) == id)
        rankAll();
}

void SessionList::update(const Session& session)
{
    const qsizetype index = indexOf(session.id);
    Q_ASSERT(index >= 0);
    m_sessions[index] = session;
    rank(session);
}

void SessionList::move(qsizetype from, qsizetype to, const QList<Session>& withNewPlaces)
{
    m_sessions.move(from, to);
    const qsizetype first = std::min(from, to);
    reindex(first);
    for (const Session& session : withNewPlaces)
        m_sessions[indexOf(session.id)].place = session.place;
}

void SessionList::reindex(qsizetype from)
{
    for (qsizetype i = from; i < m_sessions.size(); ++i)
        m_index.insert(m_sessions.at(i).id, i);
}

/// A session's number only ever rises, so one that changed can only move up.
void SessionList::rank(const Session& session)
{
    if (session.activation == 0)
        return;
    const auto isBeaten = [&](const SessionId& holder) {
        const Session* other = find(holder);
        return !other || other->id == session.id || other->activation < session.activation;
    };
    if (isBeaten(m_highest))
        m_highest = session.id;
    SessionId& ofNetwork = m_highestOf[session.id.network()];
    if (isBeaten(ofNetwork))
        ofNetwork = session.id;
}

void SessionList::rankAll()
{
    m_highest = {};
    m_highestOf.clear();
    for (const Session& session : std::as_const(m_sessions))
        rank(session);
}

} // namespace hatstand::session
