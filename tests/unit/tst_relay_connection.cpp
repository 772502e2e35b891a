// SPDX-License-Identifier: MIT
#include "core/nostr/Event.h"
#include "core/relay/RelayConnection.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace hatstand;
using namespace hatstand::relay;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Verdict = RelayConnection::Verdict;

namespace {

constexpr qint64 kNow = 1700000000;

class FixedClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromSecsSinceEpoch(kNow, Qt::UTC); }
};

class Switch final : public net::Reachability
{
public:
    [[nodiscard]] bool isOnline() const override { return m_online; }
    void set(bool online)
    {
        m_online = online;
        Q_EMIT changed(online);
    }

private:
    bool m_online = true;
};

nostr::SecretKey keyOf(std::uint8_t last)
{
    SecretBuffer bytes(32);
    bytes.edit()[31] = last;
    return nostr::SecretKey::fromBytes(std::move(bytes)).value();
}

QByteArray signedBy(std::uint8_t key, int kind, const QString& content, qint64 at = kNow)
{
    SystemRandom random;
    nostr::UnsignedEvent event;
    event.kind = kind;
    event.content = content;
    event.createdAt = at;
    return nostr::toJson(nostr::sign(event, keyOf(key), kNow, random).value());
}

QByteArray idOf(const QByteArray& event)
{
    return QJsonDocument::fromJson(event).object().value(u"id"_s).toString().toLatin1();
}

/// A relay that says what the test tells it to.
class Relay : public QObject
{
public:
    explicit Relay(quint16 port = 0)
        : m_server(u"relay"_s, QWebSocketServer::NonSecureMode)
    {
        m_server.listen(QHostAddress::LocalHost, port);
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
            ++connections;
            peer = m_server.nextPendingConnection();
            peer->setParent(this);
            connect(peer, &QWebSocket::textMessageReceived, this,
                [this](const QString& text) { got.append(text); });
        });
    }
    [[nodiscard]] QString url() const { return u"ws://127.0.0.1:%1"_s.arg(m_server.serverPort()); }
    void say(const QByteArray& text) const { peer->sendTextMessage(QString::fromUtf8(text)); }
    void give(const QByteArray& event) const { say(R"(["EVENT","s",)" + event + ']'); }
    [[nodiscard]] qsizetype count(const QString& start) const
    {
        return std::count_if(got.begin(), got.end(), [&](const QString& m) { return m.startsWith(start); });
    }

    int connections = 0;
    QWebSocket* peer = nullptr;
    QStringList got;

private:
    QWebSocketServer m_server;
};

struct Stage
{
    explicit Stage(const RelayLimits& limits = {}, const QStringList& named = {u"127.0.0.1"_s})
        : connection(relay.url(), {net::NetPolicy(named, {}), online, clock, random, u"a"_s, limits})
    {
    }
    void ask(const QList<int>& kinds = {0, 3})
    {
        connection.subscribe("s", {.author = keyOf(1).publicKey(), .kinds = kinds});
        connection.open();
        QTRY_COMPARE(relay.count(u"[\"REQ\",\"s\""_s), 1);
    }
    /// The end of stored events is behind all that was said before.
    void settle()
    {
        const auto before = ends.size();
        relay.say(R"(["EOSE","s"])");
        QTRY_COMPARE(ends.size(), before + 1);
    }
    [[nodiscard]] int refused(Refusal refusal) const { return connection.status().refusals.value(refusal); }

    Relay relay;
    Switch online;
    FixedClock clock;
    SystemRandom random;
    RelayConnection connection;
    QSignalSpy events{&connection, &RelayConnection::eventReceived};
    QSignalSpy ends{&connection, &RelayConnection::endOfStored};
    QSignalSpy published{&connection, &RelayConnection::published};
    QSignalSpy closed{&connection, &RelayConnection::subscriptionClosed};
    QSignalSpy failures{&connection, &RelayConnection::failed};
};

