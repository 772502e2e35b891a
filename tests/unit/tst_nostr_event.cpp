// SPDX-License-Identifier: MIT
#include "core/codec/Hex.h"
#include "core/crypto/Hash.h"
#include "core/nostr/Event.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hatstand;
using namespace hatstand::nostr;
using namespace Qt::Literals::StringLiterals;

namespace {

SecretKey keyOf(std::uint8_t last)
{
    SecretBuffer bytes(32);
    bytes.edit()[31] = last;
    return SecretKey::fromBytes(std::move(bytes)).value();
}

Event signedEvent(const UnsignedEvent& event)
{
    SystemRandom random;
    return sign(event, keyOf(1), 1700000000, random).value();
}

QByteArray minimal(const QByteArray& more)
{
    return "{\"kind\":1,\"content\":\"x\"" + (more.isEmpty() ? more : ',' + more) + '}';
}

} // namespace

class TestNostrEvent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void idAsPublished();
    void controlCharactersAreEscapedAndNothingElse();
    void whatIsNotGivenIsLeftOpen();
    void everythingElseIsDropped();
    void unsignedRefusals_data();
    void unsignedRefusals();
    void edgesAreTaken_data();
    void edgesAreTaken();
    void signingStampsWhatWasLeftOpen();
    void anotherAccountsEventIsNeverSigned();
    void eventsMadeInMemoryAreCheckedToo();
    void signedEventsComeBackTheSame_data();
    void signedEventsComeBackTheSame();
    void aChangedFieldIsNoticed_data();
    void aChangedFieldIsNoticed();
    void jsonIsCompactAndInOrder();
};

void TestNostrEvent::idAsPublished()
{
    const PublicKey one = keyOf(1).publicKey();
    const PublicKey two = keyOf(2).publicKey();
    QCOMPARE(two.hex(), u"c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"_s);
    const QString content = u"hello \"quoted\" \n tab\t \u00e9 \U0001f600"_s;
    QCOMPARE(codec::toHex(eventId(one, 1700000000, 1, {{u"p"_s, two.hex()}}, content)),
        u"f2306f56de3973ce03a6a03eb943e8bd955d9c2fe25848946e0e34224118669c"_s);
}

void TestNostrEvent::controlCharactersAreEscapedAndNothingElse()
{
    const PublicKey key = keyOf(1).publicKey();
    const QString text = u"\n\"\\\r\t\b\f"_s + QChar(1) + QChar(0x1f) + QChar(0x7f) + u"/\u2028\u00e9<&"_s;
    const QByteArray raw = "\\n\\\"\\\\\\r\\t\\b\\f\\u0001\\u001f\x7f/\xe2\x80\xa8\xc3\xa9<&";
    const QByteArray expected
        = "[0,\"" + key.hex().toLatin1() + "\",0,65535,[[\"" + raw + "\",\"\"],[]],\"" + raw + "\"]";
    QCOMPARE(eventId(key, 0, 65535, {{text, QString()}, {}}, text), crypto::sha256(bytesOf(expected)));
}

void TestNostrEvent::whatIsNotGivenIsLeftOpen()
{
    const UnsignedEvent event = parseUnsigned(R"({"kind":1,"content":"hi"})").value();
    QCOMPARE(event.kind, 1);
    QCOMPARE(event.content, u"hi"_s);
    QVERIFY(!event.pubkey);
    QVERIFY(!event.createdAt);
    QVERIFY(event.tags.isEmpty());
}

void TestNostrEvent::everythingElseIsDropped()
{
    const auto event
        = parseUnsigned(R"({"id":"nonsense","sig":7,"seen":[{"a":{}}],"kind":3,"content":"","created_at":5,)"
                        R"("tags":[["p","x"],[]]})");
    QVERIFY(event.has_value());
    QCOMPARE(event->tags, (QList<QStringList>{{u"p"_s, u"x"_s}, {}}));
    QCOMPARE(event->createdAt, 5);
    const QByteArray json = toJson(signedEvent(*event));
    QVERIFY(!json.contains("nonsense"));
    QVERIFY(!json.contains("seen"));
}

