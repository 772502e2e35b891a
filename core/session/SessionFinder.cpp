// SPDX-License-Identifier: MIT
#include "core/session/SessionFinder.h"

#include "core/session/Labels.h"

namespace hatstand::session {
namespace {

using namespace Qt::Literals::StringLiterals;

Result<SessionId> theOnly(
    const SessionManager& sessions, const QString& name, const Network::Matcher& matches)
{
    QStringList found;
    for (const Session& session : sessions.sessions()) {
        if (matches(session.id))
            found += session.id.text();
    }
    if (found.isEmpty())
        return fail(ErrorCode::NotFound, name);
    if (found.size() > 1)
        return fail(ErrorCode::Ambiguous, found.join(u'\n'));
    return SessionId(found.first());
}

Result<SessionId> reserved(const SessionManager& sessions, const QString& word)
{
    const SessionId id = word == "next"_L1 ? sessions.next()
        : word == "previous"_L1            ? sessions.previous()
                                           : sessions.last();
    if (id.isEmpty())
        return fail(ErrorCode::NoActive, word);
    return id;
}

} // namespace

Result<SessionId> findSession(const SessionManager& sessions, const QString& name)
{
    if (isReservedWord(name))
        return reserved(sessions, name);
    if (sessions.find(SessionId(name)))
        return SessionId(name);
    if (const auto id = sessions.networks().parseId(name))
        return sessions.find(*id) ? id : fail(ErrorCode::NotFound, name);
    if (const auto matcher = sessions.networks().matcherFor(name))
        return theOnly(sessions, name, *matcher);
    return theOnly(
        sessions, name, [&](const SessionId& id) { return goesBy(sessions, *sessions.find(id), name); });
}

bool goesBy(const SessionManager& sessions, const Session& session, const QString& name)
{
    return !name.isEmpty()
        && (sessions.networks().actor(session.id) == name
            || session.label == name.normalized(QString::NormalizationForm_C));
}

bool SessionFilter::accepts(const Session& session) const
{
    return (family.isEmpty() || session.id.family() == family)
        && (network.isEmpty() || session.id.network() == network) && (!signer || session.signer == *signer)
        && (wallet.isEmpty() || session.wallet == wallet) && (only.isEmpty() || session.id == only);
}

QVariantMap describe(const SessionManager& sessions, const Session& session, const QString& reason)
{
    const auto timeOrNull = [](const QDateTime& time) {
        return time.isValid() ? QVariant(time) : QVariant::fromValue(nullptr);
    };
    QVariantMap fields = sessions.networks().fields(session);
    fields.insert(u"id"_s, session.id.text());
    fields.insert(u"network"_s, session.id.family());
    fields.insert(u"label"_s, session.label);
    fields.insert(u"name"_s, sessions.nameOf(session));
    fields.insert(u"active"_s, session.id == sessions.active());
    fields.insert(u"default"_s, sessions.isDefault(session.id));
    fields.insert(u"position"_s, sessions.positionOf(session.id));
    fields.insert(u"signer"_s, QString(name(session.signer)));
    fields.insert(u"wallet"_s, session.wallet);
    fields.insert(u"private"_s, session.isPrivate);
    fields.insert(u"state"_s, QString(name(session.state)));
    fields.insert(u"reason"_s, reason.isEmpty() ? QVariant::fromValue(nullptr) : QVariant(reason));
    fields.insert(u"addedAt"_s, timeOrNull(session.addedAt));
    fields.insert(u"lastActiveAt"_s, timeOrNull(session.lastActiveAt));
    return fields;
}

} // namespace hatstand::session
