// SPDX-License-Identifier: MIT
// What is new of what relays give, and what is told of it.
#include "core/accounts/AccountStore.h"
#include "tests/unit/WireStand.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::nostr;
using namespace hatstand::nostr::test;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kAt = 1700000000;

QByteArray pubkey()
{
    return keyOf(1).publicKey().hex().toLatin1();
}

QByteArray people(int count)
{
    QByteArray tags;
    for (int i = 1; i <= count; ++i) {
        tags += (i > 1 ? ",[\"p\",\"" : "[\"p\",\"") + QByteArray::number(i, 16).rightJustified(64, '0')
            + "\"]";
    }
    return '[' + tags + ']';
}

WireEvent follows(int count, qint64 at = kAt)
{
    return wire(kFollowsKind, people(count), "\"\"", at);
}

/// Public entries, and where there is content a private part.
WireEvent mutes(int count, qint64 at = kAt, const QByteArray& content = "\"\"")
{
    return wire(kMutesKind, people(count), content, at);
}

WireEvent profile(const QByteArray& fields, qint64 at = kAt)
{
    return wire(kProfileKind, "[]", quoted(QString::fromUtf8('{' + fields + '}')), at);
}

const QByteArray kPrivate = "[[\"word\",\"spam\"],[\"t\",\"News\"]]";

} // namespace

class TestAccountStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theNewestWins_data();
    void theNewestWins();
    void ofEqualTimesTheLowestIdWins();
    void otherKindsAreNotKept();
    void aListThatLostOverHalfIsTold_data();
    void aListThatLostOverHalfIsTold();
    void whatWasLostIsToldUntilItIsBack();
    void anOwnEditMayShortenAList();
    void anEditKeepsTheVersionBefore();
    void aRelayMayBeQuickerThanTheEdit();
    void anotherProgramsChangeEndsTheUndo();
    void anOlderEditChangesNothing();
    void privateMutesAreOfTheNewestListOnly();
    void anUnreadPrivatePartHidesWhatWasLost();
    void aVerifiedNameIsOfTheAddressThatWasAsked();
    void listsComeFromTheCache();
    void summariesSurviveANewStart();
    void recordsReadAsTheyWereWritten();
    void damagedRecordsGiveNothingFalse_data();
    void damagedRecordsGiveNothingFalse();
    void aRemovedAccountIsUnknown();

private:
    [[nodiscard]] const AccountSummary& summary() const { return m_store->summary(pubkey()); }
    void open();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<cache::AccountCache> m_cache;
    std::unique_ptr<AccountStore> m_store;
};

void TestAccountStore::init()
{
    m_store.reset();
    m_cache.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    open();
}

void TestAccountStore::open()
{
    m_store.reset();
    m_cache = std::make_unique<cache::AccountCache>();
    QVERIFY(m_cache->open(m_folder->filePath(u"accounts.db"_s)));
    m_store = std::make_unique<AccountStore>(*m_cache);
}

void TestAccountStore::theNewestWins_data()
{
    QTest::addColumn<qint64>("at");
    QTest::addColumn<bool>("taken");
    QTest::newRow("older") << kAt - 1 << false;
    QTest::newRow("newer") << kAt + 1 << true;
}

void TestAccountStore::theNewestWins()
{
    QFETCH(qint64, at);
    QFETCH(bool, taken);
    QVERIFY(!summary().isKnown);
    QVERIFY(m_store->take(follows(3)));
    QCOMPARE(m_store->take(follows(4, at)), taken);
    QVERIFY(!m_store->take(follows(3))); // again
    QVERIFY(summary().isKnown);
    QCOMPARE(summary().follows, std::optional<qint64>(taken ? 4 : 3));
    QVERIFY(!summary().mutes);
}

void TestAccountStore::ofEqualTimesTheLowestIdWins()
{
    const WireEvent one = follows(3);
    const WireEvent other = follows(4);
    const bool isOneLower = one.id < other.id;
    QVERIFY(m_store->take(one));
    QCOMPARE(m_store->take(other), !isOneLower);
    QCOMPARE(m_store->take(one), false);
    QCOMPARE(summary().follows, std::optional<qint64>(isOneLower ? 3 : 4));
}

