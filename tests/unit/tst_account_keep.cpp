// SPDX-License-Identifier: MIT
// What is kept of an account from one run to the next, and what only its key opens.
#include "tests/unit/AccountStand.h"

#include <QFile>

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::accounts::test;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

constexpr qint64 kNow = 1700000000;

} // namespace

class TestAccountKeep : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsKeptIsThereAtOnce();
    void aBrokenCacheIsMadeAnew();
    void loggingOutForgets();
    void loggedOutMeanwhileItIsAnswered();
    void privateMutesAreReadOnce();
    void aLockedKeyIsAskedOnceAndOnceMoreWhenItIsNot();
};

void TestAccountKeep::whatIsKeptIsThereAtOnce()
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

void TestAccountKeep::aBrokenCacheIsMadeAnew()
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

void TestAccountKeep::loggingOutForgets()
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

void TestAccountKeep::loggedOutMeanwhileItIsAnswered()
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

void TestAccountKeep::privateMutesAreReadOnce()
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

void TestAccountKeep::aLockedKeyIsAskedOnceAndOnceMoreWhenItIsNot()
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

QTEST_GUILESS_MAIN(TestAccountKeep)
#include "tst_account_keep.moc"
