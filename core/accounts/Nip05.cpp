// SPDX-License-Identifier: MIT
#include "core/accounts/Nip05.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>
#include <algorithm>

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype kMostRelays = 8;

QString localPart(const QString& address)
{
    return address.contains(u'@') ? address.section(u'@', 0, 0).toLower() : u"_"_s;
}

bool isNamePart(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_' || c == u'.';
}

} // namespace

Result<QUrl> nip05Url(const QString& address)
{
    const QString name = localPart(address);
    const QString domain = address.contains(u'@') ? address.section(u'@', 1) : address;
    if (name.isEmpty() || !std::all_of(name.cbegin(), name.cend(), isNamePart) || domain.isEmpty()
        || address.size() > 320)
        return refuse(Why::NotThisForm);
    // Nothing but a host, perhaps with a port: no path, no user, no query.
    QUrl url(u"https://"_s + domain, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || !url.path().isEmpty()
        || url.hasQuery() || url.hasFragment())
        return refuse(Why::NotThisForm);
    url.setPath(u"/.well-known/nostr.json"_s);
    QUrlQuery query;
    query.addQueryItem(u"name"_s, name);
    url.setQuery(query);
    return url;
}

Result<Nip05Answer> parseNip05(const QByteArray& json, const QString& address, const QString& pubkey)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject() || !document[u"names"_s].isObject())
        return refuse(Why::NotThisForm);
    Nip05Answer answer;
    answer.isThis = document[u"names"_s].toObject()[localPart(address)].toString() == pubkey;
    if (answer.isThis) {
        const QJsonArray relays = document[u"relays"_s].toObject()[pubkey].toArray();
        for (const QJsonValue& relay : relays) {
            const auto url = nostr::normaliseRelay(relay.toString());
            if (url && !answer.relays.contains(*url) && answer.relays.size() < kMostRelays)
                answer.relays += *url;
        }
    }
    return answer;
}

} // namespace hatstand::accounts
