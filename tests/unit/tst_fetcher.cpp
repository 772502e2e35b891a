// SPDX-License-Identifier: MIT
#include "core/net/Fetcher.h"
#include "tests/support/HttpServer.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <optional>

using namespace hatstand;
using namespace hatstand::net;
using test::HttpServer;
using test::ok;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray redirect(const QByteArray& to, const QByteArray& status = "302 Found")
{
    return "HTTP/1.1 " + status + "\r\nLocation: " + to + "\r\nContent-Length: 0\r\n\r\n";
}

} // namespace

class FetcherTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<HttpServer>();
        m_fetcher = std::make_unique<Fetcher>();
        m_fetcher->setPolicy(NetPolicy({u"127.0.0.1"_s}, {}));
    }

    void gets()
    {
        m_server->answers["/a?b=c"] = ok("hello");
        QCOMPARE(get(u"/a?b=c"_s), QByteArray("hello"));
        const QByteArray request = m_server->requests.value(0).toLower();
        QVERIFY(request.startsWith("get /a?b=c http/1.1\r\n"));
        QVERIFY(request.contains("\r\nuser-agent: hatstand\r\n"));
        for (const char* header : {"cookie:", "authorization:", "referer:", "origin:"})
            QVERIFY2(!request.contains(header), request.constData());
    }
    void notFound()
    {
        m_server->answers["/"] = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno";
        QCOMPARE(get(u"/"_s).error().code, ErrorCode::Network);
    }
    void anotherAnswerThan200()
    {
        m_server->answers["/"] = "HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\n\r\nno";
        QCOMPARE(get(u"/"_s).error().code, ErrorCode::Network);
    }
    void asksNobodyForAPassword()
    {
        m_server->answers["/"] = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                                 "Content-Length: 0\r\n\r\n";
        QCOMPARE(get(u"/"_s).error().code, ErrorCode::Network);
        QCOMPARE(m_server->requests.size(), 1);
    }

    void aHostThatNobodyNamed()
    {
        m_server->answers["/"] = ok("hello");
        m_fetcher->setPolicy(NetPolicy());
        const auto answer = get(u"/"_s);
        QCOMPARE(answer.error().why, Why::AddressRefused);
        QVERIFY(m_server->requests.isEmpty());
    }

    void sizes_data()
    {
        QTest::addColumn<qint64>("size");
        QTest::addColumn<bool>("isDeclared");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("at the limit") << qint64{1000} << true << true;
        QTest::newRow("at the limit, undeclared") << qint64{1000} << false << true;
        QTest::newRow("over it") << qint64{1001} << true << false;
        QTest::newRow("over it, undeclared") << qint64{1001} << false << false;
        QTest::newRow("far over it, undeclared") << qint64{8'000'000} << false << false;
    }
    void sizes()
    {
        QFETCH(qint64, size);
        QFETCH(bool, isDeclared);
        QFETCH(bool, isTaken);
        const QByteArray body(size, 'x');
        m_server->answers["/"] = isDeclared ? ok(body) : "HTTP/1.1 200 OK\r\n\r\n" + body;
        const auto answer = get(u"/"_s, {.bytes = 1000});
        QCOMPARE(answer.has_value(), isTaken);
        if (isTaken) {
            QCOMPARE(answer->size(), size);
            return;
        }
        QCOMPARE(answer.error().why, Why::TooLarge);
        QCOMPARE(answer.error().want, 1000);
    }
    /// Not one byte of the body is there: it is refused for what it says of itself.
    void tooLargeByItsOwnWord()
    {
        m_server->answers["/"] = "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n";
        QCOMPARE(get(u"/"_s, {.bytes = 1000}).error().why, Why::TooLarge);
    }
    void doesNotUnpack() // a bomb would be measured only once it is unpacked
    {
        m_server->answers["/"] = ok("packed", "text/plain", "Content-Encoding: gzip\r\n");
        QCOMPARE(get(u"/"_s), QByteArray("packed"));
        QVERIFY(m_server->requests.value(0).toLower().contains("\r\naccept-encoding: identity\r\n"));
    }
    void cutOff()
    {
        m_server->answers["/"] = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this";
        QCOMPARE(get(u"/"_s).error().code, ErrorCode::Network);
    }

    void aServerThatSaysNothing()
    {
        const auto answer = get(u"/silent"_s, {.time = 50ms});
        QCOMPARE(answer.error().code, ErrorCode::Expired);
        QTRY_COMPARE(m_server->disconnects, 1);
    }
    void theTimeIsForAllOfIt()
    {
        m_server->answers["/1"] = redirect("/2");
        m_server->answers["/2"] = redirect("/silent");
        QCOMPARE(get(u"/1"_s, {.time = 1s}).error().code, ErrorCode::Expired);
        QCOMPARE(m_server->requests.size(), 3);
    }

    void redirects_data()
    {
        QTest::addColumn<int>("allowed");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("as many as allowed") << 3 << true;
        QTest::newRow("one more") << 2 << false;
        QTest::newRow("none allowed") << 0 << false;
    }
    void redirects()
    {
        QFETCH(int, allowed);
        QFETCH(bool, isTaken);
        m_server->answers["/1"] = redirect("/2", "301 Moved Permanently");
        m_server->answers["/2"] = redirect(m_server->url(u"/3"_s).toEncoded(), "307 Temporary Redirect");
        m_server->answers["/3"] = redirect("4", "308 Permanent Redirect");
        m_server->answers["/4"] = ok("there");
        const auto answer = get(u"/1"_s, {.redirects = allowed});
        QCOMPARE(answer.has_value(), isTaken);
        QCOMPARE(m_server->requests.size(), allowed + 1);
        if (!isTaken)
            QCOMPARE(answer.error().code, ErrorCode::Network);
    }
    void redirectInACircle()
    {
        m_server->answers["/"] = redirect("/");
        QCOMPARE(get(u"/"_s).error().code, ErrorCode::Network);
        QCOMPARE(m_server->requests.size(), 4);
    }
    void redirectsAreCheckedAsTheFirst_data()
    {
        QTest::addColumn<QString>("to");
        QTest::newRow("another loopback address") << u"http://127.0.0.2:%1/"_s;
        QTest::newRow("its name") << u"http://localhost:%1/"_s;
        QTest::newRow("v6") << u"http://[::ffff:7f00:1]:%1/"_s;
        QTest::newRow("metadata") << u"http://169.254.169.254/latest/"_s;
        QTest::newRow("file") << u"file:///etc/passwd"_s;
        QTest::newRow("ftp") << u"ftp://127.0.0.1:%1/"_s;
        QTest::newRow("data") << u"data:text/plain,hello"_s;
        QTest::newRow("password") << u"http://me:pw@127.0.0.1:%1/"_s;
        QTest::newRow("nowhere") << QString();
    }
    void redirectsAreCheckedAsTheFirst()
    {
        QFETCH(QString, to);
        m_server->answers["/"] = ok("secret of the house");
        const QString target = to.contains("%1"_L1) ? to.arg(m_server->serverPort()) : to;
        m_server->answers["/away"] = redirect(target.toLatin1());
        const auto answer = get(u"/away"_s);
        QVERIFY(!answer.has_value());
        QCOMPARE(m_server->requests.size(), 1);
    }

    void contentTypes_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("as wanted") << QByteArray("image/png") << true;
        QTest::newRow("upper case, with more") << QByteArray("Image/PNG ; q=1") << true;
        QTest::newRow("another") << QByteArray("image/svg+xml") << false;
        QTest::newRow("begins like it") << QByteArray("image/png2") << false;
        QTest::newRow("none") << QByteArray() << false;
    }
    void contentTypes()
    {
        QFETCH(QByteArray, type);
        QFETCH(bool, isTaken);
        m_server->answers["/"] = ok("picture", type);
        const auto answer = get(u"/"_s, {.types = {"image/jpeg", "image/png"}});
        QCOMPARE(answer.has_value(), isTaken);
        if (!isTaken)
            QCOMPARE(answer.error().code, ErrorCode::Network);
    }

    void posts()
    {
        m_server->answers["/a"] = ok("hello");
        const auto answer = post(u"/a"_s, "{\"x\":1}");
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, QByteArray("hello"));
        const QByteArray request = m_server->requests.value(0).toLower();
        QVERIFY(request.startsWith("post /a http/1.1\r\n"));
        QVERIFY(request.contains("\r\nuser-agent: hatstand\r\n"));
        QVERIFY(request.contains("\r\ncontent-type: application/json\r\n"));
        QVERIFY(request.contains("\r\ncontent-length: 7\r\n"));
        for (const char* header : {"cookie:", "authorization:", "referer:", "origin:"})
            QVERIFY2(!request.contains(header), request.constData());
    }
    void everyStatusIsAnAnswerToAPost_data()
    {
        QTest::addColumn<int>("status");
        for (const int status :
            {201, 202, 204, 301, 307, 400, 401, 403, 404, 409, 413, 418, 429, 500, 502, 503})
            QTest::addRow("%d", status) << status;
    }
    void everyStatusIsAnAnswerToAPost()
    {
        QFETCH(int, status);
        const QByteArray body = status == 204 ? QByteArray() : "what it says"_ba;
        m_server->answers["/"] = "HTTP/1.1 " + QByteArray::number(status)
            + " X\r\nLocation: /elsewhere\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body;
        const auto answer = post(u"/"_s, "{}");
        QVERIFY2(answer.has_value(), qPrintable(answer ? QString() : answer.error().detail));
        QCOMPARE(answer->status, status);
        QCOMPARE(answer->body, body);
        QCOMPARE(m_server->requests.size(), 1); // no redirect, and nobody is asked for a password
    }
    void limitsOfAPost()
    {
        m_server->answers["/large"] = ok(QByteArray(1001, 'x'));
        m_server->answers["/no"] = "HTTP/1.1 500 X\r\n\r\n" + QByteArray(1001, 'x');
        m_server->answers["/short"] = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this";
        QCOMPARE(post(u"/large"_s, "{}", {.bytes = 1000}).error().why, Why::TooLarge);
        QCOMPARE(post(u"/no"_s, "{}", {.bytes = 1000}).error().why, Why::TooLarge);
        QCOMPARE(post(u"/short"_s, "{}").error().code, ErrorCode::Network);
        const auto silent = post(u"/silent"_s, "{}", {.time = 1s});
        QCOMPARE(silent.error().code, ErrorCode::Expired);
        QCOMPARE(silent.error().why, Why::MayStillHappen);
    }
    void whatWasNeverSentCantHappen()
    {
        m_fetcher->setPolicy(NetPolicy());
        QCOMPARE(post(u"/"_s, "{}").error().why, Why::AddressRefused);
        QVERIFY(m_server->requests.isEmpty());
        m_fetcher->setPolicy(NetPolicy({u"127.0.0.1"_s}, {}));
        m_server->close();
        QCOMPARE(post(u"/"_s, "{}").error().code, ErrorCode::Network);
        QCOMPARE(post(u"/"_s, "{}").error().why, Why::Unsaid);
    }
    void checksBeforeALookUp()
    {
        QVERIFY(m_fetcher->check(m_server->url(u"/"_s)));
        QVERIFY(m_fetcher->check(QUrl(u"https://somewhere.com/x"_s)));
        QCOMPARE(m_fetcher->check(QUrl(u"https://10.0.0.1/"_s)).error().why, Why::AddressRefused);
        QCOMPARE(m_fetcher->check(QUrl(u"ftp://somewhere.com/"_s)).error().why, Why::NotThisForm);
        m_fetcher->setPolicy(NetPolicy().withNamed({u"http://10.0.0.1:8888/x"_s}));
        QVERIFY(m_fetcher->check(QUrl(u"https://10.0.0.1/"_s)));
    }

    void keepsNoCookies()
    {
        m_server->answers["/1"] = "HTTP/1.1 302 Found\r\nLocation: /2\r\nSet-Cookie: who=you; Path=/\r\n"
                                  "Content-Length: 0\r\n\r\n";
        m_server->answers["/2"] = ok("there", "text/plain", "Set-Cookie: who=you; Path=/\r\n");
        QVERIFY(get(u"/1"_s).has_value());
        QVERIFY(get(u"/2"_s).has_value());
        QCOMPARE(m_server->requests.size(), 3);
        for (const QByteArray& request : std::as_const(m_server->requests))
            QVERIFY(!request.toLower().contains("cookie"));
    }
    void keepsNothing()
    {
        m_server->answers["/"] = ok("same", "text/plain", "Cache-Control: max-age=3600\r\nETag: \"you\"\r\n");
        QVERIFY(get(u"/"_s).has_value());
        QVERIFY(get(u"/"_s).has_value());
        QCOMPARE(m_server->requests.size(), 2);
        QVERIFY(!m_server->requests.value(1).toLower().contains("if-none-match"));
    }

    void droppedWithItsContext()
    {
        auto context = std::make_unique<QObject>();
        bool isAnswered = false;
        m_fetcher->get(m_server->url(u"/silent"_s), u"a"_s, {}, context.get(),
            [&](const Result<QByteArray>&) { isAnswered = true; });
        QTRY_COMPARE(m_server->requests.size(), 1);
        context.reset();
        QTRY_COMPARE(m_server->disconnects, 1);
        QVERIFY(!isAnswered);
    }
    void droppedWithTheFetcher()
    {
        bool isAnswered = false;
        m_fetcher->get(m_server->url(u"/silent"_s), u"a"_s, {}, this,
            [&](const Result<QByteArray>&) { isAnswered = true; });
        QTRY_COMPARE(m_server->requests.size(), 1);
        m_fetcher.reset();
        QTRY_COMPARE(m_server->disconnects, 1);
        QVERIFY(!isAnswered);
    }
    void answersOnce()
    {
        m_server->answers["/"] = "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(4'000'000, 'x');
        int answers = 0;
        m_fetcher->get(m_server->url(u"/"_s), u"a"_s, {.bytes = 10}, this,
            [&](const Result<QByteArray>&) { ++answers; });
        QTRY_COMPARE(m_server->disconnects, 1);
        QTRY_VERIFY(m_fetcher->children().isEmpty());
        QCOMPARE(answers, 1);
    }

    /// What a SOCKS proxy is told: the name, unresolved, under the circuit's user.
    void throughAProxyOnItsCircuit()
    {
        QTcpServer proxy;
        QVERIFY(proxy.listen(QHostAddress::LocalHost));
        QByteArray heard;
        connect(&proxy, &QTcpServer::newConnection, this, [&] {
            QTcpSocket* socket = proxy.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [&heard, socket] {
                const QByteArray bytes = socket->readAll();
                heard += bytes;
                if (bytes.startsWith('\x05'))
                    socket->write(QByteArray::fromHex("0502")); // by user and password
                if (bytes.startsWith('\x01'))
                    socket->write(QByteArray::fromHex("0100"));
            });
        });
        const NetPolicy policy({}, u"socks5://127.0.0.1:%1"_s.arg(proxy.serverPort()));
        m_fetcher->setPolicy(policy);
        bool isAnswered = false;
        m_fetcher->get(QUrl(u"http://pictures.somewhere.com/"_s), u"circuit-7"_s, {}, this,
            [&](const Result<QByteArray>&) { isAnswered = true; });
        QTRY_VERIFY(heard.contains("pictures.somewhere.com"));
        QVERIFY(heard.contains(policy.proxy(u"circuit-7"_s).user().toLatin1()));
        QVERIFY(!heard.contains("circuit-7")); // a proxy is not told whose it is
        m_fetcher.reset();
        QVERIFY(!isAnswered);
    }
    void aProxyThatIsNotUnderstoodLetsNothingThrough()
    {
        m_server->answers["/"] = ok("hello");
        m_fetcher->setPolicy(NetPolicy({u"127.0.0.1"_s}, u"tor"_s));
        QCOMPARE(get(u"/"_s).error().code, ErrorCode::Network);
        QVERIFY(m_server->requests.isEmpty());
    }

private:
    Result<QByteArray> get(const QString& path, const FetchLimits& limits = {})
    {
        std::optional<Result<QByteArray>> answer;
        m_fetcher->get(m_server->url(path), u"a"_s, limits, this,
            [&](Result<QByteArray> result) { answer = std::move(result); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20000))
            return fail(ErrorCode::Failed, u"no answer"_s);
        return *answer;
    }

    Result<Fetcher::Posted> post(const QString& path, const QByteArray& body, const FetchLimits& limits = {})
    {
        std::optional<Result<Fetcher::Posted>> answer;
        m_fetcher->post(m_server->url(path), body, "application/json", u"a"_s, limits, this,
            [&](Result<Fetcher::Posted> result) { answer = std::move(result); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20000))
            return fail(ErrorCode::Failed, u"no answer"_s);
        return *answer;
    }

    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<Fetcher> m_fetcher;
};

QTEST_GUILESS_MAIN(FetcherTest)
#include "tst_fetcher.moc"
