// SPDX-License-Identifier: MIT
// From log-in to log-out: which relays are asked, who is followed live, and what is kept.
#include "tests/unit/AccountStand.h"

#include <QFile>

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::accounts::test;
using namespace Qt::Literals::StringLiterals;
using relay::RelayState;
using session::SessionId;
using session::SignerKind;

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
    void accountsShareNoConnectionAndNoFilter();
    void theActiveAccountIsFollowedLive();
    void loggedInWhileRunningItIsFollowed();
    void whatIsKeptIsThereAtOnce();
    void aBrokenCacheIsMadeAnew();
    void loggingOutForgets();
    void loggedOutMeanwhileItIsAnswered();
    void privateMutesAreReadOnce();
    void aLockedKeyIsAskedOnceAndOnceMoreWhenItIsNot();
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

void TestAccountLife::whatIsKeptIsThereAtOnce()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId id = stand.add();
    relay.hold(profile(u"al"_s));
    relay.hold(follows(3));
    stand.open();
    QVERIFY(stand.refresh(id));
    relay.stop();
    stand.time.seconds += 3600;
    AccountDirectory& directory = stand.open(); // offline
    QCOMPARE(directory.summary(id).profile.name, u"al"_s);
    QCOMPARE(directory.summary(id).follows, 3);
    QCOMPARE(directory.summary(id).refreshedAt.toSecsSinceEpoch(), kNow);
    QVERIFY(!stand.refresh(id));
    QCOMPARE(directory.summary(id).profile.name, u"al"_s);
    QCOMPARE(directory.summary(id).refreshedAt.toSecsSinceEpoch(), kNow);
    QCOMPARE(stand.lists(id).follows->size(), 3);
}

void TestAccountLife::aBrokenCacheIsMadeAnew()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId id = stand.add();
    relay.hold(profile(u"al"_s));
    QFile broken(stand.cacheFile());
    QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write(QByteArray(9000, 'x')) == 9000);
    broken.close();
    stand.open();
    QVERIFY(!stand.directory->summary(id).isKnown);
    QVERIFY(stand.refresh(id));
    stand.open();
    QCOMPARE(stand.directory->summary(id).profile.name, u"al"_s);
}

void TestAccountLife::loggingOutForgets()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId id = stand.add();
    relay.hold(profile(u"to-be-forgotten"_s));
    stand.open().start();
    QTRY_COMPARE(stand.directory->summary(id).profile.name, u"to-be-forgotten"_s);
    QVERIFY(stand.logout(id.text()));
    QVERIFY(!stand.directory->summary(id).isKnown);
    QVERIFY(stand.directory->relays(id).isEmpty());
    QCOMPARE(stand.refresh(id).error().code, ErrorCode::NotFound);
    stand.directory.reset(); // all that was asked of it is done then
    for (const QString& suffix : {QString(), u"-wal"_s}) {
        QFile file(stand.cacheFile() + suffix);
        QVERIFY(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("to-be-forgotten"));
    }
}

void TestAccountLife::loggedOutMeanwhileItIsAnswered()
{
    FakeRelay relay;
    relay.endsStored = false;
    AccountStand stand({relay.url()});
    const SessionId id = stand.add();
    AccountDirectory& directory = stand.open();
    QList<ErrorCode> answers;
    const auto note
        = [&](const auto& result) { answers += result ? ErrorCode::Failed : result.error().code; };
    directory.refresh(id, [&](const Result<void>& result) { note(result); });
    directory.edit(id, {.what = Edit::What::Profile, .fields = {{u"name"_s, u"al"_s}}}, stand.approver,
        stand.passphrases, [&](const Result<Published>& result) { note(result); });
    QTRY_COMPARE(relay.count("REQ"_L1), 1);
    QVERIFY(stand.logout(id.text()));
    QTRY_COMPARE(answers, (QList<ErrorCode>{ErrorCode::Network, ErrorCode::Network}));
}

void TestAccountLife::privateMutesAreReadOnce()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId id = stand.add();
    QString sealed;
    stand.ownKeys->sealPrivate(id, R"([["word","spam"],["word","scam"]])",
        [&](const Result<QString>& content) { sealed = content.value(); });
    QTRY_VERIFY(!sealed.isEmpty());
    relay.hold(wire(nostr::kMutesKind, R"([["t","ads"]])", quoted(sealed)).json);
    AccountDirectory& directory = stand.open();
    stand.vault.reads = 0;
    QVERIFY(stand.refresh(id));
    QTRY_COMPARE(directory.summary(id).mutes, 3);
    QVERIFY(!directory.summary(id).hasUnreadMutes);
    QVERIFY(stand.refresh(id));
    QVERIFY(stand.refresh(id));
    QCOMPARE(stand.lists(id).mutes->entries.size(), 3);
    QCOMPARE(stand.vault.reads, 1);
}

void TestAccountLife::aLockedKeyIsAskedOnceAndOnceMoreWhenItIsNot()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId id = stand.add();
    QString sealed;
    stand.ownKeys->sealPrivate(
        id, R"([["word","spam"]])", [&](const Result<QString>& content) { sealed = content.value(); });
    QTRY_VERIFY(!sealed.isEmpty());
    relay.hold(wire(nostr::kMutesKind, "[]", quoted(sealed)).json);
    AccountDirectory& directory = stand.open();
    stand.vault.setState(secrets::VaultState::Locked);
    stand.vault.reads = 0;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(stand.refresh(id));
        QVERIFY(directory.summary(id).hasUnreadMutes);
    }
    QCOMPARE(stand.vault.reads, 0); // not even tried: it is known to be locked
    stand.vault.setState(secrets::VaultState::Unlocked);
    QTRY_COMPARE(directory.summary(id).mutes, 1);
    QVERIFY(!directory.summary(id).hasUnreadMutes);
    QCOMPARE(stand.vault.reads, 1);
}

QTEST_GUILESS_MAIN(TestAccountLife)
#include "tst_account_life.moc"
