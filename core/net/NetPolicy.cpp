// SPDX-License-Identifier: MIT
#include "core/net/NetPolicy.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <algorithm>
#include <array>

namespace hatstand::net {
namespace {

using namespace Qt::Literals::StringLiterals;

/// What is not the public internet's (IANA's special-purpose registries). Of IPv6 only 2000::/3 is given out
/// at all.
constexpr QLatin1StringView kGlobalUnicast{"2000::/3"};
constexpr std::array kNotPublic{"0.0.0.0/8"_L1, "10.0.0.0/8"_L1, "100.64.0.0/10"_L1, "127.0.0.0/8"_L1,
    "169.254.0.0/16"_L1, "172.16.0.0/12"_L1, "192.0.0.0/24"_L1, "192.0.2.0/24"_L1, "192.88.99.0/24"_L1,
    "192.168.0.0/16"_L1, "198.18.0.0/15"_L1, "198.51.100.0/24"_L1, "203.0.113.0/24"_L1, "224.0.0.0/4"_L1,
    "240.0.0.0/4"_L1, "2001::/23"_L1, "2001:db8::/32"_L1, "3fff::/20"_L1};

/// IPv6 forms that carry an IPv4 address, and at which byte: mapped and compatible, NAT64, 6to4.
struct Carrier
{
    QLatin1StringView subnet;
    int at;
};
constexpr std::array kCarriers{Carrier{"::ffff:0:0/96"_L1, 12}, Carrier{"::/96"_L1, 12},
    Carrier{"64:ff9b::/96"_L1, 12}, Carrier{"2002::/16"_L1, 2}};

bool isIn(const QHostAddress& address, QLatin1StringView subnet)
{
    return address.isInSubnet(QHostAddress::parseSubnet(QString(subnet)));
}

/// Of one form: as URLs have it, without the dot that may end a whole name.
QString plainHost(const QUrl& url)
{
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    return host.endsWith(u'.') ? host.chopped(1) : host;
}

/// What a person may have written for a host: host, host:port, [v6]:port or a whole address.
QString hostOf(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (const QHostAddress literal(trimmed); !literal.isNull())
        return literal.toString();
    const QUrl url(trimmed.contains("://"_L1) ? trimmed : "x://"_L1 + trimmed);
    return plainHost(url);
}

/// Names that no public server has (RFC 6761, 6762, 7686, 8375, 9476 and ICANN's .internal).
bool isNeverPublic(const QString& host)
{
    static const QStringList names{u"localhost"_s, u"local"_s, u"internal"_s, u"home.arpa"_s, u"lan"_s,
        u"onion"_s, u"test"_s, u"invalid"_s, u"example"_s, u"alt"_s};
    return std::any_of(names.cbegin(), names.cend(),
        [&](const QString& name) { return host == name || host.endsWith(u'.' + name); });
}

/// Some look-ups take more for an IPv4 address than four decimal numbers: 2130706433, 0x7f.1, 127.1.
bool looksLikeANumber(const QString& host)
{
    const QString last = host.section(u'.', -1, -1);
    return !last.isEmpty() && (last.front().isDigit() && std::all_of(last.cbegin(), last.cend(), [](QChar c) {
        return c.isDigit() || c == u'x' || (c >= u'a' && c <= u'f');
    }));
}

/// Another name for the circuit in each run: a proxy is told which belong together, not whose they are.
QString drawnFor(const QString& circuit)
{
    if (circuit.isEmpty())
        return circuit;
    static const quint64 run = QRandomGenerator::system()->generate64();
    const QByteArray named = QByteArray::number(run) + circuit.toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(named, QCryptographicHash::Sha256).toHex());
}

tl::unexpected<Error> refused(const QString& host)
{
    return fail(Error{.code = ErrorCode::Network, .why = Why::AddressRefused, .detail = host});
}

} // namespace