void TestAccountStore::otherKindsAreNotKept()
{
    QVERIFY(!m_store->take(wire(1, "[]")));
    QVERIFY(!summary().isKnown);
    QVERIFY(!m_cache->event(pubkey(), 1));
}

void TestAccountStore::aListThatLostOverHalfIsTold_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("told");
    QTest::newRow("all") << 5 << 0 << 5;
    QTest::newRow("over half") << 5 << 2 << 5;
    QTest::newRow("half") << 4 << 2 << 0;
    QTest::newRow("less than half") << 5 << 3 << 0;
    QTest::newRow("none, longer") << 2 << 5 << 0;
}

void TestAccountStore::aListThatLostOverHalfIsTold()
{
    QFETCH(int, before);
    QFETCH(int, after);
    QFETCH(int, told);
    QVERIFY(m_store->take(follows(before)) && m_store->take(mutes(before)));
    QCOMPARE(summary().followsBefore, 0);
    QVERIFY(m_store->take(follows(after, kAt + 1)) && m_store->take(mutes(after, kAt + 1)));
    QCOMPARE(summary().follows, std::optional<qint64>(after));
    QCOMPARE(summary().followsBefore, told);
    QCOMPARE(summary().mutes, std::optional<qint64>(after));
    QCOMPARE(summary().mutesBefore, told);
}

void TestAccountStore::whatWasLostIsToldUntilItIsBack()
{
    QVERIFY(m_store->take(follows(9)) && m_store->take(follows(2, kAt + 1)));
    QVERIFY(m_store->take(follows(3, kAt + 2))); // longer than the last, and still less than half
    QCOMPARE(summary().followsBefore, 9);
    QVERIFY(m_store->take(follows(5, kAt + 3)));
    QCOMPARE(summary().followsBefore, 0);
}

void TestAccountStore::anOwnEditMayShortenAList()
{
    QVERIFY(m_store->take(follows(9)));
    QVERIFY(m_store->takeEdit(follows(1, kAt + 1), follows(9)));
    QCOMPARE(summary().follows, std::optional<qint64>(1));
    QCOMPARE(summary().followsBefore, 0);
}

void TestAccountStore::anEditKeepsTheVersionBefore()
{
    const WireEvent before = follows(2);
    QVERIFY(m_store->take(before));
    QCOMPARE(summary().undoable, QList<int>());
    QVERIFY(m_store->takeEdit(follows(3, kAt + 1), before));
    QCOMPARE(summary().undoable, QList<int>{kFollowsKind});
    QCOMPARE(m_cache->earlier(pubkey(), kFollowsKind)->json, before.json);
    QVERIFY(m_store->takeEdit(mutes(1), {})); // nothing was there before
    QCOMPARE(summary().undoable, QList<int>{kFollowsKind});
}

void TestAccountStore::aRelayMayBeQuickerThanTheEdit()
{
    const WireEvent before = follows(9);
    const WireEvent edited = follows(1, kAt + 1);
    QVERIFY(m_store->take(before) && m_store->take(edited));
    QCOMPARE(summary().followsBefore, 9); // it might be anybody's
    QVERIFY(m_store->takeEdit(edited, before));
    QCOMPARE(summary().followsBefore, 0);
    QCOMPARE(summary().undoable, QList<int>{kFollowsKind});
}

void TestAccountStore::anotherProgramsChangeEndsTheUndo()
{
    QVERIFY(m_store->takeEdit(follows(3), follows(2, kAt - 1)));
    QVERIFY(m_store->takeEdit(mutes(1), mutes(2, kAt - 1)));
    QVERIFY(m_store->take(follows(4, kAt + 1)));
    QCOMPARE(summary().undoable, QList<int>{kMutesKind});
    QVERIFY(!m_cache->earlier(pubkey(), kFollowsKind));
}

