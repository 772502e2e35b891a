// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSet>
#include <QUrl>

namespace hatstand::net {

/// Which addresses may be reached, and by which way. One for everything outgoing. A value: a changed setting
/// makes a new one.
class NetPolicy
{
public:
    /// namedHosts: hosts that the person named (in settings): any address will do for those. proxy: "" for
    /// none, or socks5://host:port, http://host:port; with one that is not understood every check fails.
    NetPolicy() = default;
    NetPolicy(const QStringList& namedHosts, const QString& proxy);

    /// The same with more hosts that the person named.
    [[nodiscard]] NetPolicy withNamed(const QStringList& hosts) const;

    /// Of an address before any look-up: scheme among schemes, a host, no user or password; a literal address
    /// and a name that is never public (localhost, .local, .internal, .onion without a proxy) must have been
    /// named. InvalidInput with NotThisForm; Network with AddressRefused.
    [[nodiscard]] Result<void> check(const QUrl& url, const QStringList& schemes) const;
    /// After the look-up: every address has to be public, unless the host was named. Network, AddressRefused.
    [[nodiscard]] Result<void> check(const QString& host, const QList<QHostAddress>& addresses) const;
    [[nodiscard]] bool isNamed(const QString& host) const;
    [[nodiscard]] bool hasProxy() const { return m_proxy.type() != QNetworkProxy::NoProxy; }
    /// circuit: whatever has the same one may share a circuit (Tor: isolation by SOCKS user); never empty for
    /// an account. Names are looked up by a SOCKS proxy, never here.
    [[nodiscard]] QNetworkProxy proxy(const QString& circuit) const;

    /// Not private, link-local, loopback, multicast, documentation, CGNAT, or IPv4 of that kind inside IPv6.
    [[nodiscard]] static bool isPublic(const QHostAddress& address);
    /// What "network.proxy" takes. NotThisForm.
    [[nodiscard]] static Result<QNetworkProxy> parseProxy(const QString& text);

private:
    QSet<QString> m_named;
    bool m_refusesAll = false;
    QNetworkProxy m_proxy{QNetworkProxy::NoProxy};
};

} // namespace hatstand::net
