// SPDX-License-Identifier: MIT
#include "core/net/Fetcher.h"

#include "core/net/Lookup.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

namespace hatstand::net {
namespace {

using namespace Qt::Literals::StringLiterals;

const QStringList kSchemes{u"http"_s, u"https"_s};

/// One answer on its way, with its redirects. Deletes itself with its last word.
class Fetch final : public QObject
{
    Q_OBJECT
public:
    Fetch(NetPolicy policy, const QString& circuit, FetchLimits limits, QObject* context,
        Callback<QByteArray> done, QObject* parent)
        : QObject(parent)
        , m_policy(std::move(policy))
        , m_limits(std::move(limits))
        , m_context(context)
        , m_done(std::move(done))
        , m_redirectsLeft(m_limits.redirects)
    {
        m_network.setProxy(m_policy.proxy(circuit));
        m_network.setCookieJar(nullptr);
        m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        connect(context, &QObject::destroyed, this, &QObject::deleteLater);
        QTimer::singleShot(m_limits.time, this, [this] { finish(fail(ErrorCode::Expired)); });
    }

    void follow(const QUrl& url)
    {
        checkReachable(m_policy, url, kSchemes, this, [this, url](const Result<void>& allowed) {
            if (!allowed)
                return finish(fail(allowed.error()));
            request(url);
        });
    }

private:
    void request(const QUrl& url)
    {
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::UserAgentHeader, u"Hatstand"_s);
        request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
        request.setRawHeader("Accept-Encoding", "identity"); // Qt unpacks nothing then, bombs least of all
        m_body.clear();
        m_reply = m_network.get(request);
        m_reply->setReadBufferSize(qint64{64} * 1024);
        connect(m_reply, &QNetworkReply::metaDataChanged, this, &Fetch::readHeaders);
        connect(m_reply, &QNetworkReply::readyRead, this, &Fetch::read);
        connect(m_reply, &QNetworkReply::finished, this, &Fetch::answered);
    }

    void readHeaders()
    {
        if (!m_reply || m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200)
            return;
        const qint64 declared = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
        if (declared > m_limits.bytes)
            return finish(refuse(Why::TooLarge, {}, declared, m_limits.bytes));
        const QByteArray type
            = m_reply->rawHeader("Content-Type").split(';').constFirst().trimmed().toLower();
        if (!m_limits.types.isEmpty() && !m_limits.types.contains(type))
            finish(fail(ErrorCode::Network, u"content type"_s));
    }

    void read()
    {
        m_body += m_reply->readAll();
        if (m_body.size() > m_limits.bytes)
            finish(refuse(Why::TooLarge, {}, m_body.size(), m_limits.bytes));
    }

    void answered()
    {
        if (!m_done)
            return;
        QNetworkReply* reply = std::exchange(m_reply, nullptr);
        reply->deleteLater();
        m_body += reply->readAll();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status >= 300 && status < 400)
            return redirect(
                reply->url(), reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl());
        if (reply->error() != QNetworkReply::NoError || status != 200)
            return finish(fail(ErrorCode::Network, reply->errorString()));
        if (m_body.size() > m_limits.bytes)
            return finish(refuse(Why::TooLarge, {}, m_body.size(), m_limits.bytes));
        finish(m_body);
    }

    void redirect(const QUrl& from, const QUrl& target)
    {
        const QUrl to = from.resolved(target);
        const bool isDowngrade = from.scheme() == "https"_L1 && to.scheme() != "https"_L1;
        if (target.isEmpty() || isDowngrade || m_redirectsLeft-- <= 0)
            return finish(fail(ErrorCode::Network, u"redirect"_s));
        follow(to);
    }

    void finish(Result<QByteArray> result)
    {
        const auto done = std::exchange(m_done, {});
        if (!done)
            return;
        if (m_reply) // ends with this; abort() from one of its own signals has it fail twice
            m_reply->disconnect(this);
        deleteLater();
        if (m_context)
            done(std::move(result));
    }

    NetPolicy m_policy;
    FetchLimits m_limits;
    QPointer<QObject> m_context;
    Callback<QByteArray> m_done;
    int m_redirectsLeft;
    QNetworkAccessManager m_network; ///< of its own: nothing is shared between two fetches
    QNetworkReply* m_reply = nullptr;
    QByteArray m_body;
};

} // namespace

class Fetcher::Private
{
public:
    NetPolicy policy;
};

Fetcher::Fetcher(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
}

Fetcher::~Fetcher() = default;

void Fetcher::setPolicy(const NetPolicy& policy)
{
    d->policy = policy;
}

void Fetcher::get(const QUrl& url, const QString& circuit, const FetchLimits& limits, QObject* context,
    Callback<QByteArray> done)
{
    auto* fetch = new Fetch(d->policy, circuit, limits, context, std::move(done), this);
    fetch->follow(url);
}

} // namespace hatstand::net

#include "Fetcher.moc"
