// SPDX-License-Identifier: MIT
// Who one is (NIP-42) is told to relays that the account or the person names, and to no other.
#include "core/accounts/AccountRelays.h"
#include "tests/unit/AccountStand.h"

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::accounts::test;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using session::SignerKind;

namespace {

/// Gives nothing before it knows who asks; keeps what it was told.
class Doorkeeper : public FakeRelay
{
public:
    Doorkeeper()
    {
        onRequest = [this](int peer, const QByteArray& subscription) {
            if (m_known.contains(peer))
                return false;
            say(peer, R"(["AUTH","challenge-)" + QByteArray::number(peer) + "\"]");
            say(peer, "[\"CLOSED\",\"" + subscription + "\",\"auth-required: who?\"]");
            return true;
        };
        onOther = [this](const Said& said) {
            const QJsonObject event = said.message.at(1).toObject();
            told += said;
            m_known += said.peer;
            say(said.peer, "[\"OK\",\"" + event[u"id"_s].toString().toUtf8() + "\",true,\"\"]");
        };
    }
    QList<Said> told; ///< AUTH

private:
    QList<int> m_known;
};

} // namespace

class TestAccountAuth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRelayOfTheAccountIsTold();
    void anIndexerThatThePersonChoseIsTold();
    void aRelayThatSomebodyElseNamesIsNotTold();
    void aLockedKeyAnswersOnceItIsOpen();
    void withoutAKeyNobodyIsTold();
    void eachConnectionIsOneAccounts();
};

void TestAccountAuth::aRelayOfTheAccountIsTold()
{
    FakeRelay indexer;
    Doorkeeper own;
    AccountStand stand({indexer.url()});
    const SessionId id = stand.add();
    indexer.hold(relayList({own.url()}));
    own.hold(profile(u"al"_s));
    stand.open();
    QVERIFY(stand.refresh(id));
    QCOMPARE(stand.directory->summary(id).profile.name, u"al"_s);
    QCOMPARE(own.told.size(), 1);
    const QJsonObject event = own.told[0].message.at(1).toObject();
    QCOMPARE(event[u"kind"_s].toInt(), 22242);
    QCOMPARE(event[u"pubkey"_s].toString(), id.identity());
    QCOMPARE(event[u"tags"_s].toArray(),
        (QJsonArray{QJsonArray{u"relay"_s, own.url()}, QJsonArray{u"challenge"_s, u"challenge-0"_s}}));
    QVERIFY(nostr::verify(nostr::readEvent(QJsonDocument(event).toJson(QJsonDocument::Compact)).value()));
    QVERIFY(stand.status(id, own).isAuthenticated || stand.status(id, own).wantsAuth);
}

void TestAccountAuth::anIndexerThatThePersonChoseIsTold()
{
    Doorkeeper indexer;
    AccountStand stand({indexer.url()});
    const SessionId id = stand.add();
    indexer.hold(profile(u"al"_s));
    stand.open();
    QVERIFY(stand.refresh(id));
    QCOMPARE(stand.directory->summary(id).profile.name, u"al"_s);
    QCOMPARE(indexer.told.size(), 1);
}

/// On the level below, as an address that is no setting's would not be reached here.
void TestAccountAuth::aRelayThatSomebodyElseNamesIsNotTold()
{
    Doorkeeper stranger;
    FakeRelay own;
    QTemporaryDir folder;
    cache::AccountCache cache;
    QVERIFY(cache.open(folder.filePath(u"accounts.db"_s)));
    AccountStore store(cache);
    (void)store.take(nostr::readEvent(relayList({own.url()})).value());
    SystemRandom random;
    SetClock clock;
    const auto reachability = net::systemReachability();
    AccountRelays relays(keyOf(1).publicKey(),
        {.store = store,
            .relay = {net::NetPolicy({u"127.0.0.1"_s}, {}), *reachability, clock, random, u"a"_s},
            .indexers = {stranger.url()}});
    QSignalSpy wanted(&relays, &AccountRelays::authenticationWanted);
    QSignalSpy refreshed(&relays, &AccountRelays::refreshed);
    relays.refresh();
    QTRY_COMPARE(refreshed.size(), 1); // at once, not after all patience
    QCOMPARE(refreshed[0][0].value<AccountRelays::Outcome>().answered, QStringList{own.url()});
    QCOMPARE(stranger.count("REQ"_L1), 1);
    QCOMPARE(wanted.size(), 0);
    QCOMPARE(stranger.told.size(), 0);
}

void TestAccountAuth::aLockedKeyAnswersOnceItIsOpen()
{
    FakeRelay indexer;
    Doorkeeper own;
    AccountStand stand({indexer.url()});
    const SessionId id = stand.add();
    indexer.hold(relayList({own.url()}));
    own.hold(profile(u"al"_s));
    stand.vault.setState(secrets::VaultState::Locked);
    AccountDirectory& directory = stand.open();
    directory.start();
    QTRY_VERIFY(directory.summary(id).refreshedAt.isValid());
    QCOMPARE(own.told.size(), 0);
    stand.vault.setState(secrets::VaultState::Unlocked);
    QTRY_COMPARE(directory.summary(id).profile.name, u"al"_s);
}

void TestAccountAuth::withoutAKeyNobodyIsTold()
{
    Doorkeeper own;
    AccountStand stand({own.url()});
    const SessionId id = stand.add(1, SignerKind::WatchOnly);
    own.hold(profile(u"al"_s));
    stand.open();
    QCOMPARE(stand.refresh(id).error().code, ErrorCode::Network); // and nobody waits for it
    QCOMPARE(own.told.size(), 0);
    QVERIFY(!stand.directory->summary(id).isKnown);
}

void TestAccountAuth::eachConnectionIsOneAccounts()
{
    Doorkeeper relay;
    AccountStand stand({relay.url()});
    const SessionId one = stand.add(1);
    const SessionId two = stand.add(2);
    stand.open().start();
    QTRY_VERIFY(stand.directory->summary(one).refreshedAt.isValid());
    QTRY_VERIFY(stand.directory->summary(two).refreshedAt.isValid());
    QHash<int, QString> who;
    for (const FakeRelay::Said& said : std::as_const(relay.told)) {
        const QString pubkey = said.message.at(1)[u"pubkey"_s].toString();
        QVERIFY(!who.contains(said.peer) || who.value(said.peer) == pubkey);
        who.insert(said.peer, pubkey);
    }
    for (const FakeRelay::Said& said : std::as_const(relay.got)) {
        if (said.message.at(0).toString() == "REQ"_L1 && who.contains(said.peer))
            QCOMPARE(said.message.at(2)[u"authors"_s].toArray(), QJsonArray{who.value(said.peer)});
    }
    QCOMPARE(QSet<QString>(who.cbegin(), who.cend()), (QSet<QString>{one.identity(), two.identity()}));
}

QTEST_GUILESS_MAIN(TestAccountAuth)
#include "tst_account_auth.moc"
