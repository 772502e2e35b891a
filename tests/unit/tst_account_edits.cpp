// SPDX-License-Identifier: MIT
// Changes of an account's own data: upon the newest, to all that should have it, or not at all.
#include "tests/unit/AccountStand.h"

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::accounts::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using session::SessionId;
using session::SignerKind;

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

    Two()
    {
        first.hold(relayList({first.url(), second.url()}));
        stand.limits.answer = 300ms;
        stand.patience = 1s;
    }
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

class TestAccountEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itGoesToAllWriteRelays();
    void theNewestIsWhatIsChanged();
    void withoutAFreshListNothingIsChanged();
    void thatThereIsNoListIsBelievedOfAllAlone();
    void whereNoRelayTakesItNothingHasChanged_data();
    void whereNoRelayTakesItNothingHasChanged();
    void eachRelayAnswersForItself();
    void itCanBeUndone_data();
    void itCanBeUndone();
    void whatIsSoAlreadyIsNotSigned();
    void aNoAsksNoRelay();
    void privateMutesStayPrivate();
    void whoCannotSignIsToldAtOnce();
    void aNewAccountIsPublished();
};

void TestAccountEdits::itGoesToAllWriteRelays()
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

void TestAccountEdits::theNewestIsWhatIsChanged()
{
    Two two;
    two.first.hold(follows(3));
    two.stand.open();
    QVERIFY(two.stand.refresh(two.id));
    // Another program's, from after it was shown here.
    const QByteArray newer = wire(nostr::kFollowsKind,
        R"([ ["t","kept"],["p",")" + QByteArray(64, '7') + R"(","","pet"] ])", "\"\\u0041\"", kNow + 50)
                                 .json;
    two.second.hold(newer);
    const auto published = two.stand.edit(two.id, follow());
    QVERIFY(published);
    const auto event = nostr::readEvent(published->event).value();
    QCOMPARE(event.createdAt, kNow + 51);
    QCOMPARE(event.content(), u"A"_s);
    const auto tags = nostr::test::tagsOf(event.tags().toByteArray());
    QCOMPARE(tags,
        (QList<QStringList>{{u"t"_s, u"kept"_s}, {u"p"_s, QString(64, u'7'), QString(), u"pet"_s},
            {u"p"_s, keyOf(kFriend).publicKey().hex()}}));
}

void TestAccountEdits::withoutAFreshListNothingIsChanged()
{
    Two two;
    two.first.hold(follows(3));
    two.stand.open();
    QVERIFY(two.stand.refresh(two.id));
    two.first.stop();
    two.second.stop();
    const auto published = two.stand.edit(two.id, follow());
    QVERIFY(!published);
    QCOMPARE(published.error().code, ErrorCode::Network);
    QCOMPARE(published.error().why, Why::NotLoadedYet);
    QCOMPARE(two.stand.approver.shown.size(), 0);
    QCOMPARE(two.summary().follows, 3);
}

/// One that forgot the list, or lies, must not have it begun anew.
void TestAccountEdits::thatThereIsNoListIsBelievedOfAllAlone()
{
    Two two;
    two.second.stop();
    two.stand.open();
    QCOMPARE(two.stand.edit(two.id, follow()).error().why, Why::NotLoadedYet);
    two.second.start();
    two.second.endsStored = false;
    QCOMPARE(two.stand.edit(two.id, follow()).error().why, Why::NotLoadedYet);
    two.second.endsStored = true;
    QVERIFY(two.stand.edit(two.id, follow()));
}

void TestAccountEdits::whereNoRelayTakesItNothingHasChanged_data()
{
    QTest::addColumn<bool>("isAnswered");
    QTest::newRow("refused") << true;
    QTest::newRow("not answered") << false;
}

void TestAccountEdits::whereNoRelayTakesItNothingHasChanged()
{
    QFETCH(bool, isAnswered);
    Two two;
    two.first.hold(follows(3));
    for (FakeRelay* relay : {&two.first, &two.second}) {
        relay->takes = false;
        relay->answers = isAnswered;
    }
    two.stand.open();
    const auto published = two.stand.edit(two.id, follow());
    QVERIFY(!published);
    QCOMPARE(published.error().code, ErrorCode::Network);
    QCOMPARE(published.error().detail, isAnswered ? u"blocked: not here"_s : QString());
    QVERIFY(two.stand.refresh(two.id));
    QCOMPARE(two.summary().follows, 3);
    QCOMPARE(two.summary().undoable, QList<int>());
}

void TestAccountEdits::eachRelayAnswersForItself()
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

void TestAccountEdits::itCanBeUndone_data()
{
    QTest::addColumn<bool>("isLive");
    QTest::newRow("asked") << false;
    QTest::newRow("live, and told before the answer") << true;
}

void TestAccountEdits::itCanBeUndone()
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

void TestAccountEdits::whatIsSoAlreadyIsNotSigned()
{
    Two two;
    two.first.hold(
        wire(nostr::kFollowsKind, "[[\"p\",\"" + keyOf(kFriend).publicKey().hex().toLatin1() + "\"]]").json);
    two.stand.open();
    const auto published = two.stand.edit(two.id, follow());
    QVERIFY(published);
    QVERIFY(!published->isChanged);
    QCOMPARE(two.stand.approver.shown.size(), 0);
    QCOMPARE(two.first.count("EVENT"_L1), 0);
}

void TestAccountEdits::aNoAsksNoRelay()
{
    Two two;
    two.first.hold(follows(3));
    two.stand.open();
    two.stand.approver.refusal = ErrorCode::Denied;
    QCOMPARE(two.stand.edit(two.id, follow()).error().code, ErrorCode::Denied);
    QCOMPARE(two.first.count("EVENT"_L1), 0);
    QCOMPARE(two.summary().follows, 3);
}

void TestAccountEdits::privateMutesStayPrivate()
{
    Two two;
    two.first.hold(wire(nostr::kMutesKind, R"([["t","ads"]])").json);
    two.stand.open();
    const Edit mute{.what = Edit::What::Mute,
        .muted = {.what = nostr::Muted::What::Word, .value = u"spam"_s, .isPrivate = true}};
    const auto published = two.stand.edit(two.id, mute);
    QVERIFY(published);
    QVERIFY(!published->event.contains("spam"));
    QCOMPARE(nostr::readEvent(published->event)->tags(), R"([["t","ads"]])"_ba);
    QTRY_COMPARE(two.summary().mutes, 2);
    // While the key is locked away what is there can be neither read nor added to.
    two.stand.vault.setState(secrets::VaultState::Locked);
    QCOMPARE(two.stand.edit(two.id, mute).error().code, ErrorCode::Locked);
    QVERIFY(two.first.events().constLast() == published->event);
}

void TestAccountEdits::whoCannotSignIsToldAtOnce()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId id = stand.add(1, SignerKind::WatchOnly);
    stand.open();
    QCOMPARE(stand.edit(id, follow()).error().code, ErrorCode::WatchOnly);
    QCOMPARE(
        stand.edit(SessionId(u"nostr:"_s + QString(64, u'a')), follow()).error().code, ErrorCode::NotFound);
    QCOMPARE(relay.connections(), 0);
}

void TestAccountEdits::aNewAccountIsPublished()
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

QTEST_GUILESS_MAIN(TestAccountEdits)
#include "tst_account_edits.moc"
