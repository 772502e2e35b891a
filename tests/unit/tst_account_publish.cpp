// SPDX-License-Identifier: MIT
// Where a change of an account's own data goes, what the relays say to it, and the way back.
#include "tests/unit/AccountStand.h"

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::accounts::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using session::SessionId;

namespace {

constexpr qint64 kNow = 1700000000;
constexpr std::uint8_t kFriend = 2;

Edit follow(std::uint8_t key = kFriend)
{
    return {.what = Edit::What::Follow, .who = keyOf(key).publicKey()};
}

Edit undo(int kind)
{
    return {.what = Edit::What::Undo, .kind = kind};
}

struct Two
{
    FakeRelay first;
    FakeRelay second;
    AccountStand stand{{first.url()}};
    SessionId id = stand.add();

    Two() { first.hold(relayList({first.url(), second.url()})); }
    [[nodiscard]] const AccountSummary& summary() const { return stand.directory->summary(id); }
};

QStringList acceptedBy(const Published& published)
{
    QStringList relays;
    for (const Published::Answer& answer : published.answers) {
        if (answer.accepted)
            relays += answer.relay;
    }
    relays.sort();
    return relays;
}

} // namespace

class TestAccountPublish : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itGoesToAllWriteRelays();
    void whereNoRelayTakesItNothingHasChanged_data();
    void whereNoRelayTakesItNothingHasChanged();
    void eachRelayAnswersForItself();
    void itCanBeUndone_data();
    void itCanBeUndone();
    void whatAnotherProgramChangedSinceIsNotUndone();
    void anAnswerIsWaitedForThoughAnotherAccountIsWorn();
    void aNewAccountIsPublished();
};

void TestAccountPublish::itGoesToAllWriteRelays()
{
    Two two;
    two.first.hold(follows(3));
    two.stand.open();
    const auto published = two.stand.edit(two.id, follow());
    QVERIFY(published);
    QVERIFY(published->isChanged);
    QStringList both{two.first.url(), two.second.url()};
    both.sort();
    QCOMPARE(acceptedBy(*published), both);
    QVERIFY(two.first.events().contains(published->event));
    QVERIFY(two.second.events().contains(published->event));
    QCOMPARE(two.stand.approver.shown.size(), 1);
    QTRY_COMPARE(two.summary().follows, 4);
    QCOMPARE(two.summary().followsBefore, 0);
}

void TestAccountPublish::whereNoRelayTakesItNothingHasChanged_data()
{
    QTest::addColumn<bool>("isAnswered");
    QTest::newRow("refused") << true;
    QTest::newRow("not answered") << false;
}

void TestAccountPublish::whereNoRelayTakesItNothingHasChanged()
{
    QFETCH(bool, isAnswered);
    Two two;
    two.first.hold(follows(3));
    for (FakeRelay* relay : {&two.first, &two.second}) {
        relay->takes = false;
        relay->answers = isAnswered;
    }
    if (!isAnswered)
        two.stand.limits.answer = 300ms;
    two.stand.open();
    const auto published = two.stand.edit(two.id, follow());
    QVERIFY(!published);
    QCOMPARE(published.error().code, ErrorCode::Network);
    const QStringList said = published.error().detail.split(u'\n');
    QCOMPARE(said.size(), 2);
    for (const FakeRelay* relay : {&two.first, &two.second})
        QVERIFY(said.contains(isAnswered ? relay->url() + " blocked: not here"_L1 : relay->url()));
    QVERIFY(two.stand.refresh(two.id));
    QCOMPARE(two.summary().follows, 3);
    QCOMPARE(two.summary().undoable, QList<int>());
}

void TestAccountPublish::eachRelayAnswersForItself()
{
    Two two;
    two.first.hold(follows(3));
    two.second.takes = false;
    two.stand.open();
    const auto published = two.stand.edit(two.id, follow());
    QVERIFY(published);
    QCOMPARE(published->answers.size(), 2);
    for (const Published::Answer& answer : published->answers) {
        QCOMPARE(answer.accepted, answer.relay == two.first.url());
        QCOMPARE(answer.text, answer.accepted ? QString() : u"blocked: not here"_s);
    }
}

void TestAccountPublish::itCanBeUndone_data()
{
    QTest::addColumn<bool>("isLive");
    QTest::newRow("asked") << false;
    QTest::newRow("live, and told before the answer") << true;
}

