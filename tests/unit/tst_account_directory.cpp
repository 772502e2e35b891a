// SPDX-License-Identifier: MIT
// What is shown of an account, whatever its relays do.
#include "tests/unit/AccountStand.h"

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::accounts::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using relay::Refusal;
using relay::RelayState;
using session::SessionId;
using session::SignerKind;

namespace {

constexpr qint64 kNow = 1700000000;

/// Two relays that the account writes to; the first is the indexer too.
struct Two
{
    FakeRelay first;
    FakeRelay second;
    AccountStand stand{{first.url()}};
    SessionId id = stand.add();

    Two() { first.hold(relayList({first.url(), second.url()})); }
    [[nodiscard]] QString name() const { return stand.directory->summary(id).profile.name; }
    [[nodiscard]] int refused(const FakeRelay& relay, Refusal why) const
    {
        return stand.status(id, relay).refusals.value(why);
    }
};

} // namespace

class TestAccountDirectory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theNewestOfTwoRelaysIsShown();
    void ofTwoAsOldTheLowestIdIsShown();
    void aRelayThatDiesTakesNothingWithIt();
    void aRelayThatNeverEndsIsNotWaitedForLonger();
    void aFloodChangesNothing();
    void whatIsNotTheAccountsChangesNothing_data();
    void whatIsNotTheAccountsChangesNothing();
    void aListOfHalfTheLengthIsShownAsSuch();
    void noRelayNoAnswer();
};

void TestAccountDirectory::theNewestOfTwoRelaysIsShown()
{
    Two two;
    two.first.hold(profile(u"older"_s, kNow));
    two.second.hold(profile(u"newer"_s, kNow + 1));
    two.first.hold(follows(5, kNow + 1));
    two.second.hold(follows(4, kNow));
    AccountDirectory& directory = two.stand.open();
    QVERIFY(two.stand.refresh(two.id));
    QCOMPARE(two.name(), u"newer"_s);
    QCOMPARE(directory.summary(two.id).follows, 5);
    QCOMPARE(two.stand.lists(two.id).follows->size(), 5);
    QCOMPARE(directory.summary(two.id).refreshedAt.toSecsSinceEpoch(), kNow);
    QVERIFY(!directory.summary(two.id).isRefreshing);
}

void TestAccountDirectory::ofTwoAsOldTheLowestIdIsShown()
{
    for (const bool isLowestFirst : {true, false}) {
        Two two;
        const QByteArray one = profile(u"one"_s);
        const QByteArray other = profile(u"other"_s);
        const auto idOf = [](const QByteArray& event) { return nostr::readEvent(event)->id; };
        const bool isOneLower = idOf(one) < idOf(other);
        two.first.hold(isLowestFirst == isOneLower ? one : other);
        two.second.hold(isLowestFirst == isOneLower ? other : one);
        two.stand.open();
        QVERIFY(two.stand.refresh(two.id));
        QCOMPARE(two.name(), isOneLower ? u"one"_s : u"other"_s);
    }
}

void TestAccountDirectory::aRelayThatDiesTakesNothingWithIt()
{
    Two two;
    two.second.hold(profile(u"al"_s));
    int asked = 0;
    two.second.onRequest = [&](int peer, const QByteArray& subscription) {
        if (++asked < 3) { // in the middle of its first words, and again as it is asked anew
            two.second.say(peer, "[\"EVENT\",\"" + subscription + "\",{\"id\"");
            two.second.drop();
            return true;
        }
        return false;
    };
    AccountDirectory& directory = two.stand.open();
    directory.start(); // the account is active, so it goes on trying
    QTRY_COMPARE(two.name(), u"al"_s);
    QCOMPARE(two.second.connections(), 3);
    QCOMPARE(directory.summary(two.id).refreshedAt.toSecsSinceEpoch(), kNow);
    QTRY_COMPARE(two.stand.status(two.id, two.second).state, RelayState::Connected);
}

void TestAccountDirectory::aRelayThatNeverEndsIsNotWaitedForLonger()
{
    Two two;
    two.second.endsStored = false;
    two.second.hold(profile(u"al"_s));
    two.stand.patience = 2s;
    two.stand.open();
    QVERIFY(two.stand.refresh(two.id));
    QCOMPARE(two.name(), u"al"_s); // what it said counts all the same
    QVERIFY(two.stand.status(two.id, two.first).answeredAt.isValid());
    QVERIFY(!two.stand.status(two.id, two.second).answeredAt.isValid());
}