RelayLimits quick()
{
    return {.connecting = 300ms, .firstWait = 10ms, .longestWait = 40ms};
}

} // namespace

class TestRelayConnection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasAskedForArrives();
    void whatIsNotRightIsCountedAndDropped_data();
    void whatIsNotRightIsCountedAndDropped();
    void onlyAFollowListMayBeLarge();
    void aMessageOverAllLimitsEndsTheConnection();
    void binaryMessagesAreRefused();
    void tooManyEventsAreRefused();
    void aFloodEndsTheConnection();
    void comesBackAndAsksAgain();
    void aRelayThatNeverAnswersIsGivenUp();
    void withoutANetworkNothingIsTried();
    void whatThePersonNamedIsTriedWithoutANetworkToo();
    void anAddressNobodyNamedIsNotReached();
    void aCertificateNobodyVouchesForIsNotTaken();
    void asksAgainOnceAuthenticated();
    void publishesOnceMoreOnceAuthenticated();
    void aRefusedAnswerEndsWhatWaitedForIt();
    void aLostConnectionAnswersWhatWasPublished();
    void whatComesLateForAnEndedSubscriptionIsNoOffence();
    void closedForGood();
};

void TestRelayConnection::whatWasAskedForArrives()
{
    Stage stage;
    stage.ask();
    const QByteArray event = signedBy(1, 0, u"hello"_s, kNow + 600);
    stage.relay.give(event);
    stage.settle();
    QCOMPARE(stage.events.size(), 1);
    QCOMPARE(stage.events[0][1].value<nostr::WireEvent>().json, event);
    QCOMPARE(stage.connection.status().state, RelayState::Connected);
    QCOMPARE(stage.connection.status().answeredAt.toSecsSinceEpoch(), kNow);
    QCOMPARE(stage.connection.status().refused(), 0);
}

void TestRelayConnection::whatIsNotRightIsCountedAndDropped_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("refusal");
    const auto row = [](const char* name, const QByteArray& message, Refusal refusal) {
        QTest::newRow(name) << message << static_cast<int>(refusal);
    };
    const auto event = [](const QByteArray& json) { return R"(["EVENT","s",)" + json + ']'; };
    const QByteArray good = signedBy(1, 0, u"hello"_s);
    const qsizetype sig = good.indexOf("\"sig\":\"") + 7;
    QByteArray badSignature = good;
    badSignature[sig + 100] = badSignature[sig + 100] == '0' ? '1' : '0';
    row("no JSON", "hello", Refusal::NotAMessage);
    row("unknown type", R"(["COUNT","s",{}])", Refusal::NotAMessage);
    row("deep", QByteArray(100000, '['), Refusal::NotAMessage);
    row("not asked for", R"(["EVENT","t",)" + good + ']', Refusal::NotAMessage);
    row("not published", R"(["OK",")" + idOf(good) + R"(",true,""])", Refusal::NotAMessage);
    row("form", event(R"({"kind":0})"), Refusal::BadEvent);
    row("content", event(QByteArray(good).replace("hello", "HELLO")), Refusal::WrongId);
    row("signature", event(badSignature), Refusal::WrongSignature);
    row("author", event(signedBy(2, 0, u"hello"_s)), Refusal::WrongAuthor);
    row("kind", event(signedBy(1, 1, u"hello"_s)), Refusal::WrongKind);
    row("future", event(signedBy(1, 0, u"hello"_s, kNow + 601)), Refusal::FromTheFuture);
    row("large", event(signedBy(1, 0, QString(1048576, u'a'))), Refusal::TooLarge);
}

void TestRelayConnection::whatIsNotRightIsCountedAndDropped()
{
    QFETCH(QByteArray, message);
    QFETCH(int, refusal);
    Stage stage;
    stage.ask();
    stage.relay.say(message);
    stage.settle();
    QCOMPARE(stage.events.size(), 0);
    QCOMPARE(stage.connection.status().refused(), 1);
    QCOMPARE(stage.refused(static_cast<Refusal>(refusal)), 1);
}

