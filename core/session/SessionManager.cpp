// SPDX-License-Identifier: MIT
#include "core/session/SessionManager.h"

#include "core/session/Labels.h"
#include "core/session/SessionManager_p.h"

#include <algorithm>

namespace hatstand::session {

using Durability = SessionStore::Durability;

SessionManager::SessionManager(
    SessionStore& store, secrets::Vault& vault, const Networks& networks, const Clock& clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, store, vault, networks, clock))
{
    connect(&vault, &secrets::Vault::stateChanged, this, [this](secrets::VaultState state) {
        if (state == secrets::VaultState::Locked) // said at once, not when the vault has answered
            d->applyStates();
        if (state == secrets::VaultState::Unlocked) // what had to wait for it: the unfinished, the expired
            settle();
        else
            refreshStates();
    });
    connect(&vault, &secrets::Vault::answeredLate, this, [this] { settle(); });
}

SessionManager::~SessionManager()
{
    d->journal.payDebts();
}

Result<void> SessionManager::load()
{
    const auto rows = d->store.rows();
    const auto resting = d->store.restingRows();
    const auto meta = d->store.meta();
    for (const Error* error : {rows ? nullptr : &rows.error(), resting ? nullptr : &resting.error(),
             meta ? nullptr : &meta.error()}) {
        if (error)
            return fail(*error);
    }
    QList<Session> listed;
    listed.reserve(rows->size());
    for (const StoredRow& row : *rows) {
        const bool isListed = row.pending == Pending::None || row.pending == Pending::Replacing
            || row.pending == Pending::Rejoining;
        if (isListed) {
            listed += row.session;
            if (row.session.signer == SignerKind::WatchOnly && row.session.state == SessionState::Unknown)
                listed.last().state = SessionState::Ready; // there is no secret to ask for
        }
        if (row.pending == Pending::None)
            continue;
        d->unfinished += row;
        if (isListed)
            d->journal.resume(row);
    }
    d->meta = *meta;
    d->trustNumbersOf(*rows, listed);
    d->list.reset(std::move(listed));
    d->resting = *resting;
    return {};
}

/// The counter is never behind a number that was given, or a switch would change nothing. A damaged row's
/// number counts only if it was given before.
void SessionManager::Private::trustNumbersOf(const QList<StoredRow>& rows, QList<Session>& listed)
{
    const quint64 stored = meta.lastActivation;
    for (const StoredRow& row : rows) {
        // Not yet one of an account that is still being added.
        if (row.session.state != SessionState::Damaged && row.pending != Pending::Adding)
            meta.lastActivation = std::max(meta.lastActivation, row.session.activation);
    }
    for (Session& session : listed) {
        if (session.activation > meta.lastActivation)
            session.activation = 0;
    }
    if (meta.lastActivation != stored) // where the disk refuses, the next start counts again
        (void)store.write(Durability::Normal, [this] { return store.putMeta(meta); });
}

const QList<Session>& SessionManager::sessions() const
{
    return d->list.all();
}

const Session* SessionManager::find(const SessionId& id) const
{
    return d->list.find(id);
}

qsizetype SessionManager::positionOf(const SessionId& id) const
{
    return d->list.indexOf(id) + 1;
}

SessionId SessionManager::active() const
{
    return d->meta.nobody ? SessionId() : d->list.highest();
}

SessionId SessionManager::defaultOf(const QString& network) const
{
    return d->list.highestOf(network);
}

bool SessionManager::isDefault(const SessionId& id) const
{
    return d->list.highestOf(id.network()) == id;
}

QList<SessionId> SessionManager::byRecency() const
{
    QList<const Session*> sorted;
    sorted.reserve(count());
    for (const Session& session : sessions())
        sorted += &session;
    std::stable_sort(sorted.begin(), sorted.end(),
        [](const Session* a, const Session* b) { return a->activation > b->activation; });
    QList<SessionId> ids;
    ids.reserve(sorted.size());
    for (const Session* session : std::as_const(sorted))
        ids += session->id;
    return ids;
}

SessionId SessionManager::next() const
{
    if (sessions().isEmpty())
        return {};
    const qsizetype at = d->list.indexOf(active()); // -1 for nobody leads to the first
    return sessions().at((at + 1) % count()).id;
}

SessionId SessionManager::previous() const
{
    if (sessions().isEmpty())
        return {};
    const qsizetype at = d->list.indexOf(active());
    return sessions().at(at <= 0 ? count() - 1 : at - 1).id;
}

SessionId SessionManager::last() const
{
    const SessionId current = active();
    const Session* best = nullptr;
    for (const Session& session : sessions()) {
        if (session.id != current && session.activation > (best ? best->activation : 0))
            best = &session;
    }
    return best ? best->id : SessionId();
}

QString SessionManager::nameOf(const Session& session) const
{
    if (!session.label.isEmpty())
        return session.label;
    return session.profileName.isEmpty() ? d->networks.shortId(session.id) : session.profileName;
}

QList<RestingSession> SessionManager::resting() const
{
    QList<RestingSession> all;
    for (const StoredRow& row : std::as_const(d->resting))
        all += {row.session, row.expiresAt};
    return all;
}

const Networks& SessionManager::networks() const
{
    return d->networks;
}

QString SessionManager::setAside() const
{
    return d->store.setAside();
}

Result<void> SessionManager::activate(const SessionId& id)
{
    const Session* found = find(id);
    if (!found)
        return fail(ErrorCode::NotFound, id.text());
    if (id == active())
        return {};
    Session session = *found;
    StoreMeta meta = d->meta;
    d->giveActivation(session, meta);
    auto done = d->store.write(Durability::Normal,
        [&] { return d->store.put(d->rowOf(session)).and_then([&] { return d->store.putMeta(meta); }); });
    if (!done)
        return done;
    d->announcing(
        [&] {
            d->meta = meta;
            d->list.update(session);
            Q_EMIT sessionChanged(id);
        },
        id.network());
    return {};
}

