// SPDX-License-Identifier: MIT
#include "core/accounts/Nip05.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::accounts;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString kKey(64, u'a');

} // namespace

class TestNip05 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whereToAsk_data();
    void whereToAsk();
    void whatIsNoAddressIsNotAsked_data();
    void whatIsNoAddressIsNotAsked();
    void whatTheDomainSays_data();
    void whatTheDomainSays();
    void relaysOfTheKeyAlone();
    void whatIsNoAnswer_data();
    void whatIsNoAnswer();
};

void TestNip05::whereToAsk_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("url");
    const auto row = [](const QString& address, const QString& url) {
        QTest::newRow(qPrintable(address)) << address << url;
    };
    row(u"al@example.com"_s, u"https://example.com/.well-known/nostr.json?name=al"_s);
    row(u"example.com"_s, u"https://example.com/.well-known/nostr.json?name=_"_s);
    row(u"_@example.com"_s, u"https://example.com/.well-known/nostr.json?name=_"_s);
    row(u"A.L-1_@Example.COM"_s, u"https://example.com/.well-known/nostr.json?name=a.l-1_"_s);
    row(u"al@example.com:8443"_s, u"https://example.com:8443/.well-known/nostr.json?name=al"_s);
    row(u"al@bücher.example"_s, u"https://xn--bcher-kva.example/.well-known/nostr.json?name=al"_s);
}

void TestNip05::whereToAsk()
{
    QFETCH(QString, address);
    QFETCH(QString, url);
    const auto where = nip05Url(address);
    QVERIFY(where);
    QCOMPARE(where->toString(QUrl::FullyEncoded), url);
}

void TestNip05::whatIsNoAddressIsNotAsked_data()
{
    QTest::addColumn<QString>("address");
    for (const QString& address : {QString(), u"@"_s, u"@example.com"_s, u"al@"_s, u"al@example.com/x"_s,
             u"al@example.com/"_s, u"al@example.com?x"_s, u"al@example.com#x"_s, u"al@user@example.com"_s,
             u"al@user:secret@example.com"_s, u"a+l@example.com"_s, u"a&name=b@example.com"_s,
             u"äl@example.com"_s, u"a l@example.com"_s, u"al@exa mple.com"_s, u"al@example.com:0x50"_s,
             u"al@example.com\n"_s, u"al@"_s + QString(320, u'a')})
        QTest::newRow(qPrintable(u"<%1>"_s.arg(address.left(40)))) << address;
}

void TestNip05::whatIsNoAddressIsNotAsked()
{
    QFETCH(QString, address);
    const auto where = nip05Url(address);
    QVERIFY2(!where, qPrintable(where.value_or(QUrl()).toString()));
    QCOMPARE(where.error().why, Why::NotThisForm);
}

void TestNip05::whatTheDomainSays_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isThis");
    const QByteArray key = kKey.toLatin1();
    QTest::newRow("this") << "{\"al\":\"" + key + "\"}" << u"al@example.com"_s << true;
    QTest::newRow("in capitals") << "{\"al\":\"" + key + "\"}" << u"AL@example.com"_s << true;
    QTest::newRow("the domain's") << "{\"_\":\"" + key + "\"}" << u"example.com"_s << true;
    QTest::newRow("another key") << "{\"al\":\"" + key.chopped(1) + "b\"}" << u"al@example.com"_s << false;
    QTest::newRow("another name") << "{\"bo\":\"" + key + "\"}" << u"al@example.com"_s << false;
    QTest::newRow("part of it") << "{\"al\":\"" + key.chopped(1) + "\"}" << u"al@example.com"_s << false;
    QTest::newRow("key in capitals") << "{\"al\":\"" + key.toUpper() + "\"}" << u"al@example.com"_s << false;
    QTest::newRow("no text") << "{\"al\":[\"" + key + "\"]}" << u"al@example.com"_s << false;
    QTest::newRow("nobody") << "{}"_ba << u"al@example.com"_s << false;
}

void TestNip05::whatTheDomainSays()
{
    QFETCH(QByteArray, names);
    QFETCH(QString, address);
    QFETCH(bool, isThis);
    const auto answer = parseNip05("{\"names\":" + names + '}', address, kKey);
    QVERIFY(answer);
    QCOMPARE(answer->isThis, isThis);
    QCOMPARE(answer->relays, QStringList());
}

void TestNip05::relaysOfTheKeyAlone()
{
    const QByteArray key = kKey.toLatin1();
    QByteArray relays = R"("WSS://One.example/","wss://one.example",7,"http://no.example","no")";
    for (int i = 0; i < 20; ++i)
        relays += ",\"wss://r" + QByteArray::number(i) + ".example\"";
    const QByteArray json = "{\"names\":{\"al\":\"" + key + "\"},\"relays\":{\"" + key + "\":[" + relays
        + "],\"" + QByteArray(64, 'b') + "\":[\"wss://other.example\"]}}";
    const auto answer = parseNip05(json, u"al@example.com"_s, kKey).value();
    QCOMPARE(answer.relays.size(), 8);
    QCOMPARE(answer.relays.mid(0, 2), (QStringList{u"wss://one.example"_s, u"wss://r0.example"_s}));
    QVERIFY(parseNip05(json, u"bo@example.com"_s, kKey)->relays.isEmpty());
}

void TestNip05::whatIsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a page") << "<html>"_ba;
    QTest::newRow("a list") << "[]"_ba;
    QTest::newRow("no names") << "{\"relays\":{}}"_ba;
    QTest::newRow("names of no form") << "{\"names\":[]}"_ba;
    QTest::newRow("half") << "{\"names\":{\"al\":"_ba;
    QTest::newRow("deep") << QByteArray(100000, '[');
}

void TestNip05::whatIsNoAnswer()
{
    QFETCH(QByteArray, json);
    const auto answer = parseNip05(json, u"al@example.com"_s, kKey);
    QVERIFY(!answer);
    QCOMPARE(answer.error().why, Why::NotThisForm);
}

QTEST_GUILESS_MAIN(TestNip05)
#include "tst_nip05.moc"
