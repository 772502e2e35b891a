// SPDX-License-Identifier: MIT
#include "core/accounts/ChainAccountFile.h"

#include "core/base/Files.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <limits>

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;
using chain::Permission;
using chain::Resource;
using Standing = ChainSummary::Standing;

constexpr int kVersion = 1;
constexpr qint64 kLargestFile = qint64{32} * 1024 * 1024;

QJsonObject written(const Resource& resource)
{
    return {{u"used"_s, resource.used}, {u"available"_s, resource.available}};
}

Resource resourceFrom(const QJsonValue& value)
{
    const QJsonObject object = value.toObject();
    return {.used = object["used"_L1].toInteger(), .available = object["available"_L1].toInteger()};
}

QJsonObject written(const Permission& permission)
{
    QJsonArray keys;
    for (const auto& key : permission.keys)
        keys += QJsonArray{key.key, key.weight};
    QJsonArray accounts;
    for (const auto& level : permission.accounts)
        accounts += QJsonArray{level.level, level.weight};
    return {{u"name"_s, permission.name}, {u"parent"_s, permission.parent},
        {u"threshold"_s, qint64{permission.threshold}}, {u"keys"_s, keys}, {u"accounts"_s, accounts},
        {u"waits"_s, permission.hasWaits}};
}

Permission permissionFrom(const QJsonObject& object)
{
    constexpr auto most = qint64{std::numeric_limits<quint32>::max()};
    Permission permission;
    permission.name = object["name"_L1].toString();
    permission.parent = object["parent"_L1].toString();
    permission.threshold
        = static_cast<quint32>(qBound(qint64{1}, object["threshold"_L1].toInteger(most), most));
    const QJsonArray keys = object["keys"_L1].toArray();
    for (const auto& each : keys)
        permission.keys += {.key = each.toArray().at(0).toString(), .weight = each.toArray().at(1).toInt()};
    const QJsonArray accounts = object["accounts"_L1].toArray();
    for (const auto& each : accounts)
        permission.accounts
            += {.level = each.toArray().at(0).toString(), .weight = each.toArray().at(1).toInt()};
    permission.hasWaits = object["waits"_L1].toBool();
    return permission;
}

QJsonObject written(const ChainSummary& summary)
{
    QJsonObject object{{u"refreshedAt"_s, summary.refreshedAt.toUTC().toString(Qt::ISODateWithMs)},
        {u"isGone"_s, summary.standing == Standing::NoAccount}};
    if (!summary.isKnown)
        return object;
    QJsonArray permissions;
    for (const Permission& permission : summary.account.permissions)
        permissions += written(permission);
    object[u"account"_s]
        = QJsonObject{{u"name"_s, summary.account.name}, {u"balance"_s, summary.account.balance},
            {u"cpu"_s, written(summary.account.cpu)}, {u"net"_s, written(summary.account.net)},
            {u"ram"_s, written(summary.account.ram)}, {u"permissions"_s, permissions}};
    return object;
}

ChainSummary summaryFrom(const QJsonObject& object)
{
    ChainSummary summary;
    const QJsonObject account = object["account"_L1].toObject();
    summary.refreshedAt = QDateTime::fromString(object["refreshedAt"_L1].toString(), Qt::ISODateWithMs);
    if (object["isGone"_L1].toBool())
        summary.standing = Standing::NoAccount;
    summary.isKnown = !account.isEmpty();
    summary.account.name = account["name"_L1].toString();
    summary.account.balance = account["balance"_L1].toString();
    summary.account.cpu = resourceFrom(account["cpu"_L1]);
    summary.account.net = resourceFrom(account["net"_L1]);
    summary.account.ram = resourceFrom(account["ram"_L1]);
    const QJsonArray permissions = account["permissions"_L1].toArray();
    for (const auto& each : permissions)
        summary.account.permissions += permissionFrom(each.toObject());
    return summary;
}

} // namespace

ChainAccountFile::Summaries ChainAccountFile::read() const
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargestFile)
        return {};
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    if (all["v"_L1].toInt() != kVersion)
        return {};
    Summaries summaries;
    const QJsonObject accounts = all["accounts"_L1].toObject();
    for (auto it = accounts.constBegin(); it != accounts.constEnd(); ++it) {
        const ChainSummary summary = summaryFrom(it.value().toObject());
        if (summary.refreshedAt.isValid())
            summaries.insert(session::SessionId(it.key()), summary);
    }
    return summaries;
}

bool ChainAccountFile::write(const Summaries& summaries) const
{
    QJsonObject accounts;
    for (auto it = summaries.constBegin(); it != summaries.constEnd(); ++it) {
        if (it->refreshedAt.isValid())
            accounts[it.key().text()] = written(*it);
    }
    if (accounts.isEmpty())
        return !exists() || QFile::remove(m_file);
    const QByteArray json = QJsonDocument(QJsonObject{{u"v"_s, kVersion}, {u"accounts"_s, accounts}})
                                .toJson(QJsonDocument::Compact);
    QSaveFile file(m_file);
    return makeFolderOf(m_file) && file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(json) == json.size()
        && file.commit();
}

bool ChainAccountFile::exists() const
{
    return QFile::exists(m_file);
}

} // namespace hatstand::accounts
