// SPDX-License-Identifier: MIT
#include "core/chain/ChainAnswers.h"
#include "core/chain/ChainRegistry.h"
#include "tests/fuzz/Fuzz.h"

#include <algorithm>

using namespace hatstand;
using namespace hatstand::chain;
using namespace Qt::Literals::StringLiterals;
using hatstand::fuzz::must;

namespace {

const QString kKey = u"PUB_K1_6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5BoDq63"_s;

bool isPlain(const QString& text)
{
    return !text.isEmpty() && text.size() <= 400 && text == text.simplified()
        && std::none_of(text.cbegin(), text.cend(), [](QChar c) {
               return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
           });
}

bool isLevel(const QString& text)
{
    const auto level = antelope::PermissionLevel::parse(text);
    return level && level->text() == text;
}

void checkAccount(const ChainAccount& account)
{
    must(account.name == "alice"_L1 && account.balance.size() <= 40);
    for (const Permission& permission : account.permissions) {
        must(antelope::Name::parse(permission.name).has_value());
        must(account.permission(permission.name) == &permission); // each once
        must(permission.threshold > 0 && !permission.isEnough(QString()));
        for (const KeyWeight& each : permission.keys) {
            must(!each.key.isEmpty() && each.weight >= 0 && each.weight <= 65535);
            must(permission.weightOf(each.key) >= static_cast<quint32>(each.weight));
        }
        for (const LevelWeight& each : permission.accounts)
            must(isLevel(each.level));
    }
    for (const auto& level : levelsOf(account, kKey))
        must(isLevel(level.level));
}

void checkKeys(const QByteArray& json)
{
    for (const auto& each : parseAuthorizers(json, kKey).value_or(QList<ChainClient::Controlled>()))
        must(isLevel(each.level));
    const auto accounts = parseKeyAccounts(json, kKey);
    for (const auto& each : accounts ? accounts->levels : QList<ChainClient::Controlled>())
        must(isLevel(each.level));
    for (const QString& name : accounts ? accounts->names : QStringList())
        must(antelope::Name::parse(name).has_value());
}

void checkContract(const QByteArray& json)
{
    const auto raw = parseRawAbi(json, u"eosio.token"_s, QString(64, u'a'));
    must(!raw || !raw->isLeftOut || raw->packed.isEmpty());
    if (raw)
        (void)antelope::Abi::fromBinary(bytesOf(raw->packed));
    if (const auto abi = parseJsonAbi(json, u"eosio.token"_s); abi && !abi->isEmpty())
        (void)antelope::Abi::fromJson(*abi);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray json = toQByteArray({data, size});
    if (const auto info = parseInfo(json))
        must(info->chainId.size() == 64 && info->headBlockId.size() == 64
            && parseChainId(json) == info->chainId);
    if (const auto account = parseAccount(json, u"alice"_s))
        checkAccount(*account);
    checkKeys(json);
    checkContract(json);
    if (const auto balance = parseBalance(json, u"8,WAX"_s))
        must(balance->endsWith(" WAX"_L1));
    if (const auto error = parseNodeError(json)) {
        must(isPlain(error->text) && error->code >= 0);
        (void)isNoSuchAccount(*error);
    }
    if (const auto pushed = parsePushed(json)) {
        must(pushed->pushed.transactionId.size() == 64);
        must(!pushed->refusal || isPlain(pushed->refusal->text));
    }
    const QString text = QString::fromUtf8(json);
    if (const auto endpoint = normaliseEndpoint(text))
        must(normaliseEndpoint(*endpoint) == *endpoint);
    const QString key = plainKey(text);
    must(key.isEmpty() || plainKey(key) == key);
    return 0;
}
