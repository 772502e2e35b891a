// SPDX-License-Identifier: MIT
#include "core/antelope/EsrRequest.h"
#include "core/codec/Base64Url.h"
#include "core/codec/Deflate.h"
#include "tests/unit/EsrStand.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;
using What = EsrRequest::What;

namespace {

QString uriOf(const QByteArray& bytes)
{
    return u"esr://"_s + codec::toBase64Url(bytesOf(bytes));
}

QString compressed(const QByteArray& body)
{
    return uriOf('\x82' + codec::deflateRaw(bytesOf(body)));
}

} // namespace

class TestEsr : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTransferByWhoeverSigns();
    void aSignedRequest();
    void anIdentityOfVersion2();
    void anIdentityOfVersion3();
    void forSeveralChains();
    void forAnyChain();
    void severalActions();
    void aTransactionOnAChainWithoutAlias();
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void otherSpellings_data();
    void otherSpellings();
    void refused_data();
    void refused();
    void aBombStops();
    void aliases();
    void callbacks_data();
    void callbacks();
};

void TestEsr::aTransferByWhoeverSigns()
{
    const auto request = EsrRequest::parse(kTransfer);
    QVERIFY(request.has_value());
    QCOMPARE(request->version, 2);
    QCOMPARE(request->chainId, kVaulta);
    QVERIFY(request->what == What::Action);
    QVERIFY(request->broadcast);
    QVERIFY(request->background);
    QVERIFY(request->callback.isEmpty());
    QVERIFY(request->info.isEmpty());
    QVERIFY(!request->signature);
    const QList<Action> actions = request->allActions();
    QCOMPARE(actions.size(), 1);
    QCOMPARE(actions[0].account.text(), u"eosio.token"_s);
    QCOMPARE(actions[0].name.text(), u"transfer"_s);
    QCOMPARE(actions[0].authorization.size(), 1);
    QCOMPARE(actions[0].authorization[0].text(), u"............1@............1"_s);
    QCOMPARE(hex(actions[0].data),
        u"0100000000000000000000000000285d01000000000000000050454e47000000135468616e6b7320666f72207468652066"
        "697368"_s);
    QVERIFY(request->isFor(kVaulta));
    QVERIFY(!request->isFor(kWax));
}

void TestEsr::aSignedRequest()
{
    const auto request = EsrRequest::parse(kSignedTransfer);
    QVERIFY(request.has_value());
    QVERIFY(request->signature.has_value());
    QCOMPARE(request->signature->signer.text(), u"foobar"_s);
    QCOMPARE(request->signature->signature,
        u"SIG_K1_KBub1qmdiPpWA2XKKEZEG3EfKJBf38GETHzbd4t3CBdWLgdvFRLCqbcUsBbbYga6jmxfdSFfodMdhMYraKLhEzjSCsiu"
        "Ms"_s);
    // The signature is over all but itself.
    const QString digest = u"b8cae594700ff11e23e1856bd99aafe012fc9fc5d913764ae64408cc9fa306e5"_s;
    QCOMPARE(codec::toHex(request->digest()), digest);
    QCOMPARE(codec::toHex(EsrRequest::parse(kTransfer)->digest()), digest);
}

void TestEsr::anIdentityOfVersion2()
{
    const auto request = EsrRequest::parse(kIdentity);
    QVERIFY(request.has_value());
    QCOMPARE(request->version, 2);
    QVERIFY(request->isIdentity());
    QVERIFY(!request->permission);
    QCOMPARE(request->callback, u"https://ch.anchor.link/1234-4567-8900"_s);
    QVERIFY(request->background);
    QVERIFY(!request->broadcast);
    QVERIFY(request->allActions().isEmpty());
    QCOMPARE(request->encode(), kIdentity); // not longer for being compressed
    const auto named = EsrRequest::parse(u"esr://gmNgZGZkAAONWAi9zpJJOKOkpKDYSl8_tSIxtyAnVS85P5cBAA"_s);
    QVERIFY(named.has_value());
    QCOMPARE(named->permission->text(), u"foo@bar"_s);
    QCOMPARE(named->scope.value(), quint64{0});
}

void TestEsr::anIdentityOfVersion3()
{
    const auto scoped = EsrRequest::parse(u"esr://g2NgZP4PBQxMwhklJQXFVvr6qRWJuQU5qXrJ-bkMAA"_s);
    QVERIFY(scoped.has_value());
    QCOMPARE(scoped->version, 3);
    QCOMPARE(scoped->scope.value(), ~quint64{0});
    QVERIFY(!scoped->permission);
    const auto named
        = EsrRequest::parse(u"esr://g2NgZGZgYHAI7downZEBDDRiIfQ6SybhjJKSgmIrff3UisTcgpxUveT8XAYA"_s);
    QVERIFY(named.has_value());
    QCOMPARE(named->scope.text(), u"myscope"_s);
    QCOMPARE(named->permission->text(), u"foo@bar"_s);
}

