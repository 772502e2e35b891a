// SPDX-License-Identifier: MIT
#include "core/links/Channels.h"

#include "core/antelope/EsrRequest.h"
#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/codec/Hex.h"
#include "core/crypto/Hash.h"

#include <QJsonDocument>
#include <QUuid>

namespace hatstand::links {

using namespace Qt::Literals::StringLiterals;

QString newChannel(Random& random)
{
    ByteArray<16> drawn{};
    random.fill(drawn);
    drawn[6] = std::uint8_t((drawn[6] & 0x0f) | 0x40); // RFC 4122, section 4.4
    drawn[8] = std::uint8_t((drawn[8] & 0x3f) | 0x80);
    return QUuid::fromRfc4122(toQByteArray(drawn)).toString(QUuid::WithoutBraces);
}

QString serviceUrl(const Settings& settings)
{
    QString url = settings.value(u"links.service"_s);
    while (url.endsWith(u'/'))
        url.chop(1);
    return url;
}

QString newChannelUrl(const LinkNet& net)
{
    return serviceUrl(net.settings) + u'/' + newChannel(net.random);
}

QString circuitOf(const QString& channel)
{
    const QByteArray name = channel.toUtf8();
    return "link/"_L1 + codec::toHex(crypto::sha256({bytesOf("circuit/"_ba), bytesOf(name)})).left(32);
}

bool isChannelUrl(const QString& text, const net::NetPolicy& policy)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || url.path().size() < 2)
        return false;
    return url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && policy.isNamed(url.host()));
}

QString toUri(const antelope::EsrRequest& request)
{
    return request.encode().replace("esr://"_L1, "esr:"_L1); // base64url has neither
}

QByteArray rejection(const QString& reason)
{
    return QJsonDocument(QJsonObject{{u"rejected"_s, reason}}).toJson(QJsonDocument::Compact);
}

std::optional<QJsonObject> parseAnswer(const QByteArray& message)
{
    const QJsonDocument document = QJsonDocument::fromJson(message);
    if (!document.isObject())
        return std::nullopt;
    QJsonObject answer = document.object();
    for (auto member = answer.begin(); member != answer.end(); ++member) {
        if (member.value().isDouble())
            member.value() = QString::number(member.value().toInteger());
    }
    return answer;
}

bool isRejection(const QJsonObject& answer)
{
    return answer.value("rejected"_L1).isString();
}

} // namespace hatstand::links
