// SPDX-License-Identifier: MIT
#include "core/signing/ChainWords.h"

#include "core/antelope/Asset.h"
#include "core/codec/Hex.h"
#include "core/signing/Danger.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <algorithm>
#include <limits>

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::Abi;
using antelope::Action;
using antelope::Asset;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ChainWords)
};

constexpr qsizetype kMostFields = 100;
constexpr qsizetype kLongestValue = 2000; ///< characters

bool isShortened(const QString& text)
{
    return text.size() > kLongestValue;
}

QString shortened(const QString& text)
{
    if (!isShortened(text))
        return text;
    const qsizetype end = text.at(kLongestValue - 1).isHighSurrogate() ? kLongestValue - 1 : kLongestValue;
    return text.left(end) + Text::tr("… (%1 characters)").arg(text.size());
}

/// "1,234,567.0000 WAX"
QString grouped(const QString& asset)
{
    const auto parsed = Asset::parse(asset);
    if (!parsed)
        return asset;
    QString text = parsed->text();
    const qsizetype firstDigit = text.startsWith(u'-') ? 1 : 0;
    for (qsizetype at = text.indexOf(QRegularExpression(u"[. ]"_s)) - 3; at > firstDigit; at -= 3)
        text.insert(at, u',');
    return text;
}

QString valueText(const QString& type, const QJsonValue& value)
{
    if (value.isString()) {
        const QString text = value.toString();
        if (type == "asset"_L1)
            return grouped(text);
        if (type == "time_point_sec"_L1 || type == "time_point"_L1 || type == "block_timestamp_type"_L1)
            return QString(text).replace(u'T', u' ') + " UTC"_L1;
        return shortened(text);
    }
    if (value.isNull() || value.isUndefined())
        return Text::tr("none");
    if (value.isBool())
        return value.toBool() ? Text::tr("yes") : Text::tr("no");
    if (value.isDouble())
        return value.toVariant().toString();
    if (value["quantity"_L1].isString() && value["contract"_L1].isString()) // extended_asset
        return Text::tr("%1 of %2")
            .arg(grouped(value["quantity"_L1].toString()), value["contract"_L1].toString());
    const QJsonDocument document
        = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return shortened(QString::fromUtf8(document.toJson(QJsonDocument::Compact)));
}

/// What was left out is said in a value's last words, which a stranger can write as well.
bool isCut(const QList<QPair<QString, QString>>& fields, qsizetype count)
{
    return count > kMostFields || std::any_of(fields.cbegin(), fields.cend(), [](const auto& field) {
        return isShortened(field.second);
    });
}

QList<QPair<QString, QString>> fieldsOf(const Abi& abi, const QString& type, const QJsonValue& decoded)
{
    if (!decoded.isObject())
        return {{type, valueText(abi.plainType(type), decoded)}};
    QList<QPair<QString, QString>> fields;
    const QJsonObject object = decoded.toObject();
    for (const QString& name : abi.fieldsOf(type)) {
        if (fields.size() == kMostFields) {
            fields.append({u"…"_s, Text::tr("%1 more").arg(object.size() - kMostFields)});
            break;
        }
        QString plain = abi.typeOfField(type, name);
        while (plain.endsWith(u'$') || plain.endsWith(u'?'))
            plain.chop(1);
        if (object.contains(name))
            fields.append({name, valueText(abi.plainType(plain), object.value(name))});
    }
    return fields;
}

/// What an action of the system does, in words; empty where there are none for it.
QString systemTitle(const QString& name, const QJsonObject& data)
{
    const auto said = [&](QLatin1StringView field) { return valueText({}, data[field]); };
    const auto amount = [&](QLatin1StringView field) { return grouped(data[field].toString()); };
    if (name == "updateauth"_L1)
        return Text::tr("Change the permission %1 of %2").arg(said("permission"_L1), said("account"_L1));
    if (name == "deleteauth"_L1)
        return Text::tr("Delete the permission %1 of %2").arg(said("permission"_L1), said("account"_L1));
    if (name == "linkauth"_L1)
        return Text::tr("Let %1@%2 do %3::%4")
            .arg(said("account"_L1), said("requirement"_L1), said("code"_L1),
                data["type"_L1].toString().isEmpty() ? u"*"_s : said("type"_L1));
    if (name == "unlinkauth"_L1)
        return Text::tr("Take %2::%3 from a permission of %1 again")
            .arg(said("account"_L1), said("code"_L1), said("type"_L1));
    if (name == "newaccount"_L1)
        return Text::tr("Make the account %1").arg(said(data.contains("name"_L1) ? "name"_L1 : "newact"_L1));
    if (name == "setcode"_L1)
        return Text::tr("Replace the program of %1").arg(said("account"_L1));
    if (name == "setabi"_L1)
        return Text::tr("Replace the ABI of %1").arg(said("account"_L1));
    if (name == "buyram"_L1)
        return Text::tr("Buy RAM for %1 for %2").arg(said("receiver"_L1), amount("quant"_L1));
    if (name == "buyrambytes"_L1)
        return Text::tr("Buy %1 bytes of RAM for %2").arg(said("bytes"_L1), said("receiver"_L1));
    if (name == "sellram"_L1)
        return Text::tr("Sell %1 bytes of RAM").arg(said("bytes"_L1));
    if (name == "delegatebw"_L1)
        return Text::tr("Stake %1 for NET and %2 for CPU of %3")
            .arg(amount("stake_net_quantity"_L1), amount("stake_cpu_quantity"_L1), said("receiver"_L1));
    if (name == "undelegatebw"_L1)
        return Text::tr("Unstake %1 of NET and %2 of CPU from %3")
            .arg(amount("unstake_net_quantity"_L1), amount("unstake_cpu_quantity"_L1), said("receiver"_L1));
    if (name == "voteproducer"_L1)
        return Text::tr("Vote for block producers");
    return {};
}

