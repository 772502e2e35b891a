// SPDX-License-Identifier: MIT
#include "app/cli/ChainFields.h"

#include "core/antelope/Chains.h"
#include "core/codec/Hex.h"

#include <QJsonArray>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using accounts::ChainSummary;

const QVariant kUnknown = QVariant::fromValue(nullptr);

QVariantMap resourceFields(const chain::Resource& resource)
{
    return {{u"used"_s, resource.used},
        {u"max"_s, resource.available < 0 ? kUnknown : QVariant(resource.available)}};
}

QJsonValue textOrNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

QLatin1StringView name(ChainSummary::Standing standing)
{
    switch (standing) {
    case ChainSummary::Standing::Unknown:
        break;
    case ChainSummary::Standing::Good:
        return "good"_L1;
    case ChainSummary::Standing::NoAccount:
        return "no-account"_L1;
    case ChainSummary::Standing::NoPermission:
        return "no-permission"_L1;
    case ChainSummary::Standing::KeyGone:
        return "key-gone"_L1;
    case ChainSummary::Standing::KeyTooWeak:
        return "key-too-weak"_L1;
    }
    return "unknown"_L1;
}

QVariantMap summaryFields(const ChainSummary& summary)
{
    QVariantMap fields{
        {u"standing"_s, QString(name(summary.standing))},
        {u"refreshedAt"_s, summary.refreshedAt.isValid() ? QVariant(summary.refreshedAt) : kUnknown},
    };
    const chain::ChainAccount& account = summary.account;
    const bool hasBalance = summary.isKnown && !account.balance.isEmpty();
    fields.insert(u"balance"_s, hasBalance ? QVariant(account.balance) : kUnknown);
    fields.insert(u"cpu"_s, summary.isKnown ? QVariant(resourceFields(account.cpu)) : kUnknown);
    fields.insert(u"net"_s, summary.isKnown ? QVariant(resourceFields(account.net)) : kUnknown);
    fields.insert(u"ram"_s, summary.isKnown ? QVariant(resourceFields(account.ram)) : kUnknown);
    return fields;
}

QJsonValue permissionsJson(const ChainSummary& summary)
{
    if (!summary.isKnown)
        return QJsonValue::Null;
    QJsonArray all;
    for (const chain::Permission& permission : summary.account.permissions) {
        QJsonArray keys;
        for (const chain::KeyWeight& key : permission.keys)
            keys += QJsonObject{{u"key"_s, key.key}, {u"weight"_s, key.weight}};
        QJsonArray levels;
        for (const chain::LevelWeight& level : permission.accounts)
            levels += QJsonObject{{u"permission"_s, level.level}, {u"weight"_s, level.weight}};
        all += QJsonObject{{u"name"_s, permission.name}, {u"parent"_s, textOrNull(permission.parent)},
            {u"threshold"_s, qint64{permission.threshold}}, {u"keys"_s, keys}, {u"accounts"_s, levels}};
    }
    return all;
}

QJsonObject chainJson(const antelope::Chain& chain)
{
    return {{u"id"_s, chain.id}, {u"alias"_s, chain.alias},
        {u"otherAliases"_s, QJsonArray::fromStringList(chain.otherAliases)}, {u"name"_s, chain.name},
        {u"endpoints"_s, QJsonArray::fromStringList(chain.endpoints)}, {u"token"_s, chain.token},
        {u"tokenContract"_s, chain.tokenContract}, {u"explorer"_s, textOrNull(chain.explorer)},
        {u"testnet"_s, chain.testnet}, {u"custom"_s, chain.isCustom}, {u"changed"_s, chain.isChanged}};
}

QJsonObject signedJson(const requests::Outcome& outcome)
{
    return {{u"signatures"_s, QJsonArray::fromStringList(outcome.signatures)}, {u"compression"_s, 0},
        {u"packed_context_free_data"_s, QString()},
        {u"packed_trx"_s, codec::toHex(bytesOf(outcome.transaction.pack()))}};
}

QJsonObject outcomeJson(const requests::Outcome& outcome)
{
    QJsonObject object{{u"session"_s, outcome.session.text()}, {u"chain"_s, outcome.chainId},
        {u"transactionId"_s, textOrNull(outcome.transactionId)}, {u"sent"_s, outcome.wasSent},
        {u"blockNumber"_s, outcome.blockNumber ? QJsonValue(qint64{*outcome.blockNumber}) : QJsonValue()},
        {u"signatures"_s, QJsonArray::fromStringList(outcome.signatures)},
        {u"transaction"_s, antelope::toJson(outcome.transaction)}, {u"signed"_s, signedJson(outcome)},
        {u"proof"_s, textOrNull(outcome.proof)}};
    const bool wasPosted = outcome.wasAnswered || outcome.notAnswered;
    object.insert(u"callback"_s,
        wasPosted || !outcome.openUrl.isEmpty() ? QJsonValue(QJsonObject{
            {u"url"_s, textOrNull(outcome.openUrl)}, {u"background"_s, wasPosted},
            {u"delivered"_s, outcome.wasAnswered},
            {u"error"_s,
                outcome.notAnswered ? QJsonValue(QString(name(outcome.notAnswered->code))) : QJsonValue()}})
                                                : QJsonValue());
    return object;
}

} // namespace hatstand::app