void TestRelayConnection::onlyAFollowListMayBeLarge()
{
    Stage stage({.message = 2000, .followList = 4000});
    stage.ask();
    stage.relay.give(signedBy(1, 3, QString(3000, u'a')));
    stage.relay.give(signedBy(1, 0, QString(3000, u'a')));
    stage.settle();
    QCOMPARE(stage.events.size(), 1);
    QCOMPARE(stage.refused(Refusal::TooLarge), 1);
}

void TestRelayConnection::aMessageOverAllLimitsEndsTheConnection()
{
    Stage stage({.message = 2000, .followList = 4000});
    stage.ask();
    stage.relay.give(signedBy(1, 3, QString(5000, u'a')));
    QTRY_COMPARE(stage.failures.size(), 1);
    QCOMPARE(stage.events.size(), 0);
    QCOMPARE(stage.refused(Refusal::TooLarge), 1);
}

void TestRelayConnection::binaryMessagesAreRefused()
{
    Stage stage;
    stage.ask();
    stage.relay.peer->sendBinaryMessage(R"(["EVENT","s",)" + signedBy(1, 0, u"a"_s) + ']');
    stage.settle();
    QCOMPARE(stage.events.size(), 0);
    QCOMPARE(stage.refused(Refusal::NotAMessage), 1);
}

void TestRelayConnection::tooManyEventsAreRefused()
{
    Stage stage({.eventsPerSubscription = 2});
    stage.ask();
    for (int i = 0; i < 4; ++i)
        stage.relay.give(signedBy(1, 0, QString::number(i)));
    stage.settle();
    QCOMPARE(stage.events.size(), 2);
    QCOMPARE(stage.refused(Refusal::TooMany), 2);
}

void TestRelayConnection::aFloodEndsTheConnection()
{
    Stage stage({.messagesPerSecond = 5, .firstWait = 1ms});
    stage.ask();
    for (int i = 0; i < 1000; ++i)
        stage.relay.say(R"(["NOTICE","x"])");
    QTRY_COMPARE(stage.refused(Refusal::TooMany), 1);
    QCOMPARE(stage.connection.status().state, RelayState::Waiting);
    QTRY_COMPARE(stage.relay.peer->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(stage.relay.connections, 1);
}

void TestRelayConnection::comesBackAndAsksAgain()
{
    Stage stage(quick());
    stage.ask();
    for (int i = 2; i < 5; ++i) {
        stage.relay.peer->abort();
        QTRY_COMPARE(stage.relay.count(u"[\"REQ\",\"s\""_s), i);
    }
    stage.relay.give(signedBy(1, 0, u"hello"_s));
    stage.settle();
    QCOMPARE(stage.events.size(), 1);
    QCOMPARE(stage.failures.size(), 3);
}

void TestRelayConnection::aRelayThatNeverAnswersIsGivenUp()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    Switch online;
    FixedClock clock;
    SystemRandom random;
    RelayConnection connection(u"ws://127.0.0.1:%1"_s.arg(silent.serverPort()),
        {net::NetPolicy({u"127.0.0.1"_s}, {}), online, clock, random, u"a"_s, quick()});
    QSignalSpy failures(&connection, &RelayConnection::failed);
    connection.open();
    QTRY_VERIFY(failures.size() >= 2);
}

void TestRelayConnection::withoutANetworkNothingIsTried()
{
    Stage stage({}, {});
    stage.online.set(false);
    stage.connection.open();
    QCOMPARE(stage.connection.status().state, RelayState::Offline);
    QCOMPARE(stage.failures.size(), 1); // nobody has to wait for it
    stage.online.set(true);
    QTRY_COMPARE(stage.connection.status().state, RelayState::NotAllowed); // so it was tried
    stage.online.set(false);
    QCOMPARE(stage.connection.status().state, RelayState::Offline);
}