NetPolicy::NetPolicy(const QStringList& namedHosts, const QString& proxy)
{
    *this = withNamed(namedHosts);
    if (const auto parsed = parseProxy(proxy)) {
        m_proxy = *parsed;
    } else { // a proxy that is not understood must not become none
        m_refusesAll = true;
        m_proxy = QNetworkProxy(QNetworkProxy::Socks5Proxy, u"0.0.0.0"_s, 1);
    }
}

NetPolicy NetPolicy::withNamed(const QStringList& hosts) const
{
    NetPolicy policy = *this;
    for (const QString& named : hosts) {
        if (const QString host = hostOf(named); !host.isEmpty())
            policy.m_named.insert(host);
    }
    return policy;
}

Result<void> NetPolicy::check(const QUrl& url, const QStringList& schemes) const
{
    const QString host = plainHost(url);
    if (!url.isValid() || host.isEmpty() || !schemes.contains(url.scheme()) || !url.userInfo().isEmpty())
        return refuse(Why::NotThisForm);
    if (m_refusesAll)
        return fail(ErrorCode::Network, u"network.proxy"_s);
    if (isNamed(host))
        return {};
    if (const QHostAddress literal(host); !literal.isNull())
        return check(host, {literal});
    if (looksLikeANumber(host))
        return refused(host);
    const bool isOnion = host.endsWith(".onion"_L1) && m_proxy.type() == QNetworkProxy::Socks5Proxy;
    if ((isNeverPublic(host) && !isOnion) || !host.contains(u'.'))
        return refused(host);
    return {};
}

Result<void> NetPolicy::check(const QString& host, const QList<QHostAddress>& addresses) const
{
    if (m_refusesAll)
        return fail(ErrorCode::Network, u"network.proxy"_s);
    if (isNamed(host))
        return {};
    if (addresses.isEmpty() || !std::all_of(addresses.cbegin(), addresses.cend(), isPublic))
        return refused(host);
    return {};
}

bool NetPolicy::isNamed(const QString& host) const
{
    const QString plain = host.toLower();
    return m_named.contains(plain.endsWith(u'.') ? plain.chopped(1) : plain);
}

QNetworkProxy NetPolicy::proxy(const QString& circuit) const
{
    QNetworkProxy proxy = m_proxy;
    if (proxy.type() == QNetworkProxy::Socks5Proxy) {
        proxy.setCapabilities(proxy.capabilities() | QNetworkProxy::HostNameLookupCapability);
        proxy.setUser(drawnFor(circuit));
        proxy.setPassword(u"hatstand"_s); // Tor takes any, and tells circuits apart by both
    }
    return proxy;
}

bool NetPolicy::isPublic(const QHostAddress& address)
{
    if (address.isNull() || !address.scopeId().isEmpty())
        return false;
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    if (isV6) {
        for (const Carrier& carrier : kCarriers) {
            if (!isIn(address, carrier.subnet))
                continue;
            const Q_IPV6ADDR bytes = address.toIPv6Address();
            quint32 v4 = 0;
            for (int i = 0; i < 4; ++i)
                v4 = v4 << 8 | bytes[carrier.at + i];
            return isPublic(QHostAddress(v4));
        }
        if (!isIn(address, kGlobalUnicast))
            return false;
    }
    return std::none_of(kNotPublic.cbegin(), kNotPublic.cend(),
        [&](QLatin1StringView subnet) { return subnet.contains(u':') == isV6 && isIn(address, subnet); });
}

Result<QNetworkProxy> NetPolicy::parseProxy(const QString& text)
{
    if (text.isEmpty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl url(text, QUrl::StrictMode);
    const bool isSocks = url.scheme() == "socks5"_L1;
    const bool isBare = url.userInfo().isEmpty() && (url.path().isEmpty() || url.path() == "/"_L1)
        && !url.hasQuery() && !url.hasFragment();
    if (!url.isValid() || url.host().isEmpty() || url.port() < 1 || !isBare
        || (!isSocks && url.scheme() != "http"_L1))
        return refuse(Why::NotThisForm);
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
        static_cast<quint16>(url.port()));
}

} // namespace hatstand::net