void TestNostrEvent::unsignedRefusals_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<Why>("why");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* name, const QByteArray& json, const char* field) {
        QTest::newRow(name) << json << Why::BadEvent << QString::fromLatin1(field);
    };
    QTest::newRow("empty") << QByteArray() << Why::Empty << QString();
    QTest::newRow("white space") << QByteArray(" \n") << Why::Empty << QString();
    QTest::newRow("over 4 MiB") << minimal("\"a\":\"" + QByteArray(qsizetype{4} * 1024 * 1024, 'a') + '"')
                                << Why::TooLarge << QString();
    row("not JSON", "hello", "JSON");
    row("array", "[]", "JSON");
    row("cut", R"({"kind":1,"content":"x")", "JSON");
    row("two", R"({"kind":1,"content":"x"}{})", "JSON");
    row("invalid UTF-8", "{\"kind\":1,\"content\":\"\xff\"}", "JSON");
    row("overlong UTF-8", "{\"kind\":1,\"content\":\"\xc0\x80\"}", "JSON");
    row("surrogate in UTF-8", "{\"kind\":1,\"content\":\"\xed\xa0\x80\"}", "JSON");
    row("deep", minimal("\"a\":" + QByteArray(5000, '[') + QByteArray(5000, ']')), "JSON");
    row("deep and cut", QByteArray(500000, '['), "JSON");
    row("raw tab", "{\"kind\":1,\"content\":\"a\tb\"}", "JSON");
    row("raw line break", "{\"kind\":1,\"content\":\"a\nb\"}", "JSON");
    row("raw escape", "{\"kind\":1,\"content\":\"a\x1b[2J\"}", "JSON");
    row("raw NUL", QByteArray("{\"kind\":1,\"content\":\"a\0b\"}", 26), "JSON");
    row("raw after escapes", "{\"kind\":1,\"content\":\"\\\\\\\"\n\"}", "JSON");
    row("raw in a name", "{\"kind\":1,\"content\":\"a\",\"x\ty\":1}", "JSON");
    row("NUL after it", QByteArray("{\"kind\":1,\"content\":\"a\"}\0", 25), "JSON");
    row("an escape that there is not", R"({"kind":1,"content":"\q"})", "JSON");
    row("an escaped byte order mark", "{\"kind\":1,\"content\":\"\\\xef\xbb\xbf\"}", "JSON");
    row("no kind", R"({"content":"x"})", "kind");
    row("kind as text", R"({"kind":"1","content":"x"})", "kind");
    row("kind null", R"({"kind":null,"content":"x"})", "kind");
    row("kind true", R"({"kind":true,"content":"x"})", "kind");
    row("kind -1", R"({"kind":-1,"content":"x"})", "kind");
    row("kind 65536", R"({"kind":65536,"content":"x"})", "kind");
    row("kind 1.5", R"({"kind":1.5,"content":"x"})", "kind");
    row("kind huge", R"({"kind":4294967297,"content":"x"})", "kind");
    row("kind beyond all", R"({"kind":18446744073709551617,"content":"x"})", "kind");
    row("no content", R"({"kind":1})", "content");
    row("content null", R"({"kind":1,"content":null})", "content");
    row("content object", R"({"kind":1,"content":{}})", "content");
    row("lone high surrogate", R"({"kind":1,"content":"a\ud83d"})", "content");
    row("lone low surrogate", R"({"kind":1,"content":"\ude00a"})", "content");
    row("surrogates swapped", R"({"kind":1,"content":"\ude00\ud83d"})", "content");
    row("lone surrogate in a tag", minimal(R"("tags":[["t","\ud83d"]])"), "tags");
    row("created_at null", minimal(R"("created_at":null)"), "created_at");
    row("created_at -1", minimal(R"("created_at":-1)"), "created_at");
    row("created_at text", minimal(R"("created_at":"5")"), "created_at");
    row("created_at half", minimal(R"("created_at":1.5)"), "created_at");
    row("created_at beyond exact", minimal(R"("created_at":9007199254740992)"), "created_at");
    row("tags null", minimal(R"("tags":null)"), "tags");
    row("tags object", minimal(R"("tags":{})"), "tags");
    row("tag text", minimal(R"("tags":["p"])"), "tags");
    row("tag with a number", minimal(R"("tags":[["p",1]])"), "tags");
    row("tag with a list", minimal(R"("tags":[["p",["x"]]])"), "tags");
    row("pubkey null", minimal(R"("pubkey":null)"), "pubkey");
    row("pubkey short", minimal(R"("pubkey":"79be")"), "pubkey");
    row("pubkey npub",
        minimal(R"("pubkey":"npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d")"), "pubkey");
    row("pubkey upper case",
        minimal(R"("pubkey":"79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798")"), "pubkey");
    row("pubkey off the curve",
        minimal(R"("pubkey":"eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34")"), "pubkey");
}