/// No way to the internet is no word about the next room.
void TestRelayConnection::whatThePersonNamedIsTriedWithoutANetworkToo()
{
    Stage stage(quick());
    stage.online.set(false);
    stage.ask();
    stage.online.set(true);
    stage.online.set(false);
    stage.settle();
    QCOMPARE(stage.relay.connections, 1);
}

void TestRelayConnection::anAddressNobodyNamedIsNotReached()
{
    Stage stage({}, {});
    stage.connection.open();
    QTRY_COMPARE(stage.connection.status().state, RelayState::NotAllowed);
    QCOMPARE(stage.failures.size(), 1);
    QCOMPARE(stage.relay.connections, 0);
}

void TestRelayConnection::aCertificateNobodyVouchesForIsNotTaken()
{
    QTemporaryDir folder;
    const QString key = folder.filePath(u"key"_s);
    const QString certificate = folder.filePath(u"certificate"_s);
    QCOMPARE(
        QProcess::execute(u"openssl"_s,
            {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s, u"/CN=127.0.0.1"_s,
                u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s, key, u"-out"_s, certificate}),
        0);
    QFile keyFile(key);
    QVERIFY(keyFile.open(QIODevice::ReadOnly));
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(&keyFile, QSsl::Rsa));
    tls.setLocalCertificateChain(QSslCertificate::fromPath(certificate));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    QWebSocketServer server(u"relay"_s, QWebSocketServer::SecureMode);
    server.setSslConfiguration(tls);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QSignalSpy came(&server, &QWebSocketServer::newConnection);
    // Somebody who does not look gets in, so it is the certificate that keeps the connection out.
    QWebSocket careless;
    connect(&careless, &QWebSocket::sslErrors, &careless, [&careless] { careless.ignoreSslErrors(); });
    careless.open(server.serverUrl());
    QTRY_COMPARE(came.size(), 1);

    Switch online;
    FixedClock clock;
    SystemRandom random;
    RelayConnection connection(u"wss://127.0.0.1:%1"_s.arg(server.serverPort()),
        {net::NetPolicy({u"127.0.0.1"_s}, {}), online, clock, random, u"a"_s, {}});
    QSignalSpy failures(&connection, &RelayConnection::failed);
    connection.open();
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(connection.status().state, RelayState::Waiting);
    QVERIFY(!connection.status().text.isEmpty());
    QCOMPARE(came.size(), 1);
}

void TestRelayConnection::asksAgainOnceAuthenticated()
{
    Stage stage;
    QSignalSpy challenges(&stage.connection, &RelayConnection::challenged);
    stage.ask();
    stage.relay.say(R"(["AUTH","c"])");
    stage.relay.say(R"(["CLOSED","s","auth-required: who?"])");
    QTRY_COMPARE(challenges.size(), 1);
    QCOMPARE(challenges[0][0].toString(), u"c"_s);
    QVERIFY(stage.connection.status().wantsAuth);
    const QByteArray answer = signedBy(1, 22242, {});
    stage.connection.authenticate(answer);
    QTRY_COMPARE(stage.relay.count(u"[\"AUTH\""_s), 1);
    QCOMPARE(stage.relay.count(u"[\"REQ\""_s), 1);
    stage.relay.say(R"(["OK",")" + idOf(answer) + R"(",true,""])");
    QTRY_COMPARE(stage.relay.count(u"[\"REQ\""_s), 2);
    QVERIFY(stage.connection.status().isAuthenticated);
    QCOMPARE(stage.closed.size(), 0);
    // Not for ever.
    stage.relay.say(R"(["CLOSED","s","auth-required: again"])");
    QTRY_COMPARE(stage.closed.size(), 1);
}

