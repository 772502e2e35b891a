// SPDX-License-Identifier: MIT
#include "core/accounts/NetSetup.h"

#include "core/base/Settings.h"
#include "core/nostr/Lists.h"

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kIndexers = u"nostr.indexers"_s;
const QString kHosts = u"network.hosts"_s;
const QString kProxy = u"network.proxy"_s;

QStringList words(const QString& list)
{
    QStringList all;
    for (const QString& word : list.split(u',', Qt::SkipEmptyParts)) {
        if (const QString trimmed = word.trimmed(); !trimmed.isEmpty())
            all += trimmed;
    }
    return all;
}

} // namespace

net::NetPolicy netPolicy(const Settings& settings)
{
    QStringList named = words(settings.value(kHosts));
    if (settings.isChanged(kIndexers))
        named += words(settings.value(kIndexers));
    return {named, settings.value(kProxy)};
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
    return key == kIndexers || key == kHosts || key == kProxy;
}

} // namespace hatstand::accounts