void TestNostrEvent::unsignedRefusals()
{
    QFETCH(QByteArray, json);
    QFETCH(Why, why);
    QFETCH(QString, field);
    const auto event = parseUnsigned(json);
    QVERIFY(!event);
    QCOMPARE(event.error().code, ErrorCode::InvalidInput);
    QCOMPARE(event.error().why, why);
    QCOMPARE(event.error().detail, field);
}

void TestNostrEvent::edgesAreTaken_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("kind 0") << QByteArray(R"({"kind":0,"content":""})");
    QTest::newRow("kind 65535") << QByteArray(R"({"kind":65535,"content":""})");
    QTest::newRow("time 0") << minimal(R"("created_at":0)");
    QTest::newRow("latest time") << minimal(R"("created_at":9007199254740991)");
    QTest::newRow("no tags") << minimal(R"("tags":[])");
    QTest::newRow("pair of surrogates") << QByteArray(R"({"kind":1,"content":"\ud83d\ude00"})");
    QTest::newRow("NUL") << QByteArray(R"({"kind":1,"content":"\u0000"})");
    QTest::newRow("large") << QByteArray(R"({"kind":1,"content":")") + QByteArray(qsizetype{1000} * 1000, 'x')
            + "\"}";
    QTest::newRow("breaks between strings") << QByteArray("{\n\t\"kind\":1,\"content\":\"\\\\\"\n}");
    QTest::newRow("spaced") << QByteArray(" {\r\n\"kind\" : 1 , \"content\" : \"x\" }\n");
}

void TestNostrEvent::edgesAreTaken()
{
    QFETCH(QByteArray, json);
    const auto event = parseUnsigned(json);
    QVERIFY(event.has_value());
    QVERIFY(parseSigned(toJson(signedEvent(*event))).has_value());
}

void TestNostrEvent::signingStampsWhatWasLeftOpen()
{
    UnsignedEvent event{.kind = 1, .content = u"hi"_s};
    QCOMPARE(signedEvent(event).createdAt, 1700000000);
    event.createdAt = 5;
    QCOMPARE(signedEvent(event).createdAt, 5);
    QCOMPARE(signedEvent(event).pubkey, keyOf(1).publicKey());
    event.pubkey = keyOf(1).publicKey();
    QCOMPARE(signedEvent(event).pubkey, keyOf(1).publicKey());
}

void TestNostrEvent::anotherAccountsEventIsNeverSigned()
{
    SystemRandom random;
    UnsignedEvent event{.kind = 1, .content = u"hi"_s};
    event.pubkey = keyOf(2).publicKey();
    QCOMPARE(sign(event, keyOf(1), 0, random).error().code, ErrorCode::WrongAccount);
}

void TestNostrEvent::eventsMadeInMemoryAreCheckedToo()
{
    SystemRandom random;
    const auto field
        = [&](const UnsignedEvent& event) { return sign(event, keyOf(1), 0, random).error().detail; };
    QCOMPARE(field({.kind = 65536}), u"kind"_s);
    QCOMPARE(field({.createdAt = -1, .kind = 1}), u"created_at"_s);
    QCOMPARE(field({.kind = 1, .content = QString(QChar(0xd800))}), u"content"_s);
    QCOMPARE(field({.kind = 1, .tags = {{QString(QChar(0xdc00))}}}), u"tags"_s);
}

