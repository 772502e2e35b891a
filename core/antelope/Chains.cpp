// SPDX-License-Identifier: MIT
#include "core/antelope/Chains.h"

#include "core/antelope/Name.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <algorithm>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype kShown = 80; ///< of a refused text, in the error

bool consistsOf(QStringView text, std::string_view extra, char16_t lastLetter)
{
    for (QChar each : text) {
        const char16_t c = each.unicode();
        const bool ok = (c >= '0' && c <= '9') || (c >= 'a' && c <= lastLetter)
            || (c < 0x80 && extra.find(static_cast<char>(c)) != std::string_view::npos);
        if (!ok)
            return false;
    }
    return !text.isEmpty();
}

bool isAlias(QStringView text)
{
    return consistsOf(text, "-", 'z');
}

bool isId(QStringView text)
{
    return text.size() == 64 && consistsOf(text, {}, 'f');
}

QList<Chain>::const_iterator placeOf(const QList<Chain>& chains, const QString& id)
{
    return std::find_if(chains.cbegin(), chains.cend(), [&](const Chain& each) { return each.id == id; });
}

QStringList strings(const QJsonValue& value)
{
    QStringList list;
    for (const QJsonValue each : value.toArray())
        list += each.toString();
    return list;
}

Result<Chain> chainFrom(const QJsonObject& object)
{
    Chain chain{
        .id = object["id"_L1].toString(),
        .alias = object["alias"_L1].toString(),
        .otherAliases = strings(object["otherAliases"_L1]),
        .name = object["name"_L1].toString(),
        .endpoints = strings(object["endpoints"_L1]),
        .token = object["token"_L1].toString(),
        .tokenContract = object["tokenContract"_L1].toString(u"eosio.token"_s),
        .explorer = object["explorer"_L1].toString(),
        .testnet = object["testnet"_L1].toBool(),
        .badge = object["badge"_L1].toString(),
    };
    const QString who = chain.alias.left(kShown);
    if (!isId(chain.id))
        return fail(ErrorCode::Damaged, u"chain %1: id"_s.arg(who));
    const QStringList aliases = chain.otherAliases + QStringList(chain.alias);
    if (!std::all_of(aliases.begin(), aliases.end(), isAlias))
        return fail(ErrorCode::Damaged, u"chain %1: alias"_s.arg(who));
    if (chain.name.isEmpty())
        return fail(ErrorCode::Damaged, u"chain %1: name"_s.arg(who));
    for (const QString& endpoint : std::as_const(chain.endpoints)) {
        if (!endpoint.startsWith("https://"_L1))
            return fail(ErrorCode::Damaged, u"chain %1: endpoint"_s.arg(who));
    }
    if (!Name::parse(chain.tokenContract))
        return fail(ErrorCode::Damaged, u"chain %1: token contract"_s.arg(who));
    const bool isPage = chain.explorer.startsWith("https://"_L1) && chain.explorer.count("%1"_L1) == 1;
    if (!chain.explorer.isEmpty() && !isPage)
        return fail(ErrorCode::Damaged, u"chain %1: explorer"_s.arg(who));
    return chain;
}

} // namespace

Result<Chains> Chains::fromJson(const QByteArray& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const QJsonValue list = document.object()["chains"_L1];
    if (!list.isArray())
        return fail(ErrorCode::Damaged, u"chains: no list"_s);
    Chains chains;
    QSet<QString> names; // ids and aliases: one name can't lead to two chains
    for (const QJsonValue each : list.toArray()) {
        auto chain = chainFrom(each.toObject());
        if (!chain)
            return fail(chain.error());
        for (const QString& name : chain->otherAliases + QStringList{chain->alias, chain->id}) {
            if (names.contains(name))
                return fail(ErrorCode::Damaged, u"chains: %1 twice"_s.arg(name));
            names.insert(name);
        }
        chains.m_chains += *std::move(chain);
    }
    return chains;
}

const Chains& Chains::bundled()
{
    static const Chains chains = [] {
        QFile file(u":/hatstand/chains.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("the list of chains was not compiled in");
        auto parsed = fromJson(file.readAll());
        if (!parsed)
            qFatal("the list of chains: %s", qUtf8Printable(parsed.error().detail));
        return *std::move(parsed);
    }();
    return chains;
}

Result<Chain> Chains::find(const QString& aliasOrId) const
{
    const QString name = aliasOrId.left(kShown).toLower();
    for (const Chain& chain : m_chains) {
        if (name == chain.alias || name == chain.id || chain.otherAliases.contains(name))
            return chain;
    }
    return fail(ErrorCode::UnknownChain, aliasOrId.left(kShown));
}

const Chain* Chains::byId(const QString& id) const
{
    for (const Chain& chain : m_chains) {
        if (chain.id == id)
            return &chain;
    }
    return nullptr;
}

Result<void> Chains::add(const Chain& chain)
{
    const QStringList aliases = chain.otherAliases + QStringList(chain.alias);
    for (const QString& alias : aliases) {
        if (!isAlias(alias) || isId(alias))
            return refuse(Why::NotThisForm, alias.left(kShown));
    }
    if (!isId(chain.id))
        return refuse(Why::NotThisForm, chain.id.left(kShown));
    if (const Chain* same = byId(chain.id))
        return refuse(Why::ChainIsThere, same->alias);
    for (const QString& alias : aliases) {
        if (find(alias) || aliases.count(alias) > 1)
            return refuse(Why::ChainIsThere, alias);
    }
    m_chains += chain;
    m_chains.last().isCustom = true;
    m_chains.last().isChanged = false;
    return {};
}

Result<void> Chains::remove(const QString& id)
{
    const auto at = placeOf(m_chains, id);
    if (at == m_chains.cend())
        return fail(ErrorCode::UnknownChain, id.left(kShown));
    if (!at->isCustom)
        return refuse(Why::ChainIsBuiltIn, at->alias);
    m_chains.erase(at);
    return {};
}

Result<void> Chains::setEndpoints(const QString& id, const QStringList& endpoints)
{
    const auto at = placeOf(m_chains, id);
    if (at == m_chains.cend())
        return fail(ErrorCode::UnknownChain, id.left(kShown));
    Chain& chain = m_chains[at - m_chains.cbegin()];
    chain.endpoints = endpoints;
    chain.isChanged = !chain.isCustom;
    return {};
}

} // namespace hatstand::antelope