void TestEsr::forSeveralChains()
{
    auto request = EsrRequest::parse(kMultiChain);
    QVERIFY(request.has_value());
    QVERIFY(request->chainId.isEmpty());
    QCOMPARE(request->chainIds, QStringList({kVaulta, kWax}));
    QCOMPARE(request->callback, u"myapp://login={{cid}}"_s);
    QCOMPARE(request->scope.text(), u"foo"_s);
    QVERIFY(request->isFor(kWax));
    QVERIFY(request->isFor(kVaulta));
    QVERIFY(!request->isFor(kJungle4));
    const EsrRequest whole = *request;
    request->info.clear(); // as one has it who makes a request: the info follows from the chains
    QVERIFY(EsrRequest::parse(request->encode()).value() == whole);
    QVERIFY(request->digest() == whole.digest());
}

void TestEsr::forAnyChain()
{
    const auto request = EsrRequest::parse(u"esr://g2NgYGYAA41YBgbhjJKSgmIrff3UisTcgpxUveT8XAYA"_s);
    QVERIFY(request.has_value());
    QVERIFY(request->chainId.isEmpty());
    QVERIFY(request->chainIds.isEmpty());
    QVERIFY(request->isFor(kJungle4));
}

void TestEsr::severalActions()
{
    const auto request = EsrRequest::parse(
        u"esr://"
        u"gmNgZGRiWNZkwvzKIJSBgSFc1-bsWUYGMNCIBZEr3hoZ6SALMDCss3zBDGExu_oHg2jujNScnHyFkozUolQcpu2zRDMNIkDI"
        "NGa5jJKSgmIrff3UisTcgpxUveT8XH37kgrb6uqSitpaBgA"_s);
    QVERIFY(request.has_value());
    QVERIFY(request->what == What::Actions);
    QCOMPARE(request->allActions().size(), 2);
    QCOMPARE(request->allActions()[1].authorization[0].text(), u"baz@active"_s);
    QCOMPARE(request->callback, u"https://example.com/?tx={{tx}}"_s);
}

void TestEsr::aTransactionOnAChainWithoutAlias()
{
    const auto request
        = EsrRequest::parse(u"esr://"
                            u"gmMsfmIRpc7x7DpLh8nvg-zz9VdvrLYRihbJ-mIxXW5CYY4vEwMCJFczMDIsazJhfmUQysDAEK5rc_"
                            u"YsIyNUEqZQD11AQB1Cs7j6"
                            "B4NoXj0kYMjAIJdRUlJQbKWvn1qRmFuQk6qXnJ-rb19SYVtdXVJRW8vInJafz5yUWAQA"_s);
    QVERIFY(request.has_value());
    QCOMPARE(request->chainId, kJungle4);
    QVERIFY(request->what == What::Transaction);
    QCOMPARE(request->transaction.header.delaySec, 123U);
    QCOMPARE(request->transaction.header.maxCpuUsageMs, quint8{99});
    QVERIFY(!request->broadcast);
    QVERIFY(request->infoOf(u"foo"_s) == "bar"_ba);
    QVERIFY(!request->infoOf(u"bar"_s));
}

void TestEsr::comesBackAsItWas_data()
{
    QTest::addColumn<QString>("uri");
    QTest::newRow("action") << kTransfer;
    QTest::newRow("signed") << kSignedTransfer;
    QTest::newRow("identity") << kIdentity;
    QTest::newRow("several chains") << kMultiChain;
    QTest::newRow("any chain") << u"esr://g2NgYGYAA41YBgbhjJKSgmIrff3UisTcgpxUveT8XAYA"_s;
}

void TestEsr::comesBackAsItWas()
{
    QFETCH(QString, uri);
    const auto request = EsrRequest::parse(uri);
    QVERIFY(request.has_value());
    const QString encoded = request->encode();
    QVERIFY(encoded.size() <= uri.size());
    const auto again = EsrRequest::parse(encoded);
    QVERIFY(again.has_value());
    QVERIFY(*again == *request);
    QVERIFY(again->digest() == request->digest());
}

