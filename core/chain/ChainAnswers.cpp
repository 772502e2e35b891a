// SPDX-License-Identifier: MIT
#include "core/chain/ChainAnswers.h"

#include "core/antelope/Asset.h"
#include "core/antelope/KeyPacking.h"
#include "core/antelope/Times.h"
#include "core/chain/Reading_p.h"

#include <limits>

namespace hatstand::chain {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace reading;

// More than any account of a chain has; a list that goes on is nobody's.
constexpr qsizetype kMostPermissions = 1000;
constexpr qsizetype kMostInAuthority = 1000;
constexpr qsizetype kMostAccounts = 1000;
constexpr qsizetype kLongestKey = 512;

constexpr auto kMostThreshold = qint64{std::numeric_limits<quint32>::max()};
constexpr auto kMostWeight = qint64{std::numeric_limits<quint16>::max()};

/// A key of a kind that is not known here stays as it is, if it looks like one.
QString keyOf(const QString& text)
{
    if (QString plain = plainKey(text); !plain.isEmpty())
        return plain;
    const bool isWord = !text.isEmpty() && text.size() <= kLongestKey
        && std::all_of(text.cbegin(), text.cend(),
            [](QChar c) { return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'_'); });
    return isWord ? text : QString();
}

std::optional<LevelWeight> levelWeight(const QJsonObject& object)
{
    const QJsonObject level = object["permission"_L1].toObject();
    const auto actor = name(level["actor"_L1]);
    const auto permission = name(level["permission"_L1]);
    const auto weight = number(object["weight"_L1], 0, kMostWeight);
    if (!actor || !permission || !weight)
        return std::nullopt;
    return LevelWeight{.level = *actor + u'@' + *permission, .weight = static_cast<int>(*weight)};
}

/// False: it is no authority. All of it has to be there: a key that is overlooked would look like one that
/// was taken away.
bool readAuthority(const QJsonObject& authority, Permission& to)
{
    const auto threshold = number(authority["threshold"_L1], 1, kMostThreshold);
    const QJsonArray keys = authority["keys"_L1].toArray();
    const QJsonArray accounts = authority["accounts"_L1].toArray();
    if (!threshold || !authority["keys"_L1].isArray() || keys.size() > kMostInAuthority
        || accounts.size() > kMostInAuthority)
        return false;
    to.threshold = static_cast<quint32>(*threshold);
    for (const auto& each : keys) {
        const QJsonObject object = each.toObject();
        const QString key = keyOf(object["key"_L1].toString());
        const auto weight = number(object["weight"_L1], 0, kMostWeight);
        if (key.isEmpty() || !weight)
            return false;
        to.keys += KeyWeight{.key = key, .weight = static_cast<int>(*weight)};
    }
    for (const auto& each : accounts) {
        const auto level = levelWeight(each.toObject());
        if (!level)
            return false;
        to.accounts += *level;
    }
    to.hasWaits = !authority["waits"_L1].toArray().isEmpty();
    return true;
}

std::optional<Permission> permissionFrom(const QJsonObject& object)
{
    const auto called = name(object["perm_name"_L1]);
    const QJsonValue parent = object["parent"_L1];
    Permission permission;
    if (!called || !parent.isString() || !readAuthority(object["required_auth"_L1].toObject(), permission))
        return std::nullopt;
    permission.name = *called;
    permission.parent = name(parent).value_or(QString());
    return permission;
}

/// For looking at: what is no number is none, and what is beyond all numbers is no limit.
Resource resource(const QJsonValue& used, const QJsonValue& limit)
{
    const auto most = number(limit, -1, std::numeric_limits<qint64>::max());
    return {.used = number(used, 0, std::numeric_limits<qint64>::max()).value_or(0),
        .available = most.value_or(isBeyondAll(limit) ? -1 : 0)};
}

ChainClient::Controlled controlled(
    const QString& level, const QJsonValue& weight, const QJsonValue& threshold)
{
    const auto has = number(weight, 0, kMostWeight);
    const auto wants = number(threshold, 1, kMostThreshold);
    return {.level = level, .isEnough = has && wants && *has >= *wants};
}

void addTo(QList<ChainClient::Controlled>& list, const ChainClient::Controlled& one)
{
    const auto same = std::find_if(
        list.begin(), list.end(), [&](const auto& listed) { return listed.level == one.level; });
    if (same == list.end())
        list += one;
    else
        same->isEnough = same->isEnough || one.isEnough;
}

} // namespace

QString plainKey(const QString& text)
{
    codec::Packer out;
    if (text.size() > kLongestKey || !antelope::packPublicKey(out, text))
        return {};
    const QByteArray packed = out.take();
    codec::Unpacker in(bytesOf(packed));
    const QString plain = antelope::unpackPublicKey(in);
    return in.failed() || !in.atEnd() ? QString() : plain;
}

quint32 Permission::weightOf(const QString& publicKey) const
{
    const QString plain = keyOf(publicKey);
    quint32 weight = 0;
    for (const KeyWeight& each : keys) {
        if (!plain.isEmpty() && keyOf(each.key) == plain && each.weight > 0)
            weight += static_cast<quint32>(each.weight);
    }
    return weight;
}

const Permission* ChainAccount::permission(const QString& called) const
{
    for (const Permission& each : permissions) {
        if (each.name == called)
            return &each;
    }
    return nullptr;
}

Result<QString> parseChainId(const QByteArray& json)
{
    const QString id = object(json)["chain_id"_L1].toString().toLower();
    return isHex64(id) ? Result<QString>(id) : malformed("get_info"_L1);
}