void TestAccountStore::anOlderEditChangesNothing()
{
    QVERIFY(m_store->take(follows(2)));
    QVERIFY(!m_store->takeEdit(follows(3, kAt - 1), follows(2)));
    QCOMPARE(summary().follows, std::optional<qint64>(2));
    QCOMPARE(summary().undoable, QList<int>());
    QVERIFY(!m_cache->earlier(pubkey(), kFollowsKind));
}

void TestAccountStore::privateMutesAreOfTheNewestListOnly()
{
    const WireEvent first = mutes(1, kAt, "\"sealed\"");
    const WireEvent second = mutes(2, kAt + 1, "\"sealed too\"");
    QVERIFY(!m_store->notePrivateMutes(pubkey(), first.id, kPrivate)); // not there yet
    QVERIFY(m_store->take(first));
    QVERIFY(summary().hasUnreadMutes);
    QVERIFY(!m_store->hasPrivateMutes(pubkey()));
    QVERIFY(!m_store->notePrivateMutes(pubkey(), first.id, "no list"));
    QVERIFY(summary().hasUnreadMutes);
    QVERIFY(m_store->notePrivateMutes(pubkey(), first.id, kPrivate));
    QCOMPARE(summary().mutes, std::optional<qint64>(3));
    QVERIFY(!summary().hasUnreadMutes && m_store->hasPrivateMutes(pubkey()));
    QCOMPARE(m_store->lists(pubkey()).mutes->entries.size(), 3);

    QVERIFY(m_store->take(second)); // what was decrypted is not of this one
    QVERIFY(summary().hasUnreadMutes && !m_store->hasPrivateMutes(pubkey()));
    QCOMPARE(summary().mutes, std::optional<qint64>(2));
    QVERIFY(!m_store->notePrivateMutes(pubkey(), first.id, kPrivate));
    QCOMPARE(m_store->lists(pubkey()).mutes->entries.size(), 2);

    QVERIFY(m_store->notePrivateMutes(pubkey(), second.id, kPrivate));
    open(); // a new start: nothing that was decrypted is on the disk
    QVERIFY(!m_store->hasPrivateMutes(pubkey()));
    QCOMPARE(m_store->lists(pubkey()).mutes->entries.size(), 2);
}

void TestAccountStore::anUnreadPrivatePartHidesWhatWasLost()
{
    const WireEvent first = mutes(7, kAt, "\"sealed\"");
    QVERIFY(m_store->take(first) && m_store->notePrivateMutes(pubkey(), first.id, kPrivate));
    QVERIFY(m_store->take(mutes(1, kAt + 1, "\"sealed\"")));
    QCOMPARE(summary().mutesBefore, 0);
}

void TestAccountStore::aVerifiedNameIsOfTheAddressThatWasAsked()
{
    QVERIFY(m_store->take(profile(R"("nip05":"_@one.example")")));
    QCOMPARE(summary().nip05, Nip05State::Unknown);
    m_store->noteNip05(pubkey(), u"_@other.example"_s, Nip05State::Verified);
    QCOMPARE(summary().nip05, Nip05State::Unknown);
    m_store->noteNip05(pubkey(), u"_@one.example"_s, Nip05State::Verified);
    QCOMPARE(summary().nip05, Nip05State::Verified);
    QVERIFY(m_store->take(profile(R"("name":"al","nip05":"_@one.example")", kAt + 1)));
    QCOMPARE(summary().nip05, Nip05State::Verified);
    QVERIFY(m_store->take(profile(R"("nip05":"_@other.example")", kAt + 2)));
    QCOMPARE(summary().nip05, Nip05State::Unknown);
    QVERIFY(m_store->take(profile(R"("name":"al")", kAt + 3)));
    QCOMPARE(summary().nip05, Nip05State::None);
}

