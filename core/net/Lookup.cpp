// SPDX-License-Identifier: MIT
#include "core/net/Lookup.h"

#include <QHostInfo>

namespace hatstand::net {

void checkReachable(const NetPolicy& policy, const QUrl& url, const QStringList& schemes, QObject* context,
    Callback<void> done)
{
    if (auto allowed = policy.check(url, schemes); !allowed)
        return done(fail(allowed.error()));
    if (policy.hasProxy()) // which looks names up itself; what it reaches is its own
        return done({});
    const QString host = url.host(QUrl::FullyEncoded);
    if (policy.isNamed(host) || !QHostAddress(host).isNull()) // checked already: not even a reverse look-up
        return done({});
    QHostInfo::lookupHost(host, context, [policy, host, done = std::move(done)](const QHostInfo& found) {
        if (found.error() != QHostInfo::NoError)
            return done(fail(ErrorCode::Network, found.errorString()));
        done(policy.check(host, found.addresses()));
    });
}

} // namespace hatstand::net
