// SPDX-License-Identifier: MIT
// From log-in to log-out: which relays are asked, and who is followed live.
#include "tests/unit/AccountStand.h"

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::accounts::test;
using namespace Qt::Literals::StringLiterals;
using relay::RelayState;
using session::SessionId;

namespace {

constexpr qint64 kNow = 1700000000;

/// Authors that each connection to the relay asked for.
QHash<int, QStringList> authorsAskedOf(const FakeRelay& relay)
{
    QHash<int, QStringList> asked;
    for (const FakeRelay::Said& said : relay.got) {
        if (said.message.at(0).toString() != "REQ"_L1)
            continue;
        const QJsonArray authors = said.message.at(2)[u"authors"_s].toArray();
        if (authors.size() != 1)
            asked[said.peer] += u"not one but %1"_s.arg(authors.size());
        if (!asked[said.peer].contains(authors.at(0).toString()))
            asked[said.peer] += authors.at(0).toString();
    }
    return asked;
}

QByteArray blockList(const QString& url)
{
    return wire(nostr::kBlockedRelaysKind, "[[\"relay\",\"" + url.toUtf8() + "\"]]").json;
}

} // namespace

class TestAccountLife : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whereItWritesIsFoundAndAsked();
    void whatItBlocksIsNotAsked();
    void whatItBlocksLaterIsLeft();
    void whatANewerListNoLongerNamesIsLeft();
    void accountsShareNoConnectionAndNoFilter();
    void theActiveAccountIsFollowedLive();
    void loggedInWhileRunningItIsFollowed();
};

/// Indexer → 10002 → write relays, and not those that it only reads.
void TestAccountLife::whereItWritesIsFoundAndAsked()
{
    FakeRelay indexer;
    FakeRelay writes;
    FakeRelay reads;
    AccountStand stand({indexer.url()});
    const SessionId id = stand.add();
    indexer.hold(wire(nostr::kRelaysKind,
        "[[\"r\",\"" + writes.url().toUtf8() + "\",\"write\"],[\"r\",\"" + reads.url().toUtf8()
            + "\",\"read\"]]")
                     .json);
    writes.hold(profile(u"al"_s));
    stand.open();
    QVERIFY(stand.refresh(id));
    QCOMPARE(stand.directory->summary(id).profile.name, u"al"_s);
    QCOMPARE(reads.connections(), 0);
    QVERIFY(stand.status(id, writes).write && !stand.status(id, writes).read);
    QVERIFY(stand.status(id, indexer).isIndexer);
}

void TestAccountLife::whatItBlocksIsNotAsked()
{
    FakeRelay indexer;
    FakeRelay blocked;
    AccountStand stand({indexer.url(), blocked.url()});
    const SessionId id = stand.add();
    indexer.hold(blockList(blocked.url()));
    blocked.onRequest = [](int, const QByteArray&) { return true; }; // keeps quiet until it is known
    indexer.hold(relayList({indexer.url(), blocked.url() + u'/'}));
    stand.open();
    QVERIFY(stand.refresh(id));
    const auto before = blocked.connections();
    QVERIFY(stand.refresh(id));
    QVERIFY(stand.edit(id, {.what = Edit::What::Profile, .fields = {{u"name"_s, u"al"_s}}}));
    QCOMPARE(blocked.connections(), before);
    QCOMPARE(blocked.count("EVENT"_L1), 0);
    QCOMPARE(stand.status(id, blocked).state, RelayState::Blocked);
    // From the first moment of the next start.
    stand.open();
    QVERIFY(stand.refresh(id));
    QCOMPARE(blocked.connections(), before);
}

void TestAccountLife::whatItBlocksLaterIsLeft()
{
    FakeRelay indexer;
    FakeRelay other;
    AccountStand stand({indexer.url()});
    const SessionId id = stand.add();
    indexer.hold(relayList({indexer.url(), other.url()}));
    stand.open().start();
    QTRY_COMPARE(stand.status(id, other).state, RelayState::Connected);
    indexer.hold(blockList(other.url()));
    QTRY_COMPARE(stand.status(id, other).state, RelayState::Blocked);
    QTRY_COMPARE(stand.lists(id).blockedRelays, QStringList{other.url()});
}

void TestAccountLife::whatANewerListNoLongerNamesIsLeft()
{
    FakeRelay indexer;
    FakeRelay stays;
    FakeRelay goes;
    AccountStand stand({indexer.url()});
    const SessionId id = stand.add();
    indexer.hold(relayList({stays.url(), goes.url()}));
    stand.open().start();
    QTRY_VERIFY(stand.directory->summary(id).refreshedAt.isValid());
    QTRY_COMPARE(goes.followers(), 1);
    stays.hold(relayList({stays.url()}, kNow + 1));
    QTRY_COMPARE(goes.followers(), 0);
    QCOMPARE(stays.followers(), 1);
    QCOMPARE(indexer.followers(), 1);
}

void TestAccountLife::accountsShareNoConnectionAndNoFilter()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    QList<SessionId> ids;
    for (int key = 1; key <= 6; ++key) {
        ids += stand.add(key);
        relay.hold(relayList({relay.url()}, kNow, std::uint8_t(key)));
    }
    AccountDirectory& directory = stand.open();
    directory.start();
    for (const SessionId& id : ids)
        QTRY_VERIFY_WITH_TIMEOUT(directory.summary(id).refreshedAt.isValid(), 20000);
    const auto asked = authorsAskedOf(relay);
    QSet<QString> authors;
    for (const QStringList& of : asked) {
        QCOMPARE(of.size(), 1);
        authors.insert(of.constFirst());
    }
    QCOMPARE(authors.size(), ids.size());
}

void TestAccountLife::theActiveAccountIsFollowedLive()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId one = stand.add(1);
    const SessionId two = stand.add(2);
    AccountDirectory& directory = stand.open();
    directory.start();
    QTRY_VERIFY(directory.summary(one).refreshedAt.isValid());
    QTRY_VERIFY(directory.summary(two).refreshedAt.isValid());
    relay.hold(profile(u"two"_s, kNow, 2)); // active, as the last that was added
    QTRY_COMPARE(directory.summary(two).profile.name, u"two"_s);
    QVERIFY(stand.sessions().activate(one));
    QTRY_COMPARE(stand.status(one, relay).state, RelayState::Connected);
    relay.hold(profile(u"one"_s, kNow, 1));
    QTRY_COMPARE(directory.summary(one).profile.name, u"one"_s);
    // After the relay's death too, with nobody asking.
    relay.stop();
    QTRY_COMPARE(stand.status(one, relay).state, RelayState::Waiting);
    relay.start();
    relay.hold(profile(u"anew"_s, kNow + 1, 1));
    QTRY_COMPARE(directory.summary(one).profile.name, u"anew"_s);
}

void TestAccountLife::loggedInWhileRunningItIsFollowed()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    AccountDirectory& directory = stand.open();
    directory.start();
    const SessionId id = stand.add();
    QTRY_VERIFY(directory.summary(id).refreshedAt.isValid());
    relay.hold(profile(u"al"_s));
    QTRY_COMPARE(directory.summary(id).profile.name, u"al"_s);
}

QTEST_GUILESS_MAIN(TestAccountLife)
#include "tst_account_life.moc"