void TestEsr::otherSpellings_data()
{
    QTest::addColumn<QString>("uri");
    const QString packed = kSignedTransfer.mid(6);
    QTest::newRow("without slashes") << u"esr:"_s + packed;
    QTest::newRow("for browsers") << u"web+esr:"_s + packed;
    QTest::newRow("for browsers, with slashes") << u"web+esr://"_s + packed;
    QTest::newRow("Anchor's own") << u"esr-anchor:"_s + packed;
    QTest::newRow("upper-case scheme") << u"ESR://"_s + packed;
    QTest::newRow("white space around") << u"  esr://"_s + packed + u"\n"_s;
    QTest::newRow("the other alphabet")
        << u"esr://"_s + QString(packed).replace(u'-', u'+').replace(u'_', u'/');
    QTest::newRow("padding") << u"esr://"_s + packed + QString((4 - packed.size() % 4) % 4, u'=');
}

void TestEsr::otherSpellings()
{
    QFETCH(QString, uri);
    const auto request = EsrRequest::parse(uri);
    QVERIFY(request.has_value());
    QVERIFY(*request == *EsrRequest::parse(kSignedTransfer));
}

void TestEsr::refused_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<Why>("why");
    QTest::newRow("empty") << QString() << Why::NotThisForm;
    QTest::newRow("no colon") << u"nocolon"_s << Why::NotThisForm;
    QTest::newRow("another scheme") << u"https://gmNgZG"_s << Why::NotThisForm;
    QTest::newRow("no base64") << u"esr://A*"_s << Why::NotThisForm;
    QTest::newRow("beyond Latin") << u"esr://Ag\u0416"_s << Why::NotThisForm;
    QTest::newRow("nothing") << u"esr://"_s << Why::UnsupportedVersion;
    QTest::newRow("version 0") << u"esr:AA"_s << Why::UnsupportedVersion;
    QTest::newRow("version 5") << u"esr://BQ"_s << Why::UnsupportedVersion;
    QTest::newRow("version alone") << u"esr://Ag"_s << Why::Malformed;
    QTest::newRow("no deflate") << uriOf(fromHex("82ffffff")) << Why::BadCompression;
    QTest::newRow("more than the deflated")
        << uriOf('\x82' + codec::deflateRaw(bytesOf(fromHex("0001030000000000"))) + 'x')
        << Why::BadCompression;
    const QByteArray identity = fromHex("02000103000000"
                                        "00");
    QTest::newRow("whole, to compare") << uriOf(identity) << Why::Unsaid;
    QTest::newRow("cut short") << uriOf(identity.chopped(1)) << Why::Malformed;
    QTest::newRow("trailing byte") << uriOf(identity + '\0') << Why::TrailingBytes;
    QTest::newRow("trailing bytes as many as a signature")
        << uriOf(identity + QByteArray(74, '\x07')) << Why::Malformed;
    QTest::newRow("after the signature")
        << uriOf(identity + QByteArray(74, '\0') + '\0') << Why::TrailingBytes;
    QTest::newRow("identity to be sent") << uriOf(fromHex("0200010300010000")) << Why::IdentityIsNotSent;
    QTest::newRow("unknown flag") << uriOf(fromHex("0200010300040000")) << Why::Malformed;
    QTest::newRow("unknown kind of request") << uriOf(fromHex("0200010400000000")) << Why::Malformed;
    QTest::newRow("unknown form of a chain") << uriOf(fromHex("0202010300000000")) << Why::Malformed;
    QTest::newRow("neither there nor not") << uriOf(fromHex("0200010302000000")) << Why::Malformed;
    QTest::newRow("callback no UTF-8") << uriOf(fromHex("020001030000"
                                                        "01ff00"))
                                       << Why::Malformed;
    QTest::newRow("callback to a file")
        << uriOf(fromHex("020001030000") + '\x08' + "file:///"_ba + '\0') << Why::BadCallback;
    const QByteArray chains = fromHex("030000030000000000000000000000"
                                      "01")
        + '\x09' + "chain_ids"_ba;
    QTest::newRow("for no chain") << uriOf(chains + fromHex("0100")) << Why::Malformed;
    QTest::newRow("any chain among some") << uriOf(chains + fromHex("050200010000")) << Why::Malformed;
    QTest::newRow("chains cut short") << uriOf(chains + fromHex("03020001")) << Why::Malformed;
    QTest::newRow("more than the chains") << uriOf(chains + fromHex("0401000100")) << Why::TrailingBytes;
    QTest::newRow("too long") << u"esr://"_s + QString(kLongestRequest, u'A') << Why::TooLarge;
    QByteArray many = fromHex("02000101c801");
    many += QByteArray(200 * 18, '\0') + fromHex("000000");
    QTest::newRow("200 actions") << compressed(many.mid(1)) << Why::Malformed;
}

