// SPDX-License-Identifier: MIT
#include "core/accounts/NetSetup.h"

#include "core/base/Settings.h"
#include "core/chain/ChainRegistry.h"
#include "core/nostr/Lists.h"

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kIndexers = u"nostr.indexers"_s;
const QString kService = u"links.service"_s;
const QString kHosts = u"network.hosts"_s;
const QString kProxy = u"network.proxy"_s;
const QString kNoIndexers = u"none"_s;

QStringList words(const QString& list)
{
    QStringList all;
    for (const QString& word : list.split(u',', Qt::SkipEmptyParts)) {
        if (const QString trimmed = word.trimmed(); !trimmed.isEmpty())
            all += trimmed;
    }
    return all;
}

/// Where the person set none, that of the environment, as other programs take it.
QString proxyOf(const Settings& settings)
{
    QString proxy = settings.value(kProxy);
    for (const char* name : {"ALL_PROXY", "all_proxy"}) {
        if (proxy.isEmpty())
            proxy = qEnvironmentVariable(name);
    }
    // With "h" names are looked up by the proxy, which is always so here.
    for (const QLatin1StringView scheme : {"socks5h://"_L1, "socks://"_L1}) {
        if (proxy.startsWith(scheme))
            proxy = "socks5://"_L1 + proxy.mid(scheme.size());
    }
    if (proxy.endsWith(u'/'))
        proxy.chop(1);
    return proxy;
}

/// With or without a port, or a whole address: what NetPolicy takes.
bool isHost(const QString& text)
{
    if (!QHostAddress(text).isNull())
        return true;
    const QUrl url(text.contains("://"_L1) ? text : "x://"_L1 + text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty();
}

Result<QString> checkIndexers(const QString& value)
{
    QStringList urls;
    for (const QString& word : words(value)) {
        const auto url = nostr::normaliseRelay(word);
        if (!url)
            return refuse(Why::NotThisForm, word);
        if (!urls.contains(*url))
            urls += *url;
    }
    return urls.join(u',');
}

Result<QString> checkHosts(const QString& value)
{
    const QStringList hosts = words(value);
    for (const QString& host : hosts) {
        if (!isHost(host))
            return refuse(Why::NotThisForm, host);
    }
    return hosts.join(u',');
}

Result<QString> checkService(const QString& value)
{
    if (value.isEmpty())
        return value;
    const auto url = chain::normaliseEndpoint(value);
    return url ? url : refuse(Why::NotThisForm, value);
}

} // namespace

net::NetPolicy netPolicy(const Settings& settings)
{
    QStringList named = words(settings.value(kHosts));
    if (settings.isChanged(kIndexers))
        named += words(settings.value(kIndexers));
    if (settings.isChanged(kService))
        named += settings.value(kService);
    return {named, proxyOf(settings)};
}

QStringList indexers(const Settings& settings)
{
    QStringList urls;
    for (const QString& word : words(settings.value(kIndexers))) {
        if (const auto url = nostr::normaliseRelay(word); url && !urls.contains(*url))
            urls += *url;
    }
    return urls;
}

bool isNetSetting(const QString& key)
{
    return key == kIndexers || key == kService || key == kHosts || key == kProxy;
}

Result<QString> checkNetSetting(const QString& key, const QString& value)
{
    const QString trimmed = value.trimmed();
    if (key == kIndexers)
        return trimmed == kNoIndexers ? Result<QString>(trimmed) : checkIndexers(trimmed);
    if (key == kHosts)
        return checkHosts(trimmed);
    if (key == kService)
        return checkService(trimmed);
    if (!net::NetPolicy::parseProxy(trimmed))
        return refuse(Why::NotThisForm, trimmed);
    return trimmed;
}

} // namespace hatstand::accounts