/// Tokens are what their contract says they are: one that is not the chain's own is named.
QString titleOf(const Action& action, const QJsonObject& data, const antelope::Chain& chain)
{
    const QString contract = action.account.text();
    const QString name = action.name.text();
    QString title;
    if (contract == "eosio"_L1)
        title = systemTitle(name, data);
    const bool isToken = name == "transfer"_L1 && Asset::parse(data["quantity"_L1].toString())
        && antelope::Name::parse(data["to"_L1].toString());
    if (isToken && contract == chain.tokenContract)
        title = Text::tr("Transfer %1 to %2")
                    .arg(grouped(data["quantity"_L1].toString()), data["to"_L1].toString());
    else if (isToken)
        title = Text::tr("Transfer %1 (of %3) to %2")
                    .arg(grouped(data["quantity"_L1].toString()), data["to"_L1].toString(), contract);
    return title.isEmpty() ? contract + "::"_L1 + name : title;
}

QString levelsText(const QList<antelope::PermissionLevel>& levels)
{
    QStringList all;
    for (const antelope::PermissionLevel& level : levels)
        all += level.text();
    return all.join(", "_L1);
}

/// Those of levels that are not the account's own.
QString levelsBeside(QList<antelope::PermissionLevel> levels, const antelope::PermissionLevel& account)
{
    levels.removeAll(account);
    return levelsText(levels);
}

/// One transaction on its way into words: what it gives away is counted over all of its actions.
class Describer
{
public:
    Describer(const TransactionRequest& request, const antelope::Chain& chain,
        const antelope::PermissionLevel& account)
        : m_request(request)
        , m_chain(chain)
        , m_account(account)
    {
    }

    QList<ActionWords> describe()
    {
        QList<ActionWords> all;
        const antelope::Transaction& transaction = m_request.transaction;
        for (const Action& action : transaction.contextFreeActions + transaction.actions)
            all += words(action);
        const auto balance = Asset::parse(m_request.balance);
        const auto token = antelope::Symbol::parse(m_chain.token);
        const QString danger
            = balance && token && balance->symbol == *token ? dangerOfGiving(m_given, *balance) : QString();
        for (const qsizetype giving : std::as_const(m_giving)) {
            if (!danger.isEmpty())
                all[giving].danger = danger;
        }
        return all;
    }

private:
    ActionWords words(const Action& action)
    {
        const qsizetype at = m_count++;
        ActionWords words{.title = {},
            .contract = action.account.text(),
            .action = action.name.text(),
            .authorization = levelsText(action.authorization),
            .danger = dangerOf(action, m_chain)};
        if (const QString others = levelsBeside(action.authorization, m_account);
            words.danger.isEmpty() && !others.isEmpty())
            words.danger = Text::tr("It also acts as %1, which is not the account shown.").arg(others);
        QJsonObject data;
        const auto abi = m_request.abis.constFind(action.account.value());
        const auto type = abi == m_request.abis.cend() ? refuse(Why::NoAbi) : abi->actionType(action.name);
        const auto decoded = type ? abi->decode(*type, bytesOf(action.data)) : fail(type.error());
        // Two fields of one name would show as one, for instance.
        const auto shown = decoded ? abi->encode(*type, *decoded) : fail(decoded.error());
        if (shown && *shown == action.data) {
            data = decoded->toObject();
            words.fields = fieldsOf(*abi, *type, *decoded);
            words.isCut = isCut(words.fields, data.size());
        } else {
            words.isUnreadable = true;
            words.hex = codec::toHex(bytesOf(action.data));
        }
        words.title = titleOf(action, data, m_chain);
        if (const auto units = unitsGiven(action, data, m_chain, m_account); units && *units > 0) {
            m_given = *units > std::numeric_limits<qint64>::max() - m_given
                ? std::numeric_limits<qint64>::max()
                : m_given + *units;
            m_giving += at;
        }
        return words;
    }

    const TransactionRequest& m_request;
    const antelope::Chain& m_chain;
    const antelope::PermissionLevel& m_account;
    qsizetype m_count = 0;
    qint64 m_given = 0;
    QList<qsizetype> m_giving;
};

} // namespace

bool TransactionWords::isUnreadable() const
{
    return std::any_of(
        actions.cbegin(), actions.cend(), [](const ActionWords& action) { return action.isUnreadable; });
}

QStringList TransactionWords::dangers() const
{
    QStringList all;
    for (const ActionWords& action : actions) {
        if (!action.danger.isEmpty() && !all.contains(action.danger))
            all += action.danger;
    }
    return all;
}

TransactionWords describeTransaction(
    const TransactionRequest& request, const antelope::Chain& chain, const antelope::PermissionLevel& account)
{
    TransactionWords words{.chainName = chain.name,
        .isTestnet = chain.testnet,
        .account = account.text(),
        .actions = {},
        .host = request.host,
        .scope = request.scope,
        .isIdentity = request.isIdentity,
        .opensLink = request.opensLink,
        .willBeSent = request.willBeSent};
    if (const quint32 end = request.transaction.header.expiration; end > 0)
        words.expires = QDateTime::fromSecsSinceEpoch(end - request.chainAhead, Qt::UTC);
    if (!request.isIdentity)
        words.actions = Describer(request, chain, account).describe();
    return words;
}

} // namespace hatstand::signing
