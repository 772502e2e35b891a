// SPDX-License-Identifier: MIT
// Events as relays send them: what is read is what was signed, and what was not is refused.
#include "core/base/Random.h"
#include "core/nostr/Event.h"
#include "core/nostr/WireEvent.h"

#include <QTest>
#include <QThreadPool>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

nostr::SecretKey keyOf(quint8 number)
{
    SecretBuffer bytes(32);
    bytes.edit()[31] = number;
    return std::move(*nostr::SecretKey::fromBytes(std::move(bytes)));
}

QByteArray signedJson(
    const QString& content, const QList<QStringList>& tags = {}, qint64 createdAt = 1700000000)
{
    SystemRandom random;
    nostr::UnsignedEvent event;
    event.kind = 1;
    event.createdAt = createdAt;
    event.content = content;
    event.tags = tags;
    return nostr::toJson(*nostr::sign(event, keyOf(1), createdAt, random));
}

QString whyNot(const QByteArray& json)
{
    const auto event = nostr::readEvent(json);
    return event ? u"taken"_s : event.error().detail;
}

} // namespace

class TestWireEvent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theIdIsThatOfNip01();
    void whatWasSignedIsReadAndVerified_data();
    void whatWasSignedIsReadAndVerified();
    void spellingDoesNotMatterToTheId();
    void aForgedEventIsRefused();
    void aForeignSignatureIsFound();
    void everyTruncationIsRefused();
    void whatIsNoEventIsRefused_data();
    void whatIsNoEventIsRefused();
    void manyAreVerifiedInTheirOrder();
    void theNewerOneReplaces();
    void tagsAreReadAsTheyCame();
};

/// CONFORMANCE 36.
void TestWireEvent::theIdIsThatOfNip01()
{
    const QString second = u"c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"_s;
    const auto event = nostr::readEvent(signedJson(u"hello \"quoted\" \n tab\t é 😀"_s, {{u"p"_s, second}}));
    QVERIFY(event);
    QCOMPARE(toQByteArray(event->id).toHex(),
        QByteArray("f2306f56de3973ce03a6a03eb943e8bd955d9c2fe25848946e0e34224118669c"));
}

void TestWireEvent::whatWasSignedIsReadAndVerified_data()
{
    QTest::addColumn<QString>("content");
    QTest::newRow("empty") << QString();
    QTest::newRow("plain") << u"plain"_s;
    QTest::newRow("escapes") << u"\"\\/\b\f\n\r\t end"_s;
    QTest::newRow("control characters") << (u"a"_s + QChar(1) + QChar(0x1f) + QChar(0x7f));
    QTest::newRow("byte order mark") << (QChar(0xfeff) + u"marked"_s);
    QTest::newRow("byte order marks") << (QString(2, QChar(0xfeff)) + u"marked"_s);
    QTest::newRow("emoji and bidi") << (u"😀é"_s + QChar(0x202e) + QChar(0x2028));
    QTest::newRow("backslashes") << u"\\\\\\\""_s;
    QTest::newRow("json inside") << u"{\"tags\":[[\"p\"]],\"content\":\"]}\"}"_s;
}

void TestWireEvent::whatWasSignedIsReadAndVerified()
{
    QFETCH(QString, content);
    const QByteArray json = signedJson(content, {{u"t"_s, content}, {}, {u"]"_s, u"["_s, content}});
    const auto event = nostr::readEvent(json);
    QVERIFY2(event, qPrintable(event ? QString() : event.error().detail));
    QVERIFY(nostr::verify(*event));
    QCOMPARE(event->content(), content);
    QCOMPARE(event->json, json);
    QCOMPARE(event->createdAt, 1700000000);
    QCOMPARE(event->kind, 1);
}

void TestWireEvent::spellingDoesNotMatterToTheId()
{
    QByteArray json = signedJson(u"a/b é"_s + QChar(0xfeff));
    json.replace("a/b é\xef\xbb\xbf", "a\\/b \\u00e9\\ufeff");
    json.replace(",\"kind\":1", " ,\n\t\"k\\u0069nd\" : 1");
    json.insert(1, R"("relay":{"x":[1,-2.5e3,null,true,{"y":[]}]},)");
    const auto event = nostr::readEvent(json);
    QVERIFY2(event, qPrintable(event ? QString() : event.error().detail));
    QVERIFY(nostr::verify(*event));
    QCOMPARE(event->content(), u"a/b é"_s + QChar(0xfeff));
}

/// What NDK takes: its check of a signature never looks whether the id is the content's.
void TestWireEvent::aForgedEventIsRefused()
{
    QCOMPARE(whyNot(signedJson(u"honest"_s).replace("honest", "forged")), u"hash"_s);
    QCOMPARE(whyNot(signedJson(u"x"_s).replace("1700000000", "1700000001")), u"hash"_s);
    QCOMPARE(whyNot(signedJson(u"x"_s).replace("\"kind\":1", "\"kind\":3")), u"hash"_s);
}

void TestWireEvent::aForeignSignatureIsFound()
{
    const auto other = nostr::readEvent(signedJson(u"other"_s));
    auto event = nostr::readEvent(signedJson(u"one"_s));
    QVERIFY(event && other);
    event->signature = other->signature;
    QVERIFY(!nostr::verify(*event));
    event->pubkey.fill(0xff); // on no curve
    QVERIFY(!nostr::verify(*event));
}

