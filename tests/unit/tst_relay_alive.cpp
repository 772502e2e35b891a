// SPDX-License-Identifier: MIT
// A relay that has gone without a word is noticed, and one that asks too much is not obeyed.
#include "core/relay/RelayConnection.h"
#include "tests/support/FakeRelay.h"
#include "tests/unit/WireStand.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace hatstand;
using namespace hatstand::relay;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using hatstand::test::FakeRelay;
using nostr::test::keyOf;
using nostr::test::wire;

namespace {

class Online final : public net::Reachability
{
public:
    [[nodiscard]] bool isOnline() const override { return true; }
};

/// Lets bytes through in both directions until it is told to hold them, as a link does that is cut.
class Link : public QObject
{
public:
    explicit Link(const QString& to)
        : m_port(quint16(to.section(u':', -1).toInt()))
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            near = m_server.nextPendingConnection();
            auto* far = new QTcpSocket(near);
            far->connectToHost(QHostAddress::LocalHost, m_port);
            pass(near, far);
            pass(far, near);
        });
    }
    [[nodiscard]] QString url() const { return u"ws://127.0.0.1:%1"_s.arg(m_server.serverPort()); }
    bool isCut = false; ///< for what is there; a new connection finds a new way
    QTcpSocket* near = nullptr; ///< the last one's end on the client's side

private:
    void pass(QTcpSocket* from, QTcpSocket* to)
    {
        connect(from, &QTcpSocket::readyRead, to, [this, from, to, cut = false]() mutable {
            cut = cut || isCut;
            const QByteArray bytes = from->readAll();
            if (!cut)
                to->write(bytes);
        });
    }
    QTcpServer m_server;
    quint16 m_port;
};

struct Stage
{
    explicit Stage(const QString& url, const RelayLimits& limits)
        : connection(url, {net::NetPolicy({u"127.0.0.1"_s}, {}), online, clock, random, u"a"_s, limits})
    {
        connection.subscribe("s", {.author = keyOf(1).publicKey(), .kinds = {0}});
    }
    Online online;
    SystemClock clock;
    SystemRandom random;
    RelayConnection connection;
    QSignalSpy ends{&connection, &RelayConnection::endOfStored};
    QSignalSpy closed{&connection, &RelayConnection::subscriptionClosed};
    QSignalSpy failures{&connection, &RelayConnection::failed};
    QSignalSpy challenges{&connection, &RelayConnection::challenged};
};

RelayLimits impatient()
{
    return {.connecting = 300ms, .firstWait = 10ms, .longestWait = 50ms, .quiet = 50ms, .pong = 300ms};
}

} // namespace

class TestRelayAlive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDeadLinkIsNoticed();
    void aQuietRelayThatAnswersStays();
    void waitingEndsWhenSomebodyAsks();
    void oneChallengeIsToldOnce();
    void whatWaitsForAnAnswerNobodyGivesEnds_data();
    void whatWaitsForAnAnswerNobodyGivesEnds();
    void pingsWhoseAnswersAreNotReadDoNotPileUp();
    void answersNobodyAskedForAreAFlood();
    void whatIsNoTextEndsTheConnection();
};

void TestRelayAlive::aDeadLinkIsNoticed()
{
    FakeRelay relay;
    Link link(relay.url());
    Stage stage(link.url(), impatient());
    stage.connection.open();
    QTRY_COMPARE(stage.ends.size(), 1);
    link.isCut = true;
    QTRY_VERIFY(stage.failures.size() >= 1);
    link.isCut = false;
    QTRY_VERIFY(stage.ends.size() >= 2);
    QCOMPARE(stage.connection.status().state, RelayState::Connected);
}

void TestRelayAlive::aQuietRelayThatAnswersStays()
{
    FakeRelay relay;
    RelayLimits limits = impatient();
    limits.quiet = 5ms;
    limits.pong = 20s;
    Stage stage(relay.url(), limits);
    stage.connection.open();
    QTRY_COMPARE(stage.ends.size(), 1);
    // Several pings later it is the same connection.
    auto* socket = stage.connection.findChild<QWebSocket*>();
    QVERIFY(socket);
    QSignalSpy pongs(socket, &QWebSocket::pong);
    QTRY_VERIFY(pongs.size() >= 3);
    QCOMPARE(stage.failures.size(), 0);
    QCOMPARE(relay.connections(), 1);
}

void TestRelayAlive::waitingEndsWhenSomebodyAsks()
{
    FakeRelay relay;
    relay.stop();
    Stage stage(relay.url(), {.firstWait = 1h, .longestWait = 1h});
    stage.connection.open();
    QTRY_COMPARE(stage.connection.status().state, RelayState::Waiting);
    relay.start();
    stage.connection.open();
    QTRY_COMPARE(stage.ends.size(), 1);
}