void TestNostrEvent::signedEventsComeBackTheSame_data()
{
    QTest::addColumn<QString>("content");
    QTest::newRow("empty") << QString();
    QTest::newRow("plain") << u"hello"_s;
    QTest::newRow("escapes") << u"\n\"\\\r\t\b\f/"_s;
    QTest::newRow("other controls") << QChar(0) + QString(QChar(1)) + QChar(0x1b) + QChar(0x7f) + QChar(0x85);
    QTest::newRow("lines of Unicode") << u"\u2028\u2029\ufeff"_s;
    QTest::newRow("planes") << u"\u00e9\u4e2d\U0001f600\U0010ffff"_s;
    QTest::newRow("both directions") << u"\u202eabc\u05d0"_s;
    QTest::newRow("looks like JSON") << u"{\"id\":\"\\u0041\"}"_s;
}

void TestNostrEvent::signedEventsComeBackTheSame()
{
    QFETCH(QString, content);
    const Event event = signedEvent({.kind = 1, .tags = {{content, u"x"_s}, {}}, .content = content});
    const QByteArray json = toJson(event);
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(object["content"_L1].toString(), content);
    const Event back = parseSigned(json).value();
    QCOMPARE(back.id, event.id);
    QCOMPARE(back.content, content);
    QCOMPARE(back.tags, event.tags);
    QCOMPARE(back.signature, event.signature);
    QCOMPARE(toJson(back), json);
}

void TestNostrEvent::aChangedFieldIsNoticed_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const QString& field, const QJsonValue& value,
                         const QString& named) { QTest::newRow(name) << field << value << named; };
    const QString other = keyOf(2).publicKey().hex();
    row("content", u"content"_s, u"hello!"_s, u"id"_s);
    row("kind", u"kind"_s, 2, u"id"_s);
    row("created_at", u"created_at"_s, 1700000001, u"id"_s);
    row("tags", u"tags"_s, QJsonDocument::fromJson(R"([["p"]])").array(), u"id"_s);
    row("pubkey", u"pubkey"_s, other, u"id"_s);
    row("id", u"id"_s, other, u"id"_s);
    row("id short", u"id"_s, u"00"_s, u"id"_s);
    row("id gone", u"id"_s, QJsonValue::Undefined, u"id"_s);
    row("sig", u"sig"_s, other + other, u"sig"_s);
    row("sig short", u"sig"_s, other, u"sig"_s);
    row("sig gone", u"sig"_s, QJsonValue::Undefined, u"sig"_s);
    row("pubkey gone", u"pubkey"_s, QJsonValue::Undefined, u"pubkey"_s);
    row("created_at gone", u"created_at"_s, QJsonValue::Undefined, u"created_at"_s);
    row("tags gone", u"tags"_s, QJsonValue::Undefined, u"tags"_s);
}

void TestNostrEvent::aChangedFieldIsNoticed()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QFETCH(QString, named);
    QJsonObject object
        = QJsonDocument::fromJson(toJson(signedEvent({.kind = 1, .content = u"hello"_s}))).object();
    QVERIFY(parseSigned(QJsonDocument(object).toJson()).has_value());
    object[field] = value;
    if (value.isUndefined())
        object.remove(field);
    const auto event = parseSigned(QJsonDocument(object).toJson());
    QVERIFY(!event);
    QCOMPARE(event.error().why, Why::BadEvent);
    QCOMPARE(event.error().detail, named);
}

void TestNostrEvent::jsonIsCompactAndInOrder()
{
    const Event event = signedEvent({.kind = 1, .tags = {{u"t"_s, u"x"_s}}, .content = u"a\x01"_s});
    const QByteArray expected = "{\"id\":\"" + codec::toHex(event.id).toLatin1()
        + "\",\"pubkey\":\"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798\",\"created_at\":"
          "1700000000,"
          "\"kind\":1,\"tags\":[[\"t\",\"x\"]],\"content\":\"a\\u0001\",\"sig\":\""
        + codec::toHex(event.signature).toLatin1() + "\"}";
    QCOMPARE(toJson(event), expected);
}

QTEST_GUILESS_MAIN(TestNostrEvent)
#include "tst_nostr_event.moc"