Result<void> SessionManager::activateNobody()
{
    if (active().isEmpty() && d->meta.nobody)
        return {};
    StoreMeta meta = d->meta;
    meta.nobody = true;
    auto done = d->store.write(Durability::Normal, [&] { return d->store.putMeta(meta); });
    if (done)
        d->announcing([&] { d->meta = meta; }, {});
    return done;
}

Result<QString> SessionManager::checkLabel(const QString& label, const SessionId& forWhom) const
{
    auto text = normaliseLabel(label);
    if (!text || text->isEmpty())
        return text;
    if (isReservedWord(*text) || d->networks.parseId(*text) || d->networks.matcherFor(*text))
        return refuse(Why::LabelLooksLikeAnId, *text);
    for (const Session& session : sessions()) {
        if (session.id != forWhom && d->networks.actor(session.id) == *text)
            return refuse(Why::LabelIsAnotherActor, *text);
    }
    return text;
}

Result<void> SessionManager::rename(const SessionId& id, const QString& label)
{
    const Session* found = find(id);
    if (!found)
        return fail(ErrorCode::NotFound, id.text());
    const auto text = checkLabel(label, id);
    if (!text)
        return fail(text.error());
    if (*text == found->label)
        return {};
    Session session = *found;
    session.label = *text;
    return d->save(session, Durability::Full);
}

Result<void> SessionManager::setPrivate(const SessionId& id, bool isPrivate)
{
    const Session* found = find(id);
    if (!found)
        return fail(ErrorCode::NotFound, id.text());
    if (found->isPrivate == isPrivate)
        return {};
    Session session = *found;
    session.isPrivate = isPrivate;
    return d->save(session, Durability::Full);
}

Result<void> SessionManager::move(const SessionId& id, qsizetype position)
{
    const qsizetype from = d->list.indexOf(id);
    if (from < 0)
        return fail(ErrorCode::NotFound, id.text());
    const qsizetype to = std::clamp(position, qsizetype(1), count()) - 1;
    if (from == to)
        return {};
    // Those between the two places take their neighbour's, so only they are written.
    QList<Session> order = sessions();
    order.move(from, to);
    QList<Session> changed;
    for (qsizetype i = std::min(from, to); i <= std::max(from, to); ++i) {
        changed += order.at(i);
        changed.last().place = sessions().at(i).place;
    }
    auto done = d->store.write(Durability::Normal, [&] {
        Result<void> put;
        for (const Session& session : std::as_const(changed))
            put = put.and_then([&] { return d->store.put(d->rowOf(session)); });
        return put;
    });
    if (!done)
        return done;
    d->list.move(from, to, changed);
    Q_EMIT orderChanged();
    return {};
}

Result<void> SessionManager::markExported(const SessionId& id)
{
    const Session* found = find(id);
    if (!found)
        return fail(ErrorCode::NotFound, id.text());
    Session session = *found;
    session.exportedAt = d->clock.now();
    return d->save(session, Durability::Full);
}

Result<void> SessionManager::learnKey(const SessionId& id, const KeyFacts& facts)
{
    const Session* found = find(id);
    if (!found)
        return fail(ErrorCode::NotFound, id.text());
    Session session = *found;
    session.signer = facts.signer;
    session.wallet = facts.wallet;
    session.publicKey = facts.publicKey;
    return session == *found ? Result<void>() : d->save(session, Durability::Full);
}

void SessionManager::Private::announcing(const std::function<void()>& change, const QString& network)
{
    const SessionId activeBefore = q.active();
    const SessionId defaultBefore = list.highestOf(network);
    change();
    const SessionId defaultNow = list.highestOf(network);
    if (defaultBefore != defaultNow) {
        if (list.find(defaultBefore))
            Q_EMIT q.sessionChanged(defaultBefore);
        if (list.find(defaultNow))
            Q_EMIT q.sessionChanged(defaultNow);
    }
    if (q.active() != activeBefore)
        Q_EMIT q.activeChanged(q.active());
}

Result<void> SessionManager::Private::save(const Session& session, Durability durability)
{
    auto done = store.write(durability, [&] { return store.put(rowOf(session)); });
    if (done) {
        list.update(session);
        Q_EMIT q.sessionChanged(session.id);
    }
    return done;
}

void SessionManager::Private::giveActivation(Session& session, StoreMeta& next) const
{
    next = {meta.lastActivation + 1, false};
    session.activation = next.lastActivation;
    session.lastActiveAt = clock.now();
}

void SessionManager::Private::listNew(const Session& session)
{
    if (session.place >= list.placeAfterAll())
        list.append(session);
    else
        list.insertByPlace(session);
    Q_EMIT q.sessionAdded(session.id);
}

void SessionManager::Private::unlist(const SessionId& id)
{
    isFinished(id);
    announcing(
        [&] {
            list.remove(id);
            badStanding.remove(id);
            Q_EMIT q.sessionRemoved(id);
        },
        id.network());
}

qint64 SessionManager::Private::placeForNew() const
{
    qint64 place = list.placeAfterAll();
    for (const QList<StoredRow>* rows : {&resting, &unfinished}) {
        for (const StoredRow& row : *rows)
            place = std::max(place, row.session.place + 1);
    }
    return place;
}

void SessionManager::Private::isFinished(const SessionId& id)
{
    unfinished.removeIf([&](const StoredRow& row) { return row.session.id == id; });
}

void SessionManager::Private::reloadResting()
{
    if (const auto rows = store.restingRows()) {
        resting = *rows;
        Q_EMIT q.restingChanged();
    }
}

} // namespace hatstand::session