void TestWireEvent::everyTruncationIsRefused()
{
    const QByteArray json = signedJson(u"with \\ and \" é 😀"_s, {{u"p"_s, u"x\n"_s}});
    QCOMPARE(whyNot(json), u"taken"_s);
    for (qsizetype size = 0; size < json.size(); ++size)
        QVERIFY2(whyNot(json.left(size)) != "taken"_L1, json.left(size));
}

void TestWireEvent::whatIsNoEventIsRefused_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("field");
    QTest::newRow("not UTF-8") << QByteArray("text") << QByteArray("te\xfft") << u"JSON"_s;
    QTest::newRow("half a surrogate pair") << QByteArray("text") << QByteArray("\\ud83d") << u"content"_s;
    QTest::newRow("an unknown escape") << QByteArray("text") << QByteArray("\\x41") << u"content"_s;
    QTest::newRow("a raw line break") << QByteArray("text") << QByteArray("te\nxt") << u"content"_s;
    QTest::newRow("a tag that is no array")
        << QByteArray("[[\"t\"") << QByteArray("[\"t\",[\"t\"") << u"tags"_s;
    QTest::newRow("nested tags") << QByteArray("[[\"t\"") << QByteArray("[[[\"t\"]") << u"tags"_s;
    QTest::newRow("deeply nested") << QByteArray("\"kind\"")
                                   << QByteArray("\"x\":" + QByteArray(100000, '[') + ",\"kind\"")
                                   << u"JSON"_s;
    QTest::newRow("a field twice") << QByteArray("\"kind\":1") << QByteArray("\"kind\":1,\"kind\":1")
                                   << u"kind"_s;
    QTest::newRow("and by another spelling")
        << QByteArray("\"kind\":1") << QByteArray("\"kind\":1,\"\\u006bind\":1") << u"kind"_s;
    QTest::newRow("a field missing") << QByteArray("\"kind\":1,") << QByteArray() << u"kind"_s;
    QTest::newRow("a fraction") << QByteArray("\"kind\":1") << QByteArray("\"kind\":1.0") << u"kind"_s;
    QTest::newRow("too high a kind") << QByteArray("\"kind\":1") << QByteArray("\"kind\":65536") << u"kind"_s;
    QTest::newRow("a time before all") << QByteArray("1700000000") << QByteArray("-1") << u"created_at"_s;
    QTest::newRow("a time without end")
        << QByteArray("1700000000") << QByteArray("99999999999999999999") << u"created_at"_s;
    QTest::newRow("upper case id") << QByteArray("\"id\":\"") << QByteArray("\"id\":\"A") << u"id"_s;
    QTest::newRow("something behind it")
        << QByteArray("\"sig\"") << QByteArray("\"sig\":1}{\"x\"") << u"sig"_s;
}

void TestWireEvent::whatIsNoEventIsRefused()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, field);
    QByteArray json = signedJson(u"text"_s, {{u"t"_s}});
    QVERIFY(json.contains(from));
    json.replace(json.indexOf(from), from.size(), to);
    QCOMPARE(whyNot(json), field);
}

void TestWireEvent::manyAreVerifiedInTheirOrder()
{
    QThreadPool pool;
    pool.setMaxThreadCount(3);
    QList<nostr::WireEvent> events;
    QList<bool> expected;
    for (int i = 0; i < 20; ++i) {
        events += nostr::readEvent(signedJson(QString::number(i))).value();
        if (i % 3 == 1)
            events.back().signature[40] ^= 1;
        expected += i % 3 != 1;
    }
    QCOMPARE(nostr::verifyAll(events, pool), expected);
    QCOMPARE(nostr::verifyAll({}, pool), QList<bool>());
}

void TestWireEvent::theNewerOneReplaces()
{
    auto one = nostr::readEvent(signedJson(u"one"_s, {}, 1000)).value();
    auto two = nostr::readEvent(signedJson(u"two"_s, {}, 1001)).value();
    QVERIFY(nostr::replaces(two, one));
    QVERIFY(!nostr::replaces(one, two));
    two = nostr::readEvent(signedJson(u"two"_s, {}, 1000)).value();
    QCOMPARE(nostr::replaces(one, two), one.id < two.id);
    QCOMPARE(nostr::replaces(two, one), two.id < one.id);
    QVERIFY(!nostr::replaces(one, one));
}

void TestWireEvent::tagsAreReadAsTheyCame()
{
    const auto event = nostr::readEvent(signedJson({}, {{u"p"_s, u"a]b"_s, u"q\"["_s}, {}, {u"t"_s}}));
    QVERIFY(event);
    nostr::TagReader tags(event->tags());
    QList<QStringList> read;
    QByteArrayView item;
    while (tags.nextTag()) {
        QStringList items;
        while (tags.nextItem(item))
            items += nostr::TagReader::text(item);
        if (read.isEmpty())
            QCOMPARE(tags.tag().toByteArray(), QByteArray(R"(["p","a]b","q\"["])"));
        read += items;
    }
    QCOMPARE(read, (QList<QStringList>{{u"p"_s, u"a]b"_s, u"q\"["_s}, {}, {u"t"_s}}));
}

QTEST_GUILESS_MAIN(TestWireEvent)
#include "tst_wire_event.moc"
