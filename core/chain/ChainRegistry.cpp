// SPDX-License-Identifier: MIT
#include "core/chain/ChainRegistry.h"

#include "core/antelope/Asset.h"
#include "core/antelope/Name.h"
#include "core/base/Files.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUrl>
#include <algorithm>

namespace hatstand::chain {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::Chain;
using antelope::Chains;

constexpr int kVersion = 1;
constexpr qint64 kLargestFile = qint64{1024} * 1024;
constexpr qsizetype kMostChains = 100; ///< of the person's own
constexpr qsizetype kMostEndpoints = 16; ///< of a chain
constexpr qsizetype kLongestUrl = 300;
constexpr qsizetype kLongestName = 64;
constexpr qsizetype kLongestAlias = 32;
constexpr qsizetype kMostAliases = 8;
constexpr qsizetype kShown = 80; ///< of a refused text, in the error

/// Each in its one form and once.
Result<QStringList> normalised(const QStringList& endpoints)
{
    QStringList plain;
    for (const QString& text : endpoints) {
        const auto url = normaliseEndpoint(text);
        if (!url)
            return fail(url.error());
        if (!plain.contains(*url))
            plain += *url;
    }
    if (plain.size() > kMostEndpoints)
        return refuse(Why::TooLarge, {}, plain.size(), kMostEndpoints);
    return plain;
}

bool isPlainName(const QString& text)
{
    return text.size() <= kLongestName && text == text.simplified()
        && std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.isPrint(); });
}

bool isPageAddress(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    return text.size() <= kLongestUrl && text.count("%1"_L1) == 1 && !url.host().isEmpty()
        && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

/// What the list of chains does not look at, and other parts of the program rely upon.
Result<Chain> checked(Chain chain)
{
    auto endpoints = normalised(chain.endpoints);
    if (!endpoints)
        return fail(endpoints.error());
    if (endpoints->isEmpty())
        return refuse(Why::BadEndpoint);
    chain.endpoints = *std::move(endpoints);
    if (chain.name.isEmpty())
        chain.name = chain.alias;
    if (!isPlainName(chain.name))
        return refuse(Why::NotThisForm, chain.name.left(kShown));
    const QStringList aliases = chain.otherAliases + QStringList(chain.alias);
    if (aliases.size() > kMostAliases
        || std::any_of(aliases.cbegin(), aliases.cend(),
            [](const QString& alias) { return alias.size() > kLongestAlias; }))
        return refuse(Why::NotThisForm, chain.alias.left(kShown));
    if (!chain.token.isEmpty() && !antelope::Symbol::parse(chain.token))
        return refuse(Why::NotThisForm, chain.token.left(kShown));
    if (!antelope::Name::parse(chain.tokenContract))
        return refuse(Why::BadName, chain.tokenContract.left(kShown));
    if (!chain.explorer.isEmpty() && !isPageAddress(chain.explorer))
        return refuse(Why::NotThisForm, chain.explorer.left(kShown));
    if (chain.badge.size() > 2 || !isPlainName(chain.badge))
        return refuse(Why::NotThisForm, chain.badge.left(kShown));
    return chain;
}

QStringList strings(const QJsonValue& value)
{
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const auto& each : array)
        list += each.toString();
    return list;
}

QJsonObject written(const Chain& chain)
{
    return {{u"id"_s, chain.id}, {u"alias"_s, chain.alias},
        {u"otherAliases"_s, QJsonArray::fromStringList(chain.otherAliases)}, {u"name"_s, chain.name},
        {u"endpoints"_s, QJsonArray::fromStringList(chain.endpoints)}, {u"token"_s, chain.token},
        {u"tokenContract"_s, chain.tokenContract}, {u"explorer"_s, chain.explorer},
        {u"testnet"_s, chain.testnet}, {u"badge"_s, chain.badge}};
}

Chain read(const QJsonObject& object)
{
    Chain chain;
    chain.id = object["id"_L1].toString();
    chain.alias = object["alias"_L1].toString();
    chain.otherAliases = strings(object["otherAliases"_L1]);
    chain.name = object["name"_L1].toString();
    chain.endpoints = strings(object["endpoints"_L1]);
    chain.token = object["token"_L1].toString();
    chain.tokenContract = object["tokenContract"_L1].toString(chain.tokenContract);
    chain.explorer = object["explorer"_L1].toString();
    chain.testnet = object["testnet"_L1].toBool();
    chain.badge = object["badge"_L1].toString();
    return chain;
}

/// One that was built in since the person added it keeps the person's endpoints; one whose alias was taken
/// since gets another.
Result<void> addRead(Chains& chains, Chain chain)
{
    if (chains.byId(chain.id))
        return chains.setEndpoints(chain.id, chain.endpoints);
    auto added = chains.add(chain);
    if (!added && added.error().why == Why::ChainIsThere) {
        chain.otherAliases.clear();
        chain.alias += "-own"_L1;
        added = chains.add(chain);
    }
    return added;
}

