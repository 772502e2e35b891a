// SPDX-License-Identifier: MIT
// Changes of an account's own data: upon the newest there is, or not at all.
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

struct Two
{
    FakeRelay first;
    FakeRelay second;
    AccountStand stand{{first.url()}};
    SessionId id = stand.add();

    Two() { first.hold(relayList({first.url(), second.url()})); }
    [[nodiscard]] const AccountSummary& summary() const { return stand.directory->summary(id); }
};

} // namespace

class TestAccountEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theNewestIsWhatIsChanged();
    void whatChangesBeforeTheYesIsNotLost();
    void twoAtOnceBothCount();
    void aNoWithoutAWordIsANo();
    void withoutAFreshListNothingIsChanged();
    void thatThereIsNoListIsBelievedOfAllAlone();
    void whatIsSoAlreadyIsNotSigned();
    void aNoAsksNoRelay();
    void privateMutesStayPrivate();
    void whoCannotSignIsToldAtOnce();
};

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

/// By another program, while the person reads the question.
void TestAccountEdits::whatChangesBeforeTheYesIsNotLost()
{
    Two two;
    two.first.hold(follows(3));
    two.stand.open();
    two.stand.approver.beforeAnswering = [&] {
        two.second.hold(follows(5, kNow + 50));
        (void)QTest::qWaitFor([&] { return two.summary().follows == 5; });
    };
    const auto published = two.stand.edit(two.id, follow());
    QVERIFY(!published);
    QCOMPARE(published.error().why, Why::ChangedMeanwhile);
    QCOMPARE(two.first.count("EVENT"_L1), 0);
    QCOMPARE(two.summary().follows, 5);
}

void TestAccountEdits::twoAtOnceBothCount()
{
    Two two;
    two.first.hold(follows(3));
    AccountDirectory& directory = two.stand.open();
    int done = 0;
    for (const std::uint8_t key : {2, 3}) {
        directory.edit(two.id, follow(key), two.stand.approver, two.stand.passphrases,
            [&done](const Result<Published>& published) { done += published ? 1 : 0; });
    }
    QTRY_COMPARE(done, 2);
    QTRY_COMPARE(two.summary().follows, 5);
    for (const std::uint8_t key : {2, 3})
        QVERIFY(two.second.events().constLast().contains(keyOf(key).publicKey().hex().toLatin1()));
}

void TestAccountEdits::aNoWithoutAWordIsANo()
{
    Two two;
    two.first.hold(follows(3));
    two.second.takes = false;
    two.second.refusal.clear();
    two.stand.open();
    const auto published = two.stand.edit(two.id, follow());
    QVERIFY(published);
    for (const Published::Answer& answer : published->answers) {
        QVERIFY(answer.answered);
        QCOMPARE(answer.accepted, answer.relay == two.first.url());
    }
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
    two.stand.patience = 1s;
    two.stand.open();
    QCOMPARE(two.stand.edit(two.id, follow()).error().why, Why::NotLoadedYet);
    two.second.start();
    two.second.endsStored = false;
    QCOMPARE(two.stand.edit(two.id, follow()).error().why, Why::NotLoadedYet);
    two.second.endsStored = true;
    two.stand.patience = 20s;
    two.stand.open();
    QVERIFY(two.stand.edit(two.id, follow()));
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

QTEST_GUILESS_MAIN(TestAccountEdits)
#include "tst_account_edits.moc"
