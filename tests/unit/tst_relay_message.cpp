// SPDX-License-Identifier: MIT
// What relays say (NIP-01, NIP-42): each message read, all else refused.
#include "core/base/Random.h"
#include "core/nostr/Event.h"
#include "core/nostr/RelayMessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;
using nostr::RelayMessage;

namespace {

QByteArray signedJson()
{
    SystemRandom random;
    SecretBuffer bytes(32);
    bytes.edit()[31] = 1;
    const auto key = nostr::SecretKey::fromBytes(std::move(bytes));
    nostr::UnsignedEvent event;
    event.kind = 3;
    event.content = u"]]"_s;
    return nostr::toJson(*nostr::sign(event, *key, 1000, random));
}

} // namespace

class TestRelayMessage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEventIsReadWithItsOwnBytes();
    void aChangedEventIsABadEvent();
    void theOthersAreRead();
    void textsBecomeOnePlainLine();
    void whatIsNoMessageIsRefused_data();
    void whatIsNoMessageIsRefused();
    void whatIsSentNamesOneAuthor();
    void anAnswerToAChallengeNamesTheRelay();
};

void TestRelayMessage::anEventIsReadWithItsOwnBytes()
{
    const QByteArray event = signedJson();
    const auto message = nostr::parseRelayMessage(R"( ["EVENT" , "sub:1" , )" + event + " ] ");
    QVERIFY(message);
    QCOMPARE(message->type, RelayMessage::Type::Event);
    QCOMPARE(message->subscription, QByteArray("sub:1"));
    QCOMPARE(message->event->json, event);
    QVERIFY(nostr::verify(*message->event));
}

void TestRelayMessage::aChangedEventIsABadEvent()
{
    const auto message = nostr::parseRelayMessage(
        R"(["EVENT","s",)" + signedJson().replace("\"kind\":3", "\"kind\":0") + ']');
    QVERIFY(!message);
    QCOMPARE(message.error().why, Why::BadEvent);
    QCOMPARE(message.error().detail, u"hash"_s);
}

void TestRelayMessage::theOthersAreRead()
{
    const QByteArray id(64, 'a');
    const auto ok = nostr::parseRelayMessage(R"(["OK",")" + id + R"(",false,"blocked: no"])");
    QVERIFY(ok && ok->type == RelayMessage::Type::Ok && !ok->accepted);
    QCOMPARE(ok->text, u"blocked: no"_s);
    QVERIFY(nostr::parseRelayMessage(R"(["OK",")" + id + R"(",true])")->accepted);
    const auto end = nostr::parseRelayMessage(R"(["EOSE","s"])");
    QVERIFY(end && end->type == RelayMessage::Type::EndOfStored && end->subscription == "s");
    const auto closed = nostr::parseRelayMessage(R"(["CLOSED","s","auth-required: who?"])");
    QVERIFY(
        closed && closed->type == RelayMessage::Type::Closed && closed->text.startsWith("auth-required:"_L1));
    const auto notice = nostr::parseRelayMessage(R"(["NOTICE","slow down"])");
    QVERIFY(notice && notice->type == RelayMessage::Type::Notice && notice->text == "slow down"_L1);
    const auto auth = nostr::parseRelayMessage(R"(["AUTH","challenge"])");
    QVERIFY(auth && auth->type == RelayMessage::Type::Auth && auth->text == "challenge"_L1);
}

void TestRelayMessage::textsBecomeOnePlainLine()
{
    const auto notice = nostr::parseRelayMessage(R"(["NOTICE","a\nb\u001b[31m\u202ec\u0000"])");
    QVERIFY(notice);
    QCOMPARE(notice->text, u"a b [31m c"_s);
    QCOMPARE(nostr::parseRelayMessage(R"(["NOTICE",")" + QByteArray(2000, 'x') + R"("])")->text.size(), 500);
}

void TestRelayMessage::whatIsNoMessageIsRefused_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("an object") << QByteArray(R"({"a":1})");
    QTest::newRow("an unknown type") << QByteArray(R"(["COUNT","s",{"count":1}])");
    QTest::newRow("not UTF-8") << QByteArray("[\"NOTICE\",\"\xff\"]");
    QTest::newRow("cut short") << QByteArray(R"(["EOSE","s")");
    QTest::newRow("something behind it") << QByteArray(R"(["EOSE","s"]x)");
    QTest::newRow("too long a subscription") << QByteArray(R"(["EOSE",")" + QByteArray(65, 's') + R"("])");
    QTest::newRow("no id") << QByteArray(R"(["OK","ab",true,""])");
    QTest::newRow("a number for a yes") << QByteArray(R"(["OK",")" + QByteArray(64, 'a') + R"(",1,""])");
    QTest::newRow("an empty challenge") << QByteArray(R"(["AUTH",""])");
    QTest::newRow("deep") << QByteArray(R"(["EVENT","s",)" + QByteArray(1000000, '['));
}

void TestRelayMessage::whatIsNoMessageIsRefused()
{
    QFETCH(QByteArray, message);
    const auto read = nostr::parseRelayMessage(message);
    QVERIFY(!read);
    QCOMPARE(read.error().why, Why::NotThisForm);
}

void TestRelayMessage::whatIsSentNamesOneAuthor()
{
    const auto author = nostr::PublicKey::fromBytes(nostr::readEvent(signedJson())->pubkey);
    QVERIFY(author);
    const auto sent = QJsonDocument::fromJson(
        nostr::reqMessage("s", {.author = *author, .kinds = {0, 10002}, .since = 5}))
                          .array();
    QCOMPARE(sent,
        (QJsonArray{u"REQ"_s, u"s"_s,
            QJsonObject{{u"authors"_s, QJsonArray{author->hex()}}, {u"kinds"_s, QJsonArray{0, 10002}},
                {u"since"_s, 5}}}));
    QCOMPARE(nostr::closeMessage("s"), QByteArray(R"(["CLOSE","s"])"));
    QCOMPARE(nostr::eventMessage("{}"), QByteArray(R"(["EVENT",{}])"));
    QCOMPARE(nostr::authMessage("{}"), QByteArray(R"(["AUTH",{}])"));
}

void TestRelayMessage::anAnswerToAChallengeNamesTheRelay()
{
    const auto event
        = QJsonDocument::fromJson(nostr::authEvent(u"wss://relay.example"_s, u"a \"b\""_s)).object();
    QCOMPARE(event[u"kind"_s].toInt(), 22242);
    QCOMPARE(event[u"tags"_s].toArray(),
        (QJsonArray{
            QJsonArray{u"relay"_s, u"wss://relay.example"_s}, QJsonArray{u"challenge"_s, u"a \"b\""_s}}));
}

QTEST_GUILESS_MAIN(TestRelayMessage)
#include "tst_relay_message.moc"
