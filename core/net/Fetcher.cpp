// SPDX-License-Identifier: MIT
#include "core/net/Fetcher.h"

#include "core/net/Lookup.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>
#include <optional>

namespace hatstand::net {
namespace {

using namespace Qt::Literals::StringLiterals;

const QStringList kSchemes{u"http"_s, u"https"_s};

/// What is sent along with a POST.
struct Upload
{
    QByteArray body;
    QByteArray contentType;
};

/// One answer on its way, with its redirects. Deletes itself with its last word.
class Fetch final : public QObject
{
    Q_OBJECT
public:
    /// upload: a POST; nullopt: a GET.
    Fetch(NetPolicy policy, const QString& circuit, FetchLimits limits, std::optional<Upload> upload,
        QObject* context, Callback<Fetcher::Posted> done, QObject* parent)
        : QObject(parent)
        , m_policy(std::move(policy))
        , m_limits(std::move(limits))
        , m_upload(std::move(upload))
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
        if (m_upload)
            request.setHeader(QNetworkRequest::ContentTypeHeader, m_upload->contentType);
        m_reply = m_upload ? m_network.post(request, m_upload->body) : m_network.get(request);
        m_reply->setReadBufferSize(qint64{64} * 1024);
        connect(m_reply, &QNetworkReply::uploadProgress, this,
            [this](qint64 sent) { m_isUploading = m_isUploading || sent > 0; });
        connect(m_reply, &QNetworkReply::metaDataChanged, this, &Fetch::readHeaders);
        connect(m_reply, &QNetworkReply::readyRead, this, &Fetch::read);
        connect(m_reply, &QNetworkReply::finished, this, &Fetch::answered);
    }

    void readHeaders()
    {
        if (!m_reply || !isAnswer(*m_reply))
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
        const int status = statusOf(*reply);
        if (status >= 300 && status < 400 && !m_upload)
            return redirect(
                reply->url(), reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl());
        if (!isAnswer(*reply) || !isWhole(*reply))
            return finish(fail(ErrorCode::Network, reply->errorString()));
        if (m_body.size() > m_limits.bytes)
            return finish(refuse(Why::TooLarge, {}, m_body.size(), m_limits.bytes));
        finish(Fetcher::Posted{.status = status, .body = m_body});
    }

    [[nodiscard]] static int statusOf(const QNetworkReply& reply)
    {
        return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }
    /// Whether what it says is for whoever asked.
    [[nodiscard]] bool isAnswer(const QNetworkReply& reply) const
    {
        const int status = statusOf(reply);
        return m_upload ? status > 0 : status == 200;
    }
    /// A status that tells of a failure is one of Qt's errors as well, and all the same an answer.
    [[nodiscard]] bool isWhole(const QNetworkReply& reply) const
    {
        const auto error = reply.error();
        const bool isSaidByServer = (error > QNetworkReply::UnknownProxyError // 401 to 499
                                        && error <= QNetworkReply::UnknownContentError)
            || error == QNetworkReply::ProtocolInvalidOperationError // 400
            || error >= QNetworkReply::InternalServerError; // 500 to 599
        return error == QNetworkReply::NoError || (m_upload && isSaidByServer);
    }

    void redirect(const QUrl& from, const QUrl& target)
    {
        const QUrl to = from.resolved(target);
        const bool isDowngrade = from.scheme() == "https"_L1 && to.scheme() != "https"_L1;
        if (target.isEmpty() || isDowngrade || m_redirectsLeft-- <= 0)
            return finish(fail(ErrorCode::Network, u"redirect"_s));
        follow(to);
    }

    void finish(Result<Fetcher::Posted> result)
    {
        const auto done = std::exchange(m_done, {});
        if (!done)
            return;
        if (m_reply) // ends with this; abort() from one of its own signals has it fail twice
            m_reply->disconnect(this);
        deleteLater();
        if (!result && m_isUploading && result.error().why == Why::Unsaid)
            result.error().why = Why::MayStillHappen;
        if (m_context)
            done(std::move(result));
    }

    NetPolicy m_policy;
    FetchLimits m_limits;
    std::optional<Upload> m_upload;
    bool m_isUploading = false; ///< some of it may have arrived
    QPointer<QObject> m_context;
    Callback<Fetcher::Posted> m_done;
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
    const auto body = [done = std::move(done)](const Result<Posted>& answer) {
        done(answer.map([](const Posted& whole) { return whole.body; }));
    };
    (new Fetch(d->policy, circuit, limits, std::nullopt, context, body, this))->follow(url);
}

void Fetcher::post(const QUrl& url, const QByteArray& body, const QByteArray& contentType,
    const QString& circuit, const FetchLimits& limits, QObject* context, Callback<Posted> done)
{
    const Upload upload{.body = body, .contentType = contentType};
    (new Fetch(d->policy, circuit, limits, upload, context, std::move(done), this))->follow(url);
}

Result<void> Fetcher::check(const QUrl& url) const
{
    return d->policy.check(url, kSchemes);
}

} // namespace hatstand::net

#include "Fetcher.moc"
