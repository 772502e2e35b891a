// SPDX-License-Identifier: MIT
#include "core/antelope/EsrResolve.h"

#include "core/antelope/EsrPacking.h"

#include <QtEndian>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

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
        isPlaceholder(level.permission) ? signer.permission : level.permission};
}

/// Whether eight bytes in a row are one of the two values, which is all that can be told without an ABI: they
/// may be something else, an amount of 0.0001 for instance.
bool mayHoldPlaceholder(const QByteArray& data)
{
    const auto holds = [&data](quint64 value) {
        const quint64 packed = qToLittleEndian(value);
        return data.contains(QByteArrayView(reinterpret_cast<const char*>(&packed), sizeof packed));
    };
    return holds(kSignerActor) || holds(kSignerPermission);
}

/// Only the names change, in their place: whatever else is there, and however it is written, is signed as it
/// was asked.
Result<QByteArray> filled(const Action& action, const Abi& abi, const PermissionLevel& signer)
{
    const auto type = abi.actionType(action.name);
    if (!type)
        return fail(type.error());
    QByteArray data = action.data;
    const auto read = abi.decode(*type, bytesOf(action.data), [&](quint64 name, std::size_t at) {
        if (isPlaceholder(Name::fromValue(name)))
            qToLittleEndian(filled(name, signer), data.data() + at);
    });
    if (!read)
        return fail(read.error());
    return data;
}

Result<QByteArray> resolvedData(const Action& action, const PermissionLevel& signer, const Abis& abis)
{
    if (!mayHoldPlaceholder(action.data))
        return action.data;
    const auto abi = abis.constFind(action.account.value());
    if (abi == abis.cend())
        return fail(Error{.code = ErrorCode::Network, .why = Why::NoAbi, .detail = action.account.text()});
    return filled(action, *abi, signer);
}

Result<Transaction> resolvedIdentity(
    const EsrRequest& request, const PermissionLevel& signer, quint32 expiration)
{
    if (request.permission && filled(*request.permission, signer) != signer)
        return fail(ErrorCode::WrongAccount, request.permission->text());
    return identityTransaction(request.version, request.scope, signer, expiration);
}

} // namespace

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