void TestAccountStore::listsComeFromTheCache()
{
    QVERIFY(!m_store->lists(pubkey()).follows && !m_store->lists(pubkey()).mutes);
    QVERIFY(m_store->take(follows(3)));
    QVERIFY(m_store->take(wire(kRelaysKind, "[[\"r\",\"wss://a.example\",\"write\"]]")));
    QVERIFY(m_store->take(wire(kBlockedRelaysKind, "[[\"relay\",\"wss://b.example\"]]")));
    QVERIFY(m_store->take(wire(kMessageRelaysKind, "[[\"relay\",\"wss://c.example\"]]")));
    const AccountLists lists = m_store->lists(pubkey());
    QCOMPARE(lists.follows->size(), 3);
    QVERIFY(!lists.mutes);
    QCOMPARE(lists.relays, (QList<Relay>{{.url = u"wss://a.example"_s, .read = false, .write = true}}));
    QCOMPARE(lists.blockedRelays, QStringList{u"wss://b.example"_s});
    QCOMPARE(lists.messageRelays, QStringList{u"wss://c.example"_s});
}

void TestAccountStore::summariesSurviveANewStart()
{
    QVERIFY(m_store->take(follows(9)) && m_store->take(follows(2, kAt + 1)));
    m_store->noteRefreshed(pubkey(), QDateTime::fromSecsSinceEpoch(kAt, Qt::UTC));
    const AccountSummary before = summary();
    open();
    QCOMPARE(summary(), before);
}

void TestAccountStore::recordsReadAsTheyWereWritten()
{
    const AccountSummary summary{.isKnown = true,
        .profile = {.name = u"al"_s,
            .displayName = u"Ä\n\"x\""_s,
            .picture = u"p"_s,
            .banner = u"b"_s,
            .about = u"a"_s,
            .nip05 = u"n"_s,
            .lud16 = u"l"_s},
        .nip05 = Nip05State::Refuted,
        .follows = 0,
        .mutes = {},
        .hasUnreadMutes = true,
        .followsBefore = 7,
        .mutesBefore = 8,
        .refreshedAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC),
        .undoable = {kProfileKind, kFollowsKind}};
    QCOMPARE(AccountStore::decode(AccountStore::encode(summary)), summary);
    QCOMPARE(AccountStore::decode(AccountStore::encode({})), AccountSummary{});
    AccountSummary ofThisRun = summary;
    ofThisRun.isRefreshing = true;
    ofThisRun.progress = 40;
    QCOMPARE(AccountStore::decode(AccountStore::encode(ofThisRun)), summary);
}

void TestAccountStore::damagedRecordsGiveNothingFalse_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("\xff\x00x", 3);
    QTest::newRow("cut short") << QByteArray(R"({"known":true,"follows":3)");
    QTest::newRow("an array") << QByteArray("[1]");
    QTest::newRow("other types") << QByteArray(
        R"({"known":1,"profile":[1],"follows":"3","mutes":{},"followsBefore":"x","undoable":5})");
}

void TestAccountStore::damagedRecordsGiveNothingFalse()
{
    QFETCH(QByteArray, record);
    QCOMPARE(AccountStore::decode(record), AccountSummary{});
    m_cache->putSummary(pubkey(), record);
    open();
    QVERIFY(!summary().isKnown);
    QVERIFY(m_store->take(follows(3)));
    QCOMPARE(summary().follows, std::optional<qint64>(3));
}

void TestAccountStore::aRemovedAccountIsUnknown()
{
    const WireEvent list = mutes(1, kAt, "\"sealed\"");
    QVERIFY(m_store->take(list) && m_store->notePrivateMutes(pubkey(), list.id, kPrivate));
    m_store->remove(pubkey());
    QCOMPARE(summary(), AccountSummary{});
    QVERIFY(!m_store->lists(pubkey()).mutes);
    QVERIFY(m_store->take(list)); // logged in again: nothing is left of what was decrypted
    QVERIFY(!m_store->hasPrivateMutes(pubkey()));
    QCOMPARE(m_store->lists(pubkey()).mutes->entries.size(), 1);
}

QTEST_GUILESS_MAIN(TestAccountStore)
#include "tst_account_store.moc"
