// SPDX-License-Identifier: MIT
#include "core/net/Lookup.h"
#include "core/net/NetPolicy.h"

#include <QTest>
#include <optional>

using namespace hatstand;
using namespace hatstand::net;
using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList kWeb{u"http"_s, u"https"_s};

Error errorOf(const NetPolicy& policy, const QString& url)
{
    const auto allowed = policy.check(QUrl(url), kWeb);
    return allowed ? Error{.detail = u"allowed"_s} : allowed.error();
}

} // namespace

class NetPolicyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addresses_data()
    {
        QTest::addColumn<bool>("isPublic");
        const auto rows = [](bool isPublic, const QByteArrayList& addresses) {
            for (const QByteArray& address : addresses)
                QTest::newRow(address.constData()) << isPublic;
        };
        rows(true,
            {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1",
                "128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
                "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
                "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
                "2606:4700:4700::1111", "2001:4860:4860::8888", "2a00::1", "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8", "2002:808:808::1"});
        rows(false,
            {"0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
                "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255",
                "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.255", "192.0.2.1", "192.88.99.1",
                "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.1",
                "203.0.113.255", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"});
        rows(false,
            {"::", "::1", "::2", "100::1", "2001::1", "2001:1ff:ffff::", "2001:db8::1", "3fff::1", "5f00::1",
                "fc00::1", "fdff::1", "fe80::1", "febf::1", "fec0::1", "feff::1", "ff00::1", "ff02::1",
                "4000::1", "1::1", "2606:4700:4700::1111%eth0"});
        rows(false,
            {"::127.0.0.1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1",
                "::ffff:192.168.1.1", "::ffff:169.254.169.254", "::ffff:0.0.0.0", "::ffff:0:127.0.0.1",
                "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b::192.168.1.1", "64:ff9b:1::8.8.8.8",
                "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::1", "2002:e000:1::1"});
    }
    void addresses()
    {
        QFETCH(bool, isPublic);
        const QHostAddress address(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(!address.isNull());
        QCOMPARE(NetPolicy::isPublic(address), isPublic);
        QCOMPARE(NetPolicy().check(u"somewhere.com"_s, {QHostAddress(u"8.8.8.8"_s), address}).has_value(),
            isPublic);
    }
    void noAddressIsNotPublic()
    {
        QVERIFY(!NetPolicy::isPublic(QHostAddress()));
        QVERIFY(!NetPolicy().check(u"somewhere.com"_s, QList<QHostAddress>()));
    }

    void urls_data()
    {
        QTest::addColumn<bool>("isAllowed");
        const auto rows = [](bool isAllowed, const QByteArrayList& urls) {
            for (const QByteArray& url : urls)
                QTest::newRow(url.constData()) << isAllowed;
        };
        rows(true,
            {"https://nostr.build/a.png", "http://nostr.build", "https://nostr.build:8443/",
                "https://8.8.8.8/", "https://[2606:4700:4700::1111]/", "https://nostr.build./",
                "https://b\xC3\xBC"
                "cher.de/",
                "https://10.0.0.1.nip.io/", "https://3.com/", "https://local.de/", "HTTPS://NOSTR.BUILD/"});
        // loopback in the ways it can be written
        rows(false,
            {"http://127.0.0.1/", "http://127.0.0.1./", "http://127.0.0.1../", "http://127.1/",
                "http://127.1./", "http://2130706433/", "http://2130706433./", "http://0x7f.1/",
                "http://0x7f000001/", "http://0X7F.0X1/", "http://0177.0.0.1/", "http://0177.1/",
                "http://017700000001/", "http://0/", "http://127.0.0.0x1/", "http://127.0.0.01/",
                "http://%31%32%37.0.0.1/", "http://127%2E1/", "http://[::1]/", "http://[::]/",
                "http://[::ffff:7f00:1]/", "http://[::ffff:127.0.0.1]/", "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
                "http://\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1/", // full-width digits
                "http://\xE2\x91\xA0\xE2\x91\xA1\xE2\x91\xA6.0.0.1/", // circled ones
                "http://127\xE3\x80\x82"
                "0\xE3\x80\x82"
                "0\xE3\x80\x82"
                "1/", // ideographic full stops
                "http://[fe80::1%25eth0]/", "http://[2606:4700:4700::1111%25eth0]/"});
        rows(false,
            {"http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://a.localhost/",
                "http://printer.local/", "http://printer.local./", "http://db.internal/",
                "http://nas.home.arpa/", "http://nas.lan/", "http://expyuzz4wqqyqhjn.onion/",
                "http://router/", "http://router./", "http://com/", "http://x.test/", "http://x.invalid/",
                "http://x.example/"});
        rows(false,
            {"http://10.0.0.1/", "http://192.168.1.1:8080/", "http://169.254.169.254/latest/meta-data"});
    }
    void urls()
    {
        QFETCH(bool, isAllowed);
        const QUrl url(QString::fromUtf8(QTest::currentDataTag()));
        const auto checked = NetPolicy().check(url, kWeb);
        QCOMPARE(checked.has_value(), isAllowed);
        if (!isAllowed && url.isValid()) {
            QCOMPARE(checked.error().code, ErrorCode::Network);
            QCOMPARE(checked.error().why, Why::AddressRefused);
        }
    }

    void formsRefused_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("password") << u"https://me:secret@nostr.build/"_s;
        QTest::newRow("user") << u"https://nostr.build@127.0.0.1/"_s;
        QTest::newRow("user alone") << u"https://me@nostr.build/"_s;
        QTest::newRow("another scheme") << u"ftp://nostr.build/"_s;
        QTest::newRow("file") << u"file:///etc/passwd"_s;
        QTest::newRow("file with a host") << u"file://nostr.build/x"_s;
        QTest::newRow("data") << u"data:image/png;base64,AAAA"_s;
        QTest::newRow("no scheme") << u"nostr.build/a.png"_s;
        QTest::newRow("no host") << u"https:///a.png"_s;
        QTest::newRow("empty") << QString();
        QTest::newRow("a space") << u"https://nostr build/"_s;
    }
    void formsRefused() // whoever was named
    {
        QFETCH(QString, url);
        for (const NetPolicy& policy : {NetPolicy(), NetPolicy({u"nostr.build"_s, u"127.0.0.1"_s}, {})})
            QCOMPARE(errorOf(policy, url).why, Why::NotThisForm);
    }

    void named_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("host") << u"relay.lan"_s << u"https://relay.lan/"_s << true;
        QTest::newRow("host, another port") << u"relay.lan"_s << u"https://relay.lan:4848/"_s << true;
        QTest::newRow("host:port") << u"relay.lan:7777"_s << u"https://relay.lan:7777/"_s << true;
        QTest::newRow("address") << u"ws://relay.lan:7777/path"_s << u"https://relay.lan/"_s << true;
        QTest::newRow("upper case") << u"Relay.LAN"_s << u"https://relay.lan/"_s << true;
        QTest::newRow("spaces") << u"  relay.lan "_s << u"https://relay.lan/"_s << true;
        QTest::newRow("dot in the name") << u"relay.lan."_s << u"https://relay.lan/"_s << true;
        QTest::newRow("dot in the address") << u"relay.lan"_s << u"https://relay.lan./"_s << true;
        QTest::newRow("not international") << u"bücher.lan"_s << u"https://xn--bcher-kva.lan/"_s << true;
        QTest::newRow("v4") << u"10.0.0.7"_s << u"http://10.0.0.7/"_s << true;
        QTest::newRow("v4:port") << u"10.0.0.7:80"_s << u"http://10.0.0.7/"_s << true;
        QTest::newRow("v4 written oddly") << u"10.0.0.7"_s << u"http://10.7/"_s << true;
        QTest::newRow("v6") << u"::1"_s << u"http://[::1]/"_s << true;
        QTest::newRow("[v6]") << u"[::1]"_s << u"http://[::1]/"_s << true;
        QTest::newRow("[v6]:port") << u"[::1]:80"_s << u"http://[::1]/"_s << true;
        QTest::newRow("v6 written long") << u"0:0:0:0:0:0:0:1"_s << u"http://[::1]/"_s << true;
        QTest::newRow("localhost") << u"localhost"_s << u"http://localhost/"_s << true;
        QTest::newRow("one word") << u"router"_s << u"http://router/"_s << true;
        QTest::newRow("below it") << u"relay.lan"_s << u"https://a.relay.lan/"_s << false;
        QTest::newRow("above it") << u"relay.lan"_s << u"https://lan/"_s << false;
        QTest::newRow("ends like it") << u"relay.lan"_s << u"https://myrelay.lan/"_s << false;
        QTest::newRow("its neighbour") << u"10.0.0.7"_s << u"http://10.0.0.8/"_s << false;
        QTest::newRow("a name is not its address") << u"localhost"_s << u"http://127.0.0.1/"_s << false;
        QTest::newRow("v4 is not mapped v4") << u"10.0.0.7"_s << u"http://[::ffff:10.0.0.7]/"_s << false;
        QTest::newRow("nothing") << QString() << u"http://localhost/"_s << false;
        QTest::newRow("everything") << u"*"_s << u"http://localhost/"_s << false;
        QTest::newRow("a whole net") << u"10.0.0.0/8"_s << u"http://10.0.0.7/"_s << false;
    }
    void named()
    {
        QFETCH(QString, name);
        QFETCH(QString, url);
        QFETCH(bool, isAllowed);
        const NetPolicy policy({name}, {});
        QCOMPARE(policy.check(QUrl(url), kWeb).has_value(), isAllowed);
        if (isAllowed) // whatever it then turns out to be
            QVERIFY(policy.check(QUrl(url).host(), {QHostAddress(u"10.1.2.3"_s)}).has_value());
    }

    void proxies_data()
    {
        QTest::addColumn<QNetworkProxy::ProxyType>("type");
        QTest::newRow("") << QNetworkProxy::NoProxy;
        QTest::newRow("socks5://127.0.0.1:9050") << QNetworkProxy::Socks5Proxy;
        QTest::newRow("socks5://tor.lan:9050/") << QNetworkProxy::Socks5Proxy;
        QTest::newRow("socks5://[::1]:9050") << QNetworkProxy::Socks5Proxy;
        QTest::newRow("http://proxy.lan:3128") << QNetworkProxy::HttpProxy;
        for (const char* refused : {"127.0.0.1:9050", "socks5://127.0.0.1", "socks5://127.0.0.1:0",
                 "socks5://127.0.0.1:70000", "socks5://:9050", "socks4://127.0.0.1:9050",
                 "socks5h://127.0.0.1:9050", "https://proxy.lan:3128", "http://me:pw@proxy.lan:3128",
                 "http://me@proxy.lan:3128", "http://proxy.lan:3128/path", "http://proxy.lan:3128?a",
                 "http://proxy.lan:3128#a", "socks5://a b:9050", " ", "none"})
            QTest::newRow(refused) << QNetworkProxy::DefaultProxy;
    }
    void proxies()
    {
        QFETCH(QNetworkProxy::ProxyType, type);
        const QString text = QString::fromLatin1(QTest::currentDataTag());
        const auto parsed = NetPolicy::parseProxy(text);
        QCOMPARE(parsed.has_value(), type != QNetworkProxy::DefaultProxy);
        if (!parsed) {
            QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
            QCOMPARE(parsed.error().why, Why::NotThisForm);
            return;
        }
        QCOMPARE(parsed->type(), type);
        const NetPolicy policy({}, text);
        QCOMPARE(policy.hasProxy(), type != QNetworkProxy::NoProxy);
        QCOMPARE(policy.proxy(u"a"_s).type(), type);
        QVERIFY(policy.check(QUrl(u"https://nostr.build/"_s), kWeb).has_value());
        QVERIFY(!policy.check(QUrl(u"http://127.0.0.1/"_s), kWeb).has_value());
    }
    void aProxyThatIsNotUnderstoodLetsNothingThrough()
    {
        const NetPolicy policy({u"relay.lan"_s}, u"sokcs5://127.0.0.1:9050"_s);
        for (const QString& url : {u"https://nostr.build/"_s, u"https://relay.lan/"_s, u"https://8.8.8.8/"_s})
            QCOMPARE(errorOf(policy, url).code, ErrorCode::Network);
        QVERIFY(!policy.check(u"relay.lan"_s, {QHostAddress(u"8.8.8.8"_s)}));
        QVERIFY(policy.hasProxy());
        QVERIFY(policy.proxy(u"a"_s).type() != QNetworkProxy::NoProxy);
        QVERIFY(policy.proxy(u"a"_s).type() != QNetworkProxy::DefaultProxy);
    }
    void eachAccountHasACircuitOfItsOwn()
    {
        const NetPolicy policy({}, u"socks5://127.0.0.1:9050"_s);
        const QNetworkProxy proxy = policy.proxy(u"account-1"_s);
        QCOMPARE(proxy.hostName(), u"127.0.0.1"_s);
        QCOMPARE(proxy.port(), 9050);
        QVERIFY(
            !proxy.user().contains(u"account-1"_s)); // it learns which belong together, not whose they are
        QCOMPARE(policy.proxy(u"account-1"_s).user(), proxy.user());
        QVERIFY(policy.proxy(u"account-2"_s).user() != proxy.user());
        QVERIFY(proxy.capabilities().testFlag(QNetworkProxy::HostNameLookupCapability));
    }
    void onionsThroughTorAlone()
    {
        const QString onion = u"http://expyuzz4wqqyqhjn.onion/"_s;
        QCOMPARE(errorOf(NetPolicy(), onion).why, Why::AddressRefused);
        QCOMPARE(errorOf(NetPolicy({}, u"http://proxy.lan:3128"_s), onion).why, Why::AddressRefused);
        QVERIFY(NetPolicy({}, u"socks5://127.0.0.1:9050"_s).check(QUrl(onion), kWeb).has_value());
    }

    void refusesBeforeALookUp()
    {
        std::optional<Result<void>> answer;
        checkReachable(NetPolicy(), QUrl(u"http://localhost/"_s), kWeb, this,
            [&](const Result<void>& result) { answer = result; });
        QVERIFY(answer);
        QCOMPARE(answer->error().why, Why::AddressRefused);
    }
    void addressesAndProxiesLookNothingUp()
    {
        int answers = 0;
        const auto count = [&](const Result<void>& result) { answers += result ? 1 : 0; };
        checkReachable(NetPolicy(), QUrl(u"https://8.8.8.8/"_s), kWeb, this, count);
        checkReachable(NetPolicy(), QUrl(u"https://[2606:4700:4700::1111]/"_s), kWeb, this, count);
        checkReachable(NetPolicy({}, u"socks5://127.0.0.1:9050"_s), QUrl(u"https://no-such-name.com/"_s),
            kWeb, this, count);
        checkReachable(NetPolicy({u"localhost"_s}, {}), QUrl(u"http://localhost/"_s), kWeb, this, count);
        QCOMPARE(answers, 4); // before the call was over: no look-up, so not even a reverse one
    }
};

QTEST_GUILESS_MAIN(NetPolicyTest)
#include "tst_net_policy.moc"