Result<ChainInfo> parseInfo(const QByteArray& json)
{
    const QJsonObject info = object(json);
    const auto block = [&](QLatin1StringView field) { return number(info[field], 0, kMostThreshold); };
    const auto chainId = parseChainId(json);
    const auto head = block("head_block_num"_L1);
    const auto irreversible = block("last_irreversible_block_num"_L1);
    const auto time = antelope::parseTime(info["head_block_time"_L1].toString());
    const QString headId = info["head_block_id"_L1].toString().toLower();
    const QString irreversibleId = info["last_irreversible_block_id"_L1].toString().toLower();
    if (!chainId || !head || !irreversible || !time || !isHex64(headId) || !isHex64(irreversibleId))
        return malformed("get_info"_L1);
    return ChainInfo{.chainId = *chainId,
        .headTime = QDateTime::fromMSecsSinceEpoch(*time / 1000, Qt::UTC),
        .headBlock = static_cast<quint32>(*head),
        .headBlockId = headId,
        .lastIrreversible = static_cast<quint32>(*irreversible),
        .lastIrreversibleId = irreversibleId};
}

Result<ChainAccount> parseAccount(const QByteArray& json, const QString& called)
{
    const QJsonObject told = object(json);
    const QJsonArray permissions = told["permissions"_L1].toArray();
    if (told["account_name"_L1].toString() != called || !told["permissions"_L1].isArray()
        || permissions.size() > kMostPermissions)
        return malformed("get_account"_L1);
    ChainAccount account;
    account.name = called;
    for (const auto& each : permissions) {
        const auto permission = permissionFrom(each.toObject());
        if (!permission || account.permission(permission->name))
            return malformed("get_account"_L1);
        account.permissions += *permission;
    }
    if (const auto asset = antelope::Asset::parse(told["core_liquid_balance"_L1].toString()))
        account.balance = asset->text();
    const QJsonObject cpu = told["cpu_limit"_L1].toObject();
    const QJsonObject net = told["net_limit"_L1].toObject();
    account.cpu = resource(cpu["used"_L1], cpu["max"_L1]);
    account.net = resource(net["used"_L1], net["max"_L1]);
    account.ram = resource(told["ram_usage"_L1], told["ram_quota"_L1]);
    return account;
}

Result<QList<ChainClient::Controlled>> parseAuthorizers(const QByteArray& json, const QString& publicKey)
{
    const QJsonValue list = object(json)["accounts"_L1];
    const QJsonArray accounts = list.toArray();
    if (!list.isArray() || accounts.size() > kMostAccounts)
        return malformed("get_accounts_by_authorizers"_L1);
    const QString key = plainKey(publicKey);
    QList<ChainClient::Controlled> found;
    for (const auto& each : accounts) {
        const QJsonObject entry = each.toObject();
        const auto actor = name(entry["account_name"_L1]);
        const auto permission = name(entry["permission_name"_L1]);
        if (!actor || !permission)
            return malformed("get_accounts_by_authorizers"_L1);
        if (!key.isEmpty() && plainKey(entry["authorizing_key"_L1].toString()) == key)
            addTo(found, controlled(*actor + u'@' + *permission, entry["weight"_L1], entry["threshold"_L1]));
    }
    return found;
}

Result<KeyAccounts> parseKeyAccounts(const QByteArray& json, const QString& publicKey)
{
    const QJsonObject told = object(json);
    const QJsonArray names = told["account_names"_L1].toArray();
    const QJsonArray permissions = told["permissions"_L1].toArray(); // Hyperion's, where it has them
    if (!told["account_names"_L1].isArray() || names.size() > kMostAccounts
        || permissions.size() > kMostPermissions)
        return malformed("get_key_accounts"_L1);
    KeyAccounts found;
    QSet<QString> complete;
    for (const auto& each : permissions) {
        const QJsonObject entry = each.toObject();
        const auto actor = name(entry["owner"_L1]);
        const auto called = name(entry["name"_L1]);
        Permission permission;
        if (!actor || !called || !readAuthority(entry["auth"_L1].toObject(), permission)
            || permission.weightOf(publicKey) == 0)
            continue; // the account itself is asked then
        complete.insert(*actor);
        addTo(found.levels, {.level = *actor + u'@' + *called, .isEnough = permission.isEnough(publicKey)});
    }
    for (const auto& each : names) {
        const auto actor = name(each);
        if (!actor)
            return malformed("get_key_accounts"_L1);
        if (!complete.contains(*actor) && !found.names.contains(*actor))
            found.names += *actor;
    }
    return found;
}

QList<ChainClient::Controlled> levelsOf(const ChainAccount& account, const QString& publicKey)
{
    QList<ChainClient::Controlled> levels;
    for (const Permission& each : account.permissions) {
        if (each.weightOf(publicKey) > 0)
            addTo(levels, {.level = account.name + u'@' + each.name, .isEnough = each.isEnough(publicKey)});
    }
    return levels;
}

Result<QString> parseBalance(const QByteArray& json, const QString& token)
{
    const auto symbol = antelope::Symbol::parse(token);
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const QJsonArray balances = document.array();
    if (!symbol || !document.isArray() || balances.size() > kMostAccounts)
        return malformed("get_currency_balance"_L1);
    for (const auto& each : balances) {
        const auto asset = antelope::Asset::parse(each.toString());
        if (!asset)
            return malformed("get_currency_balance"_L1);
        if (asset->symbol == *symbol)
            return asset->text();
    }
    return antelope::Asset{.units = 0, .symbol = *symbol}.text();
}

} // namespace hatstand::chain
