// SPDX-License-Identifier: MIT
#include "core/requests/TransactionJson.h"

#include "core/antelope/Times.h"
#include "core/codec/Hex.h"

#include <QJsonDocument>
#include <limits>

namespace hatstand::requests {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::Action;
using antelope::Name;
using antelope::PermissionLevel;

tl::unexpected<Error> malformed(QLatin1StringView field)
{
    return refuse(Why::Malformed, QString(field));
}

Result<QList<PermissionLevel>> levelsOf(const QJsonValue& json)
{
    const PermissionLevel signer{
        Name::fromValue(antelope::kSignerActor), Name::fromValue(antelope::kSignerActor)};
    if (json.isUndefined())
        return QList{signer};
    const QJsonArray all = json.toArray();
    if (!json.isArray() || all.isEmpty() || all.size() > antelope::kMostAuthorizations)
        return malformed("authorization"_L1);
    QList<PermissionLevel> levels;
    for (const auto& each : all) {
        const auto actor = Name::parse(each["actor"_L1].toString());
        const auto permission = Name::parse(each["permission"_L1].toString());
        if (!actor || !permission)
            return fail(!actor ? actor.error() : permission.error());
        levels += PermissionLevel{*actor, *permission};
    }
    return levels;
}

/// Into number if the field is there. False: it is there and does not fit.
template <class T>
bool take(const QJsonObject& object, QLatin1StringView field, T& number)
{
    const QJsonValue value = object[field];
    if (value.isUndefined())
        return true;
    const qint64 found = value.toInteger(-1);
    number = static_cast<T>(found);
    return found >= 0 && found <= qint64{std::numeric_limits<T>::max()};
}

bool isEmptyList(const QJsonValue& value)
{
    return value.isUndefined() || (value.isArray() && value.toArray().isEmpty());
}

} // namespace

Result<TransactionJson::Draft> TransactionJson::parseAction(const QJsonValue& json)
{
    const auto account = Name::parse(json["account"_L1].toString());
    const auto name = Name::parse(json["name"_L1].toString());
    if (!account)
        return malformed("account"_L1);
    if (!name)
        return malformed("name"_L1);
    const auto levels = levelsOf(json["authorization"_L1]);
    if (!levels)
        return fail(levels.error());
    Draft draft{Action{*account, *name, *levels, {}}, json["data"_L1]};
    if (draft.data.isString()) {
        const QByteArray hex = draft.data.toString().toLatin1();
        const auto data = codec::fromHex(std::string_view(hex.constData(), std::size_t(hex.size())));
        if (!data)
            return malformed("data"_L1);
        draft.action.data = *data;
    } else if (!draft.data.isObject() && !draft.data.isUndefined()) {
        return malformed("data"_L1);
    }
    return draft;
}

Result<void> TransactionJson::parseHeader(const QJsonObject& object)
{
    if (const QJsonValue end = object["expiration"_L1]; !end.isUndefined()) {
        const auto seconds = antelope::parseSeconds(end.toString());
        if (!seconds)
            return malformed("expiration"_L1);
        m_header.expiration = *seconds;
    }
    if (!take(object, "ref_block_num"_L1, m_header.refBlockNum))
        return malformed("ref_block_num"_L1);
    if (!take(object, "ref_block_prefix"_L1, m_header.refBlockPrefix))
        return malformed("ref_block_prefix"_L1);
    if (!take(object, "max_net_usage_words"_L1, m_header.maxNetUsageWords))
        return malformed("max_net_usage_words"_L1);
    if (!take(object, "max_cpu_usage_ms"_L1, m_header.maxCpuUsageMs))
        return malformed("max_cpu_usage_ms"_L1);
    // What nothing would show is not signed.
    quint32 delay = 0;
    if (!take(object, "delay_sec"_L1, delay) || delay != 0)
        return malformed("delay_sec"_L1);
    if (!isEmptyList(object["context_free_actions"_L1]))
        return malformed("context_free_actions"_L1);
    if (!isEmptyList(object["transaction_extensions"_L1]))
        return malformed("transaction_extensions"_L1);
    return {};
}

Result<TransactionJson> TransactionJson::parse(const QByteArray& json)
{
    if (json.size() > antelope::kLargestTransaction)
        return refuse(Why::TooLarge, u"transaction"_s, json.size(), antelope::kLargestTransaction);
    const QJsonDocument document = QJsonDocument::fromJson(json);
    TransactionJson made;
    QJsonArray actions;
    if (document.isArray())
        actions = document.array();
    else if (document.object().contains("actions"_L1))
        actions = document.object()["actions"_L1].toArray();
    else if (document.object().contains("account"_L1))
        actions = {document.object()};
    if (actions.isEmpty() || actions.size() > antelope::kMostActions)
        return malformed("transaction"_L1);
    for (const auto& each : std::as_const(actions)) {
        const auto draft = parseAction(each);
        if (!draft)
            return fail(draft.error());
        made.m_actions += *draft;
    }
    if (document.object().contains("actions"_L1)) {
        if (const auto header = made.parseHeader(document.object()); !header)
            return fail(header.error());
    }
    return made;
}

QList<Name> TransactionJson::contracts() const
{
    QList<Name> all;
    for (const Draft& draft : m_actions) {
        if (!all.contains(draft.action.account))
            all += draft.action.account;
    }
    return all;
}

QList<PermissionLevel> TransactionJson::levels() const
{
    QList<PermissionLevel> all;
    for (const Draft& draft : m_actions) {
        for (const PermissionLevel& level : draft.action.authorization) {
            if (level.actor.value() != antelope::kSignerActor && !all.contains(level))
                all += level;
        }
    }
    return all;
}

Result<antelope::EsrRequest> TransactionJson::build(const antelope::Abis& abis) const
{
    antelope::EsrRequest request;
    request.what = antelope::EsrRequest::What::Transaction;
    request.transaction.header = m_header;
    for (const Draft& draft : m_actions) {
        Action action = draft.action;
        if (!draft.data.isString()) {
            const auto abi = abis.constFind(action.account.value());
            if (abi == abis.cend())
                return fail(
                    Error{.code = ErrorCode::Network, .why = Why::NoAbi, .detail = action.account.text()});
            const auto type = abi->actionType(action.name);
            if (!type)
                return fail(type.error());
            const auto data = abi->encode(*type, draft.data.isUndefined() ? QJsonObject() : draft.data);
            if (!data)
                return fail(data.error());
            action.data = *data;
        }
        request.transaction.actions += action;
    }
    return request;
}

void fillIn(antelope::TransactionHeader& header, const antelope::TransactionHeader& from)
{
    if (header.expiration == 0)
        header.expiration = from.expiration;
    if (header.refBlockNum == 0 && header.refBlockPrefix == 0) {
        header.refBlockNum = from.refBlockNum;
        header.refBlockPrefix = from.refBlockPrefix;
    }
}

} // namespace hatstand::requests
