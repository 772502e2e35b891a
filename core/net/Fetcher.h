// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/NetPolicy.h"

#include <QObject>
#include <chrono>
#include <memory>

namespace hatstand::net {

struct FetchLimits
{
    qint64 bytes = qint64{2} * 1024 * 1024;
    std::chrono::milliseconds time = std::chrono::seconds(5); ///< for all of it, redirects and look-ups too
    int redirects = 3; ///< each checked as the first
    QList<QByteArray> types = {}; ///< of content, in lower case; empty: any
};

/// GET over http and https under the policy: no cookies, no cache, no credentials, a plain User-Agent, TLS
/// errors never ignored.
class Fetcher : public QObject
{
    Q_OBJECT
public:
    explicit Fetcher(QObject* parent = nullptr);
    ~Fetcher() override;
    void setPolicy(const NetPolicy& policy);
    /// Network: not reached, refused by the policy (AddressRefused), another answer than 200, another type.
    /// TooLarge. Expired past the time. circuit: see NetPolicy::proxy. Dropped with context.
    void get(const QUrl& url, const QString& circuit, const FetchLimits& limits, QObject* context,
        Callback<QByteArray> done);
    /// A POST. No redirect is followed; every answer with a status is one, also a refusal and its body.
    /// Errors of get(); MayStillHappen with those after which some of it may have arrived.
    struct Posted
    {
        int status = 0;
        QByteArray body;
    };
    void post(const QUrl& url, const QByteArray& body, const QByteArray& contentType, const QString& circuit,
        const FetchLimits& limits, QObject* context, Callback<Posted> done);
    /// What the policy says of an address before it is looked up.
    [[nodiscard]] Result<void> check(const QUrl& url) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::net