void TestEsr::refused()
{
    QFETCH(QString, uri);
    QFETCH(Why, why);
    const auto request = EsrRequest::parse(uri);
    if (why == Why::Unsaid) {
        QVERIFY(request.has_value());
        return;
    }
    QVERIFY(!request.has_value());
    QCOMPARE(request.error().code, ErrorCode::InvalidInput);
    QCOMPARE(request.error().why, why);
}

void TestEsr::aBombStops()
{
    QByteArray body = fromHex("0001030000");
    body += fromHex("000101"
                    "61"
                    "80804000")
        + QByteArray(1 << 20, '\0'); // info of 1 MiB
    const QString uri = compressed(body);
    QVERIFY(uri.size() < 4096);
    const auto request = EsrRequest::parse(uri);
    QVERIFY(!request.has_value());
    QCOMPARE(request.error().why, Why::BadCompression);
}

void TestEsr::aliases()
{
    QCOMPARE(chainOfAlias(1), kVaulta);
    QCOMPARE(chainOfAlias(10), kWax);
    QVERIFY(chainOfAlias(0).isEmpty());
    QVERIFY(chainOfAlias(13).isEmpty());
    QVERIFY(chainOfAlias(255).isEmpty());
    for (quint8 alias = 1; alias <= 12; ++alias) {
        QCOMPARE(chainOfAlias(alias).size(), 64);
        QCOMPARE(aliasOfChain(chainOfAlias(alias)), alias);
    }
    QCOMPARE(aliasOfChain(QString()), quint8{0});
    QCOMPARE(aliasOfChain(kJungle4), quint8{0});
    const auto unknown = EsrRequest::parse(uriOf(fromHex("02000d0300000000")));
    QVERIFY(!unknown.has_value());
    QCOMPARE(unknown.error().code, ErrorCode::UnknownChain);
    QCOMPARE(unknown.error().detail, u"13"_s);
}

void TestEsr::callbacks_data()
{
    QTest::addColumn<QString>("callback");
    QTest::addColumn<bool>("opened");
    QTest::addColumn<bool>("posted");
    const auto row = [](const char* text, bool opened, bool posted) {
        QTest::newRow(text) << QString::fromUtf8(text) << opened << posted;
    };
    row("https://example.com", true, true);
    row("http://localhost:8080/x?tx={{tx}}", true, true);
    row("HTTPS://Example.COM/{{sig}}", true, true);
    row("https://example.com?tx={{tx}}", true, true);
    row("https://[::1]:80/", true, true);
    row("https://example.com/päth", true, true);
    row("myapp://login={{cid}}", true, false);
    row("my.app+x-y:whatever", true, false);
    for (const char* refused : {"", "example.com", "//example.com", ":x", "1x://y", "file:///etc/passwd",
             "FILE:///x", "javascript:alert(1)", "JavaScript:x", "data:text/html,x", "vbscript:x",
             "about:blank", "blob:https://x", "qrc:/x", "desktop:x", "ms-msdt:/id", "search-ms:query",
             "ssh://host", "smb://host/x", "jar:file:///x", "view-source:file:///x", "esr://AgABAwAAAA",
             "web+esr:AgAB", "bunker://x", "https:", "https://", "https:///x", "https:example.com",
             "https:/example.com", "http://?x", "https://user@example.com", "https://user:word@example.com/",
             "https://{{sa}}.example.com/", "https://example.com{{tx}}", "https://example.com:{{bn}}/",
             "https://example.com\\@other.example/", "https://exämple.com/", "https://example.com:/",
             "https://example.com:123456/", "https://example%2ecom/", "https://exa mple.com/",
             "https://example.com/\n", "https://example.com/\x01", "https://\x7f.com", "java\nscript:x",
             " javascript:x", "myapp://löl", "myapp://a\\b", "myapp:x\ny"})
        row(refused, false, false);
}

void TestEsr::callbacks()
{
    QFETCH(QString, callback);
    QFETCH(bool, opened);
    QFETCH(bool, posted);
    QCOMPARE(checkCallback(callback, false).has_value(), opened);
    const auto background = checkCallback(callback, true);
    QCOMPARE(background.has_value(), posted);
    if (!background)
        QCOMPARE(background.error().why, Why::BadCallback);
}

QTEST_GUILESS_MAIN(TestEsr)
#include "tst_esr.moc"