void TestRelayAlive::oneChallengeIsToldOnce()
{
    FakeRelay relay;
    Stage stage(relay.url(), {.challenges = 2});
    stage.connection.open();
    QTRY_COMPARE(stage.ends.size(), 1);
    for (const char* challenge : {"a", "a", "b", "b", "c", "d"})
        relay.sayToAll("[\"AUTH\",\"" + QByteArray(challenge) + "\"]");
    relay.sayToAll(R"(["EOSE","s"])");
    QTRY_COMPARE(stage.ends.size(), 2);
    QCOMPARE(stage.challenges.size(), 2);
    QCOMPARE(stage.connection.status().refusals.value(Refusal::TooMany), 2);
}

void TestRelayAlive::whatWaitsForAnAnswerNobodyGivesEnds_data()
{
    QTest::addColumn<bool>("isDeclinedFirst");
    QTest::newRow("declined before") << true;
    QTest::newRow("declined after") << false;
}

void TestRelayAlive::whatWaitsForAnAnswerNobodyGivesEnds()
{
    QFETCH(bool, isDeclinedFirst);
    FakeRelay relay;
    relay.onRequest = [&](int peer, const QByteArray&) {
        relay.say(peer, R"(["AUTH","c"])");
        relay.say(peer, R"(["CLOSED","s","auth-required: who?"])");
        return true;
    };
    Stage stage(relay.url(), {});
    if (isDeclinedFirst) {
        connect(&stage.connection, &RelayConnection::challenged, &stage.connection,
            &RelayConnection::declineAuthentication);
    }
    stage.connection.open();
    QTRY_COMPARE(stage.challenges.size(), 1);
    if (!isDeclinedFirst) {
        QTRY_COMPARE(stage.connection.status().text, u"auth-required: who?"_s);
        stage.connection.declineAuthentication();
    }
    QTRY_COMPARE(stage.closed.size(), 1);
    QCOMPARE(relay.count("REQ"_L1), 1);
}

void TestRelayAlive::pingsWhoseAnswersAreNotReadDoNotPileUp()
{
    FakeRelay relay;
    Link link(relay.url());
    Stage stage(link.url(), {.followList = 4000, .firstWait = 1h, .longestWait = 1h});
    stage.connection.open();
    QTRY_COMPARE(stage.ends.size(), 1);
    QTcpSocket* const near = link.near;
    near->disconnect();
    near->setReadBufferSize(1024); // and nobody reads it
    const QByteArray ping = "\x89\x7d" + QByteArray(125, 'x');
    QByteArray many;
    for (int i = 0; i < 1000; ++i)
        many += ping;
    const auto feed = [near, many] {
        if (near->bytesToWrite() < many.size())
            near->write(many);
    };
    connect(near, &QTcpSocket::bytesWritten, near, feed);
    feed();
    QTRY_COMPARE_WITH_TIMEOUT(stage.failures.size(), 1, 30000);
    QCOMPARE(stage.connection.status().refusals.value(Refusal::TooMany), 1);
    QCOMPARE(stage.connection.status().state, RelayState::Waiting);
}

void TestRelayAlive::answersNobodyAskedForAreAFlood()
{
    FakeRelay relay;
    Link link(relay.url());
    Stage stage(link.url(), {.messagesPerSecond = 5, .firstWait = 1h, .longestWait = 1h});
    stage.connection.open();
    QTRY_COMPARE(stage.ends.size(), 1);
    link.near->write(QByteArray("\x8a\x00", 2).repeated(1000));
    QTRY_COMPARE(stage.failures.size(), 1);
    QCOMPARE(stage.connection.status().refusals.value(Refusal::TooMany), 1);
}

void TestRelayAlive::whatIsNoTextEndsTheConnection()
{
    FakeRelay relay;
    Link link(relay.url());
    Stage stage(link.url(), {.firstWait = 1h, .longestWait = 1h});
    QSignalSpy events(&stage.connection, &RelayConnection::eventReceived);
    stage.connection.open();
    QTRY_COMPARE(stage.ends.size(), 1);
    QByteArray message = "[\"EVENT\",\"s\"," + wire(0, "[]", "\"abc\"").json + ']';
    message.replace("abc", "\xc3\x28\xff"); // not UTF-8
    const auto size = message.size();
    link.near->write(QByteArray("\x81\x7e", 2) + char(size >> 8) + char(size & 0xff) + message);
    QTRY_COMPARE(stage.failures.size(), 1);
    QCOMPARE(events.size(), 0);
    QCOMPARE(stage.connection.status().refusals.value(Refusal::NotAMessage), 1);
}

QTEST_GUILESS_MAIN(TestRelayAlive)
#include "tst_relay_alive.moc"