void TestRelayConnection::publishesOnceMoreOnceAuthenticated()
{
    Stage stage;
    stage.ask();
    const QByteArray event = signedBy(1, 0, u"new"_s);
    stage.connection.publish(event);
    QTRY_COMPARE(stage.relay.count(u"[\"EVENT\""_s), 1);
    stage.relay.say(R"(["AUTH","c"])");
    stage.relay.say(R"(["OK",")" + idOf(event) + R"(",false,"auth-required: who?"])");
    stage.settle();
    QCOMPARE(stage.published.size(), 0);
    const QByteArray answer = signedBy(1, 22242, {});
    stage.connection.authenticate(answer);
    stage.relay.say(R"(["OK",")" + idOf(answer) + R"(",true,""])");
    QTRY_COMPARE(stage.relay.count(u"[\"EVENT\""_s), 2);
    stage.relay.say(R"(["OK",")" + idOf(event) + R"(",true,"thanks"])");
    QTRY_COMPARE(stage.published.size(), 1);
    QCOMPARE(stage.published[0],
        (QVariantList{
            QString::fromLatin1(idOf(event)), QVariant::fromValue(Verdict::Accepted), u"thanks"_s}));
}

void TestRelayConnection::aRefusedAnswerEndsWhatWaitedForIt()
{
    Stage stage;
    stage.ask();
    stage.relay.say(R"(["CLOSED","s","auth-required: who?"])");
    QTRY_VERIFY(stage.connection.status().wantsAuth);
    const QByteArray answer = signedBy(1, 22242, {});
    stage.connection.authenticate(answer);
    stage.relay.say(R"(["OK",")" + idOf(answer) + R"(",false,"restricted: not you"])");
    QTRY_COMPARE(stage.closed.size(), 1);
    QCOMPARE(stage.closed[0][1].toString(), u"restricted: not you"_s);
    QVERIFY(!stage.connection.status().isAuthenticated);
}

void TestRelayConnection::aLostConnectionAnswersWhatWasPublished()
{
    Stage stage;
    stage.ask();
    const QByteArray event = signedBy(1, 0, u"new"_s);
    stage.connection.publish(event);
    QTRY_COMPARE(stage.relay.count(u"[\"EVENT\""_s), 1);
    stage.relay.peer->abort();
    QTRY_COMPARE(stage.published.size(), 1);
    QCOMPARE(stage.published[0],
        (QVariantList{QString::fromLatin1(idOf(event)), QVariant::fromValue(Verdict::NoAnswer), QString()}));
}

void TestRelayConnection::whatComesLateForAnEndedSubscriptionIsNoOffence()
{
    Stage stage;
    stage.ask();
    stage.connection.subscribe("t", {.author = keyOf(1).publicKey(), .kinds = {0}});
    QTRY_COMPARE(stage.relay.count(u"[\"REQ\",\"t\""_s), 1);
    stage.connection.unsubscribe("t");
    QTRY_COMPARE(stage.relay.count(u"[\"CLOSE\",\"t\""_s), 1);
    stage.relay.say(R"(["EVENT","t",)" + signedBy(1, 0, u"late"_s) + ']');
    stage.settle();
    QCOMPARE(stage.events.size(), 0);
    QCOMPARE(stage.connection.status().refused(), 0);
}

void TestRelayConnection::closedForGood()
{
    Stage stage(quick());
    stage.ask();
    stage.connection.close();
    QCOMPARE(stage.connection.status().state, RelayState::Idle);
    QTRY_COMPARE(stage.relay.peer->state(), QAbstractSocket::UnconnectedState);
    stage.connection.open();
    QTRY_COMPARE(stage.connection.status().state, RelayState::Connected);
    QTRY_COMPARE(stage.relay.connections, 2);
    QCOMPARE(stage.relay.count(u"[\"REQ\",\"s\""_s), 1);
}

QTEST_GUILESS_MAIN(TestRelayConnection)
#include "tst_relay_connection.moc"
