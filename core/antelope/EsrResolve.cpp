// SPDX-License-Identifier: MIT
#include "core/antelope/EsrResolve.h"

#include "core/antelope/EsrPacking.h"

#include <algorithm>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

bool isPlaceholder(quint64 name)
{
    return name == kSignerActor || name == kSignerPermission;
}

quint64 filled(quint64 name, const PermissionLevel& signer)
{
    if (name == kSignerActor)
        return signer.actor.value();
    return name == kSignerPermission ? signer.permission.value() : name;
}

/// In place of a permission either value is the signer's: requests from before there were two have 1 twice.
PermissionLevel filled(const PermissionLevel& level, const PermissionLevel& signer)
{
    return {level.actor.value() == kSignerActor ? signer.actor : level.actor,
        isPlaceholder(level.permission.value()) ? signer.permission : level.permission};
}

bool isForSigner(const PermissionLevel& level)
{
    return level.actor.value() == kSignerActor || isPlaceholder(level.permission.value());
}

/// Whether eight bytes in a row are one of the two values, which is all that can be told without an ABI: they
/// may be something else, an amount of 0.0001 for instance.
bool mayHoldPlaceholder(const QByteArray& data)
{
    for (const quint64 value : {kSignerActor, kSignerPermission}) {
        codec::Packer packed;
        packed.u64(value);
        if (data.contains(packed.data()))
            return true;
    }
    return false;
}

struct Filling
{
    QByteArray data;
    bool isThere = false; ///< there was a name to fill in
};

Result<Filling> fill(const Action& action, const Abi& abi, const PermissionLevel& signer)
{
    const auto type = abi.actionType(action.name);
    if (!type)
        return fail(type.error());
    Filling filling{action.data};
    const auto json = abi.decode(*type, bytesOf(action.data), [&](quint64 name) {
        filling.isThere = filling.isThere || isPlaceholder(name);
        return filled(name, signer);
    });
    if (!json)
        return fail(json.error());
    if (!filling.isThere)
        return filling;
    auto data = abi.encode(*type, *json);
    if (!data)
        return fail(data.error());
    filling.data = *std::move(data);
    return filling;
}

/// Written again without a change, data must be what it was. Where it is not (two fields of one name, numbers
/// longer than they need to be) something else would be signed than was asked for.
Result<void> checkFaithful(const Action& action, const Abi& abi)
{
    const auto type = abi.actionType(action.name);
    const auto json = type ? abi.decode(*type, bytesOf(action.data)) : fail(type.error());
    const auto again = json ? abi.encode(*type, *json) : fail(json.error());
    if (!again)
        return fail(again.error());
    if (*again != action.data)
        return refuse(Why::Malformed, u"action data"_s);
    return {};
}

Result<QByteArray> resolvedData(const Action& action, const PermissionLevel& signer, const Abis& abis)
{
    if (!mayHoldPlaceholder(action.data))
        return action.data;
    const auto abi = abis.constFind(action.account.value());
    if (abi == abis.cend())
        return fail(Error{.code = ErrorCode::Network, .why = Why::NoAbi, .detail = action.account.text()});
    auto filling = fill(action, *abi, signer);
    if (!filling)
        return fail(filling.error());
    if (filling->isThere) {
        if (const auto faithful = checkFaithful(action, *abi); !faithful)
            return fail(faithful.error());
    }
    return filling->data;
}

Result<Transaction> resolvedIdentity(
    const EsrRequest& request, const PermissionLevel& signer, quint32 expiration)
{
    if (request.permission && filled(*request.permission, signer) != signer)
        return fail(ErrorCode::WrongAccount, request.permission->text());
    return identityTransaction(request.version, request.scope, signer, expiration);
}

} // namespace

bool hasPlaceholders(const Action& action, const Abis& abis)
{
    if (std::any_of(action.authorization.cbegin(), action.authorization.cend(), isForSigner))
        return true;
    if (!mayHoldPlaceholder(action.data))
        return false;
    const auto abi = abis.constFind(action.account.value());
    if (abi == abis.cend())
        return true;
    const PermissionLevel anyone{Name::fromValue(kSignerActor), Name::fromValue(kSignerPermission)};
    const auto filling = fill(action, *abi, anyone);
    return !filling || filling->isThere;
}

Result<Transaction> resolve(const EsrRequest& request, const PermissionLevel& signer, const Abis& abis,
    const TransactionHeader& header)
{
    if (request.isIdentity())
        return resolvedIdentity(request, signer, header.expiration);
    Transaction made;
    if (request.what == EsrRequest::What::Transaction) {
        made = request.transaction;
        TransactionHeader& own = made.header;
        if (own.expiration == 0 && own.refBlockNum == 0 && own.refBlockPrefix == 0) {
            own.expiration = header.expiration; // its limits and its delay stay its own
            own.refBlockNum = header.refBlockNum;
            own.refBlockPrefix = header.refBlockPrefix;
        }
    } else {
        made.header = header;
        made.actions = request.actions;
    }
    for (Action& action : made.actions) {
        for (PermissionLevel& level : action.authorization)
            level = filled(level, signer);
        auto data = resolvedData(action, signer, abis);
        if (!data)
            return fail(data.error());
        action.data = *std::move(data);
    }
    return made;
}

} // namespace hatstand::antelope