void TestAccountPublish::itCanBeUndone()
{
    QFETCH(bool, isLive);
    Two two;
    const QByteArray before = follows(3);
    two.first.hold(before);
    two.first.echoesFirst = isLive;
    two.second.echoesFirst = isLive;
    two.stand.open();
    if (isLive)
        two.stand.directory->start();
    QVERIFY(two.stand.edit(two.id, follow()));
    QTRY_COMPARE(two.summary().undoable, QList<int>{nostr::kFollowsKind});
    QCOMPARE(two.summary().follows, 4);
    const auto undone = two.stand.edit(two.id, undo(nostr::kFollowsKind));
    QVERIFY(undone && undone->isChanged);
    QCOMPARE(nostr::readEvent(undone->event)->tags(), nostr::readEvent(before)->tags());
    QTRY_COMPARE(two.summary().follows, 3);
    // What was never changed has nothing to go back to.
    QVERIFY(!two.stand.edit(two.id, undo(nostr::kMutesKind))->isChanged);
}

void TestAccountPublish::whatAnotherProgramChangedSinceIsNotUndone()
{
    Two two;
    two.first.hold(follows(3));
    two.stand.open();
    QVERIFY(two.stand.edit(two.id, follow()));
    QTRY_COMPARE(two.summary().undoable, QList<int>{nostr::kFollowsKind});
    two.second.hold(follows(9, kNow + 60));
    QVERIFY(!two.stand.edit(two.id, undo(nostr::kFollowsKind))->isChanged);
    QCOMPARE(two.summary().follows, 9);
    QCOMPARE(two.summary().undoable, QList<int>());
}

void TestAccountPublish::anAnswerIsWaitedForThoughAnotherAccountIsWorn()
{
    Two two;
    two.first.hold(follows(3));
    two.stand.open().start();
    const SessionId other = two.stand.add(3, session::SignerKind::LocalKey, false);
    QTRY_VERIFY(two.summary().refreshedAt.isValid());
    two.first.answers = false;
    two.second.answers = false;
    QList<Published> published;
    two.stand.directory->edit(two.id, follow(), two.stand.approver, two.stand.passphrases,
        [&](const Result<Published>& result) { published += result.value_or(Published()); });
    QTRY_COMPARE(two.first.count("EVENT"_L1), 1);
    QTRY_COMPARE(two.second.count("EVENT"_L1), 1);
    QVERIFY(two.stand.sessions().activate(other));
    QTRY_VERIFY(two.stand.directory->summary(other).refreshedAt.isValid());
    for (FakeRelay* relay : {&two.first, &two.second}) {
        const auto event = nostr::readEvent(relay->events().constLast()).value();
        relay->sayToAll("[\"OK\",\"" + toQByteArray(event.id).toHex() + "\",true,\"\"]");
    }
    QTRY_COMPARE(published.size(), 1);
    QCOMPARE(acceptedBy(published[0]).size(), 2);
}

void TestAccountPublish::aNewAccountIsPublished()
{
    FakeRelay indexer;
    FakeRelay own;
    AccountStand stand({indexer.url()});
    AccountDirectory& directory = stand.open();
    directory.lists(stand.add(3), this, [](const Result<AccountLists>&) {}); // it is at work already
    const SessionId id = stand.add();
    QList<Published> published;
    // Twice the same, otherwise written, is one relay.
    directory.publishNew(id, {{u"name"_s, u"al"_s}},
        {{own.url()}, {own.url().toUpper().replace("WS"_L1, "ws"_L1) + u'/'}}, stand.approver,
        stand.passphrases, [&](const Result<Published>& result) {
            QVERIFY(result);
            published += *result;
        });
    QTRY_COMPARE(published.size(), 1);
    QStringList both{indexer.url(), own.url()};
    both.sort();
    QCOMPARE(acceptedBy(published[0]), both);
    for (const FakeRelay* relay : {&indexer, &own}) {
        QList<int> kinds;
        for (const QByteArray& event : relay->events())
            kinds += nostr::readEvent(event)->kind;
        std::sort(kinds.begin(), kinds.end());
        QCOMPARE(kinds, (QList<int>{nostr::kProfileKind, nostr::kFollowsKind, nostr::kRelaysKind}));
    }
    QTRY_COMPARE(directory.summary(id).profile.name, u"al"_s);
    QCOMPARE(stand.lists(id).relays, (QList<nostr::Relay>{{own.url()}}));
}

QTEST_GUILESS_MAIN(TestAccountPublish)
#include "tst_account_publish.moc"