void TestAccountDirectory::aFloodChangesNothing()
{
    Two two;
    two.first.hold(profile(u"al"_s));
    two.second.onRequest = [&](int peer, const QByteArray& subscription) {
        const QByteArray old = profile(u"flood"_s, kNow - 1);
        for (int i = 0; i < 5000; ++i)
            two.second.say(peer, "[\"EVENT\",\"" + subscription + "\"," + old + ']');
        return true;
    };
    AccountDirectory& directory = two.stand.open();
    QSignalSpy changes(&directory, &AccountDirectory::changed);
    QVERIFY(two.stand.refresh(two.id));
    QCOMPARE(two.name(), u"al"_s);
    QVERIFY(two.refused(two.second, Refusal::TooMany) > 0);
    QVERIFY2(changes.size() < 50, "a flood is not told on");
}

void TestAccountDirectory::whatIsNotTheAccountsChangesNothing_data()
{
    QTest::addColumn<QByteArray>("message"); // @ is the subscription
    QTest::addColumn<int>("refusal");
    const auto row = [](const char* name, const QByteArray& event, Refusal refusal) {
        QTest::newRow(name) << "[\"EVENT\",\"@\"," + event + ']' << int(refusal);
    };
    const QByteArray good = follows(2, kNow + 5);
    QByteArray forged = follows(0, kNow + 5, 2); // another's, in this account's name
    const auto hex = [](std::uint8_t key) { return keyOf(key).publicKey().hex().toLatin1(); };
    row("in its name", QByteArray(forged).replace(hex(2), hex(1)), Refusal::WrongId);
    QByteArray missigned = good;
    const qsizetype at = missigned.indexOf("\"sig\":\"") + 20;
    missigned[at] = missigned[at] == '0' ? '1' : '0';
    row("not signed by it", missigned, Refusal::WrongSignature);
    row("another's", forged, Refusal::WrongAuthor);
    row("another kind", wire(1, "[]", "\"hello\"", kNow + 5).json, Refusal::WrongKind);
    row("from the future", follows(0, kNow + 601), Refusal::FromTheFuture);
    row("too large", wire(0, "[]", '"' + QByteArray(1100000, 'a') + '"', kNow + 5).json, Refusal::TooLarge);
    row("no event", "{\"kind\":3}", Refusal::BadEvent);
    row("tags in tags", QByteArray(good).replace("\"tags\":[", "\"tags\":[[[\"p\"]],"), Refusal::BadEvent);
    row("deep", QByteArray(50000, '[') + QByteArray(50000, ']'), Refusal::NotAMessage);
    QTest::newRow("half a message") << R"(["EVENT","@",{"id")"_ba << int(Refusal::NotAMessage);
    QTest::newRow("not asked for") << "[\"EVENT\",\"other\"," + good + ']' << int(Refusal::NotAMessage);
}

void TestAccountDirectory::whatIsNotTheAccountsChangesNothing()
{
    QFETCH(QByteArray, message);
    QFETCH(int, refusal);
    Two two;
    two.first.hold(profile(u"al"_s));
    two.first.hold(follows(3));
    two.second.onRequest = [&](int peer, const QByteArray& subscription) {
        two.second.say(peer, QByteArray(message).replace('@', subscription));
        return false;
    };
    AccountDirectory& directory = two.stand.open();
    QVERIFY(two.stand.refresh(two.id));
    QCOMPARE(two.stand.status(two.id, two.second).refused(), 1);
    QCOMPARE(two.refused(two.second, Refusal(refusal)), 1);
    QCOMPARE(two.stand.status(two.id, two.first).refused(), 0);
    QCOMPARE(directory.summary(two.id).profile.toJson(), (QJsonObject{{u"name"_s, u"al"_s}}));
    QCOMPARE(directory.summary(two.id).follows, 3);
    QCOMPARE(two.stand.lists(two.id).follows->size(), 3);
}

void TestAccountDirectory::aListOfHalfTheLengthIsShownAsSuch()
{
    Two two;
    two.first.hold(follows(9));
    AccountDirectory& directory = two.stand.open();
    QVERIFY(two.stand.refresh(two.id));
    two.second.hold(follows(4, kNow + 1));
    QVERIFY(two.stand.refresh(two.id));
    QCOMPARE(directory.summary(two.id).follows, 4);
    QCOMPARE(directory.summary(two.id).followsBefore, 9);
}

void TestAccountDirectory::noRelayNoAnswer()
{
    Two two;
    two.first.stop();
    two.second.stop();
    AccountDirectory& directory = two.stand.open();
    const auto refreshed = two.stand.refresh(two.id);
    QVERIFY(!refreshed);
    QCOMPARE(refreshed.error().code, ErrorCode::Network);
    QVERIFY(!directory.summary(two.id).isKnown);
    QVERIFY(!directory.summary(two.id).refreshedAt.isValid());
}

QTEST_GUILESS_MAIN(TestAccountDirectory)
#include "tst_account_directory.moc"
