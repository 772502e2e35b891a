// SPDX-License-Identifier: MIT
#include "core/requests/Candidates.h"

#include <algorithm>

namespace hatstand::requests {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::PermissionLevel;
using session::SessionId;

/// Of a level that is partly a placeholder, the part that is not has to fit.
bool fits(const PermissionLevel& wanted, const PermissionLevel& account)
{
    return (isPlaceholder(wanted.actor) || wanted.actor == account.actor)
        && (isPlaceholder(wanted.permission) || wanted.permission == account.permission);
}

bool isAllowed(const Wanted& wanted, const SessionId& id)
{
    const auto account = PermissionLevel::parse(id.identity());
    return account
        && (wanted.levels.isEmpty()
            || std::any_of(wanted.levels.cbegin(), wanted.levels.cend(),
                [&](const PermissionLevel& level) { return fits(level, *account); }));
}

QString textOf(const QList<PermissionLevel>& levels)
{
    QStringList all;
    for (const PermissionLevel& level : levels)
        all += level.text();
    return all.join(", "_L1);
}

Result<Candidates> namedAlone(
    const session::SessionManager& sessions, const Wanted& wanted, const SessionId& named)
{
    if (!sessions.find(named))
        return fail(ErrorCode::NotFound, named.text());
    if (named.family() != "antelope"_L1)
        return refuse(Why::WrongNetwork);
    if (!wanted.isOnChain(named.chain()))
        return refuse(Why::RequestForOtherChain);
    if (!isAllowed(wanted, named))
        return fail(
            Error{.code = ErrorCode::WrongAccount, .why = Why::NotAuthorised, .detail = named.identity()});
    return Candidates{named, {}};
}

} // namespace

Wanted Wanted::of(const antelope::EsrRequest& request)
{
    Wanted wanted{[request](const QString& chain) { return request.isFor(chain); }, request.chainId};
    if (request.isIdentity()) {
        if (request.permission)
            wanted.levels = {*request.permission};
        return wanted;
    }
    const QList<antelope::Action> actions = request.allActions();
    for (const antelope::Action& action : actions) {
        for (const PermissionLevel& level : action.authorization) {
            if (!wanted.levels.contains(level))
                wanted.levels += level;
        }
    }
    return wanted;
}

Result<Candidates> whoSigns(
    const session::SessionManager& sessions, const Wanted& wanted, const std::optional<SessionId>& named)
{
    if (named)
        return namedAlone(sessions, wanted, *named);
    QList<SessionId> fitting; // by recency
    QList<SessionId> able; // of those, who has a key to sign with
    const QList<SessionId> all = sessions.byRecency();
    for (const SessionId& id : all) {
        if (id.family() != "antelope"_L1 || !wanted.isOnChain(id.chain()) || !isAllowed(wanted, id))
            continue;
        fitting += id;
        if (sessions.find(id)->signer != session::SignerKind::WatchOnly)
            able += id;
    }
    if (fitting.isEmpty()) {
        const bool isNamed = std::any_of(wanted.levels.cbegin(), wanted.levels.cend(),
            [](const PermissionLevel& level) { return !isPlaceholder(level.actor); });
        return isNamed ? fail(ErrorCode::NotFound, textOf(wanted.levels)) : fail(ErrorCode::NoActive);
    }
    // A default that is only watched stays the one, and says so: nobody else signs in its place unasked.
    SessionId chosen = able.isEmpty() ? fitting.constFirst() : able.constFirst();
    const SessionId chainDefault
        = wanted.chainId.isEmpty() ? SessionId() : sessions.defaultOf("antelope:"_L1 + wanted.chainId);
    if (fitting.contains(chainDefault))
        chosen = chainDefault;
    else if (fitting.contains(sessions.active()))
        chosen = sessions.active();
    able.removeAll(chosen);
    return Candidates{chosen, able};
}

} // namespace hatstand::requests