/// All of it or nothing: what is left out would be gone with the next change.
Result<Chains> readAll(const QByteArray& json, const QString& file)
{
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    const QJsonArray own = all["chains"_L1].toArray();
    const QJsonObject endpoints = all["endpoints"_L1].toObject();
    if (all["v"_L1].toInt() != kVersion || !all["chains"_L1].isArray() || !all["endpoints"_L1].isObject()
        || own.size() > kMostChains)
        return fail(ErrorCode::Damaged, file);
    Chains chains = Chains::bundled();
    for (const auto& each : own) {
        const auto chain = checked(read(each.toObject()));
        if (!chain || !addRead(chains, *chain))
            return fail(ErrorCode::Damaged, file);
    }
    for (auto it = endpoints.constBegin(); it != endpoints.constEnd(); ++it) {
        const auto urls = normalised(strings(it.value()));
        if (!urls || urls->isEmpty())
            return fail(ErrorCode::Damaged, file);
        (void)chains.setEndpoints(it.key(), *urls); // of one that is built in no longer nothing is kept
    }
    return chains;
}

} // namespace

Result<QString> normaliseEndpoint(const QString& text)
{
    const QString trimmed = text.trimmed();
    const auto bad = [&trimmed] { return refuse(Why::BadEndpoint, trimmed.left(kShown)); };
    if (trimmed.size() > kLongestUrl)
        return bad();
    QUrl url(trimmed, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!url.isValid() || !isWeb || url.host(QUrl::FullyEncoded).isEmpty() || !url.userInfo().isEmpty()
        || url.hasQuery() || url.hasFragment() || url.port() == 0)
        return bad();
    if (url.port() == (url.scheme() == "https"_L1 ? 443 : 80))
        url.setPort(-1);
    QString plain = url.adjusted(QUrl::NormalizePathSegments).toString(QUrl::FullyEncoded);
    while (plain.endsWith(u'/'))
        plain.chop(1);
    if (plain.indexOf("//"_L1, url.scheme().size() + 3) >= 0) // an empty segment, which has no one form
        return bad();
    if (plain.size() > kLongestUrl) // escapes make it longer
        return bad();
    return plain;
}

ChainRegistry::ChainRegistry(const QString& file, QObject* parent)
    : QObject(parent)
    , m_file(file)
    , m_chains(Chains::bundled())
{
}

Result<void> ChainRegistry::load()
{
    m_chains = Chains::bundled();
    QFile file(m_file);
    m_isReadable = !file.exists();
    if (m_isReadable)
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Disk, m_file);
    const QByteArray json = file.read(kLargestFile + 1);
    auto chains = json.size() > kLargestFile ? fail(ErrorCode::Damaged, m_file) : readAll(json, m_file);
    if (!chains)
        return fail(chains.error());
    m_chains = *std::move(chains);
    m_isReadable = true;
    return {};
}

Result<void> ChainRegistry::add(const Chain& chain)
{
    const auto own = std::count_if(
        m_chains.all().cbegin(), m_chains.all().cend(), [](const Chain& each) { return each.isCustom; });
    if (own >= kMostChains)
        return refuse(Why::TooLarge, {}, own + 1, kMostChains);
    const auto wanted = checked(chain);
    if (!wanted)
        return fail(wanted.error());
    Chains next = m_chains;
    if (auto added = next.add(*wanted); !added)
        return added;
    if (auto saved = save(next); !saved)
        return saved;
    m_chains = next;
    Q_EMIT changed(chain.id);
    return {};
}

Result<void> ChainRegistry::setEndpoints(const QString& id, const QStringList& endpoints)
{
    const Chain* chain = m_chains.byId(id);
    if (!chain)
        return fail(ErrorCode::UnknownChain, id.left(kShown));
    const auto urls = normalised(endpoints);
    if (!urls)
        return fail(urls.error());
    Chains next = m_chains;
    if (!urls->isEmpty()) {
        if (auto set = next.setEndpoints(id, *urls); !set)
            return set;
    } else if (chain->isCustom) {
        return refuse(Why::BadEndpoint);
    } else { // back to those that are built in
        next = Chains::bundled();
        for (const Chain& each : m_chains.all()) {
            auto kept = each.isCustom             ? next.add(each)
                : each.isChanged && each.id != id ? next.setEndpoints(each.id, each.endpoints)
                                                  : Result<void>();
            if (!kept)
                return kept;
        }
    }
    if (auto saved = save(next); !saved)
        return saved;
    m_chains = next;
    Q_EMIT changed(id);
    return {};
}

Result<void> ChainRegistry::remove(const QString& id)
{
    Chains next = m_chains;
    if (auto removed = next.remove(id); !removed)
        return removed;
    if (auto saved = save(next); !saved)
        return saved;
    m_chains = next;
    Q_EMIT changed(id);
    return {};
}

Result<void> ChainRegistry::save(const Chains& chains) const
{
    if (!m_isReadable)
        return fail(ErrorCode::Damaged, m_file);
    QJsonArray own;
    QJsonObject endpoints;
    for (const Chain& chain : chains.all()) {
        if (chain.isCustom)
            own += written(chain);
        else if (chain.isChanged)
            endpoints[chain.id] = QJsonArray::fromStringList(chain.endpoints);
    }
    const QJsonObject all{{u"v"_s, kVersion}, {u"chains"_s, own}, {u"endpoints"_s, endpoints}};
    const QByteArray json = QJsonDocument(all).toJson();
    QSaveFile file(m_file);
    const bool isWritten = makeFolderOf(m_file) && file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(json) == json.size()
        && file.commit() && syncFolderOf(m_file);
    return isWritten ? Result<void>() : fail(ErrorCode::Disk, m_file);
}

} // namespace hatstand::chain
